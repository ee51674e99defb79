import { openZip, ZipError } from '../../zip/index.ts';
import { latin1, MB, Refusal } from './refusal.ts';

/** Unpacks archives for the checks, and knows programs among what is in them. */

const MAX_ENTRIES = 2000;
const MAX_UNPACKED_BYTES = 300 * MB;
/** Text packs to a twentieth at best; a bomb to a thousandth. */
const MAX_RATIO = 200;

/** Files that run when they are opened on Windows, Android or macOS. */
const PROGRAM =
  /\.(?:exe|com|scr|pif|bat|cmd|msi|msp|ps1|psm1|vbs?|vbe|jse?|wsf|wsh|hta|cpl|dll|sys|ocx|drv|jar|class|lnk|url|reg|inf|chm|application|gadget|apk|ipa|app|dmg|pkg|iso|img|vhdx?|sh|bash|command|py|pl|php|jsp|aspx?|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|xll|scf|library-ms|settingcontent-ms)$/i;
const PROGRAM_BEGINNING = /^(?:MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/;

/** Windows drops dots and spaces at the end of a name, and hides what stands behind a colon. */
const asOpened = (name: string): string => name.replace(/:.*$/, '').replace(/[.\s]+$/, '');

/** Whether a file of an archive runs when it is opened. */
export const isProgram = (name: string, content: Uint8Array): boolean =>
  PROGRAM.test(asOpened(name)) ||
  PROGRAM.test(name) ||
  PROGRAM_BEGINNING.test(latin1(content.subarray(0, 4)));

/** Bytes that may still be unpacked, shared by files inside one another. */
export interface Budget {
  left: number;
}

export const newBudget = (): Budget => ({ left: MAX_UNPACKED_BYTES });

/** Every file of the archive, unpacked one after another; at most one is in memory at a time. */
export async function* unpack(
  bytes: Uint8Array,
  budget: Budget,
): AsyncGenerator<{ name: string; content: Buffer }> {
  try {
    const entries = await openZip(bytes, {
      maxEntries: MAX_ENTRIES,
      maxBytes: budget.left,
      maxRatio: MAX_RATIO,
    });
    for (const entry of entries) budget.left -= entry.bytes;
    for (const { name, read } of entries) yield { name, content: await read() };
  } catch (error) {
    throw error instanceof ZipError ? new Refusal(messageOf(error), { cause: error }) : error;
  }
}

function messageOf({ problem, detail }: ZipError): string {
  switch (problem) {
    case 'encrypted':
      return '压缩包加了密码，没法检查；请去掉密码再传';
    case 'zip64':
      return '压缩包的格式（ZIP64）这里读不了；请用系统自带的压缩重新打包';
    case 'unknown-method':
      return '压缩包用了少见的压缩方法；请用系统自带的压缩重新打包';
    case 'path-traversal':
      return `压缩包里的「${shown(detail)}」会解到别的文件夹去，不能上传；请重新打包`;
    case 'symbolic-link':
      return '压缩包里有符号链接，不能上传；请重新打包';
    case 'too-many-entries':
      return `里面有 ${detail} 个文件，最多 ${MAX_ENTRIES} 个；请分成几个`;
    case 'too-large':
      return `解压后超过 ${MAX_UNPACKED_BYTES / MB} MB，不能上传；请分成几个`;
    case 'bomb':
      return '压缩得太狠，像是「压缩炸弹」，不能上传；请重新打包';
    case 'damaged':
      return '文件坏了，打不开；请重新打包或用原来的程序重新保存';
  }
}

/** A name as a message shows it. */
export const shown = (name: string): string => name.replace(/\p{C}/gu, '�').slice(-60);
