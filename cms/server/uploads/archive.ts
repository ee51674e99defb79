import sax from 'sax';
import { isZip, openZip, ZipError } from '../../zip/index.ts';
import { latin1, MB, Refusal } from './refusal.ts';

/** Looks into ZIP files, and Word and Excel files, which are ZIP files too. */

const MAX_ENTRIES = 2000;
const MAX_UNPACKED_BYTES = 300 * MB;
/** Text packs to a twentieth at best; a bomb to a thousandth. */
const MAX_RATIO = 200;
const MAX_DEPTH = 2;

/** Files that run when they are opened on Windows, Android or macOS. */
const PROGRAM =
  /\.(?:exe|com|scr|pif|bat|cmd|msi|msp|ps1|psm1|vbs?|vbe|jse?|wsf|wsh|hta|cpl|dll|sys|ocx|drv|jar|class|lnk|url|reg|inf|chm|application|gadget|apk|ipa|app|dmg|pkg|iso|img|vhdx?|sh|bash|command|py|pl|php|jsp|aspx?|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|xll|scf|library-ms|settingcontent-ms)$/i;
const PROGRAM_BEGINNING = /^(?:MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/;
const CLOSED_ARCHIVE = /\.(?:rar|7z|tar|t?gz|bz2|xz|cab|ace|arj|lzh)$/i;

/** Bytes that may still be unpacked, shared by files inside one another. */
interface Budget {
  left: number;
}

/** Throws a `Refusal` when a ZIP holds programs, paths that lead out, a bomb, or is not what its directory says. */
export async function inspectZip(
  bytes: Uint8Array,
  depth = 1,
  budget: Budget = { left: MAX_UNPACKED_BYTES },
): Promise<void> {
  for await (const { name, content } of unpack(bytes, budget)) {
    if (PROGRAM.test(name) || PROGRAM_BEGINNING.test(latin1(content.subarray(0, 4))))
      throw new Refusal(`压缩包里有程序「${shown(name)}」，不能上传；请去掉后重新打包`);
    if (CLOSED_ARCHIVE.test(name))
      throw new Refusal(`压缩包里又有压缩包「${shown(name)}」，没法检查；请解开后重新打包`);
    if (!isZip(content)) continue;
    if (depth === MAX_DEPTH) throw new Refusal('压缩包一层套一层，没法检查；请解开后重新打包');
    if (/\.docx$/i.test(name)) await inspectOffice(content, 'docx', budget);
    else if (/\.xlsx$/i.test(name)) await inspectOffice(content, 'xlsx', budget);
    else await inspectZip(content, depth + 1, budget);
  }
}

const OFFICE = {
  docx: { name: 'Word', main: 'word/document.xml' },
  xlsx: { name: 'Excel', main: 'xl/workbook.xml' },
} as const;

/** Parts of a Word or Excel file that run something: macros, ActiveX, embedded programs, old macro sheets. */
const ACTIVE_PART =
  /(?:vbaProject|vbaData)[^/]*\.(?:bin|xml)$|\/activeX\/|\/macrosheets\/|\/embeddings\/[^/]*\.bin$|\/ctrlProps\//i;
const ACTIVE_CONTENT_TYPE = /macroEnabled|vbaProject|activeX|oleObject|ddeLink/i;
const FIELD_PROGRAM = /\bDDE(?:AUTO)?\b/i;

/**
 * Throws a `Refusal` when a Word or Excel file holds macros, embedded programs, or loads anything from elsewhere.
 * Links that a reader clicks (http, https, mailto) are fine.
 */
export async function inspectOffice(
  bytes: Uint8Array,
  kind: keyof typeof OFFICE,
  budget: Budget = { left: MAX_UNPACKED_BYTES },
): Promise<void> {
  const { name: program, main } = OFFICE[kind];
  const saveAs = `请在 ${program} 里「另存为」普通的 .${kind} 再传`;
  const names = new Set<string>();
  for await (const { name, content } of unpack(bytes, budget)) {
    names.add(name);
    if (
      ACTIVE_PART.test(name) ||
      PROGRAM.test(name) ||
      PROGRAM_BEGINNING.test(latin1(content.subarray(0, 4)))
    )
      throw new Refusal(
        `这个 ${program} 文件里有宏、控件或嵌入的程序（${shown(name)}），不能上传；${saveAs}`,
      );
    if (isZip(content)) await inspectEmbedded(name, content, budget);
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    const elements = elementsOf(xmlText(content, saveAs), saveAs);
    if (name === '[Content_Types].xml' && hasActiveType(elements))
      throw new Refusal(`这个 ${program} 文件里有宏或嵌入的程序，不能上传；${saveAs}`);
    if (name.endsWith('.rels')) refuseExternal(elements, program);
    if (hasFieldProgram(elements))
      throw new Refusal(`这个 ${program} 文件里有会运行程序的域（DDE），不能上传；请删掉它`);
  }
  if (!names.has('[Content_Types].xml') || !names.has(main))
    throw new Refusal(`这个文件不是 ${program} 文件，只是扩展名叫 .${kind}；请用原来的程序重新保存`);
}

/** A workbook inside a document (the data of a chart) is an Excel file by the same rules. */
async function inspectEmbedded(name: string, content: Uint8Array, budget: Budget): Promise<void> {
  const kind = /\.(docx|xlsx)$/i.exec(name)?.[1]?.toLowerCase();
  if (kind !== 'docx' && kind !== 'xlsx')
    throw new Refusal(`文件里嵌着「${shown(name)}」，没法检查；请删掉它再传`);
  await inspectOffice(content, kind, budget);
}

/** Office reads UTF-8 and UTF-16; in another encoding something could hide from the search below. */
function xmlText(content: Uint8Array, saveAs: string): string {
  const isWide = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
  const encoding = isWide ? (content[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  const text = new TextDecoder(encoding).decode(content);
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i.exec(text)?.[1] ?? 'utf-8';
  if (!/^utf-?(?:8|16)$/i.test(declared) || text.includes('\0'))
    throw new Refusal(`文件内部用了少见的编码；${saveAs}`);
  return text;
}

interface XmlElement {
  /** Without its prefix. */
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements that are looked at, in the order of the file; Office refuses XML that is not well-formed, and so do we. */
function elementsOf(xml: string, saveAs: string): XmlElement[] {
  const wrong = (cause?: unknown) => new Refusal(`文件的内部结构不对；${saveAs}`, { cause });
  const parser = sax.parser(true, {});
  const found: XmlElement[] = [];
  let open: XmlElement | undefined;
  parser.ondoctype = () => {
    throw wrong();
  };
  parser.onerror = (error) => {
    throw wrong(error);
  };
  parser.onopentag = ({ name, attributes }) => {
    open = undefined;
    if (!INSPECTED.has(localName(name))) return;
    const local = Object.entries(attributes).map(([key, value]) => [localName(key), String(value)]);
    open = { name: localName(name), attributes: Object.fromEntries(local), text: '' };
    found.push(open);
  };
  const addText = (text: string) => {
    if (open) open.text += text;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    open = undefined;
  };
  parser.write(xml).close();
  return found;
}

const INSPECTED = new Set(['Relationship', 'Default', 'Override', 'instrText', 'fldSimple']);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const hasActiveType = (elements: readonly XmlElement[]): boolean =>
  elements.some(({ attributes }) => ACTIVE_CONTENT_TYPE.test(attributes.ContentType ?? ''));

function refuseExternal(elements: readonly XmlElement[], program: string): void {
  for (const { name, attributes } of elements) {
    if (name !== 'Relationship') continue;
    const { TargetMode: mode = 'Internal', Type: type = '', Target: target = '' } = attributes;
    if (mode.trim().toLowerCase() === 'internal') continue;
    if (/\/hyperlink$/.test(type) && /^(?:https?:\/\/|mailto:|#)/i.test(target)) continue;
    throw new Refusal(
      `这个 ${program} 文件要从外面加载「${shown(target)}」，不能上传；请把链接的图片、模板或工作簿改成嵌入，或断开链接`,
    );
  }
}

/** Field codes may be cut into several runs, so they are joined before looking. */
function hasFieldProgram(elements: readonly XmlElement[]): boolean {
  const named = (name: string) => elements.filter((element) => element.name === name);
  const codes = named('instrText').map(({ text }) => text);
  const simple = named('fldSimple').map(({ attributes }) => attributes.instr ?? '');
  return FIELD_PROGRAM.test(codes.join('')) || simple.some((code) => FIELD_PROGRAM.test(code));
}

/** Every file of the archive, unpacked one after another; at most one is in memory at a time. */
async function* unpack(bytes: Uint8Array, budget: Budget): AsyncGenerator<{ name: string; content: Buffer }> {
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
const shown = (name: string): string => name.replace(/\p{C}/gu, '�').slice(-60);
