import { inflateSync } from 'node:zlib';
import { latin1, MB, Refusal } from './refusal.ts';

/**
 * Looks for what runs in a PDF (ISO 32000-2, 12.6.4): scripts, started programs, forms of the XFA kind (which hold
 * scripts), files and players inside. Names are searched as they may be written (`/J#61vaScript`), in the open text and
 * in every stream that unpacks, since objects may be packed into streams.
 */

const MAX_STREAM_BYTES = 32 * MB;
const MAX_UNPACKED_BYTES = 400 * MB;

const pdfName = (name: string): RegExp => {
  const letters = [...name].map((letter) => {
    const [high = '', low = ''] = letter.charCodeAt(0).toString(16);
    const either = (digit: string) => (/\d/.test(digit) ? digit : `[${digit}${digit.toUpperCase()}]`);
    return `(?:${letter}|#${either(high)}${either(low)})`;
  });
  return new RegExp(`/${letters.join('')}(?![\\w#-])`);
};

const FORBIDDEN = [
  { name: pdfName('JavaScript'), what: '脚本（JavaScript）' },
  { name: pdfName('Launch'), what: '启动别的程序的动作（Launch）' },
  { name: pdfName('XFA'), what: 'XFA 表单（其中可以有脚本）' },
  { name: pdfName('EmbeddedFile'), what: '夹带的别的文件' },
  { name: pdfName('RichMedia'), what: '嵌入的播放器' },
];
const ENCRYPTED = pdfName('Encrypt');
const PRINT_AGAIN = '请打开它，用「打印 → 另存为 PDF」得到一份普通的再传';

/** Throws a `Refusal` when a PDF runs something or cannot be looked into. */
export function inspectPdf(bytes: Uint8Array): void {
  const text = latin1(bytes);
  if (!text.startsWith('%PDF-'))
    throw new Refusal('这个文件不是 PDF，只是扩展名叫 .pdf；请用原来的程序重新保存');
  if (!text.slice(-2048).includes('%%EOF')) throw new Refusal('PDF 没有传完整；请重新下载或重新保存再传');
  if (ENCRYPTED.test(text)) throw new Refusal(`PDF 加了密码或限制，没法检查；${PRINT_AGAIN}`);
  refuseForbidden(text);
  let left = MAX_UNPACKED_BYTES;
  for (const [index, content] of streamsOf(bytes, text)) {
    left -= content.length;
    if (left < 0) throw new Refusal(`PDF 展开后太大，没法检查；${PRINT_AGAIN}`);
    if (content.length > 0) refuseForbidden(latin1(content));
    else if (holdsObjects(text, index)) throw new Refusal(`PDF 里有一部分读不出来，没法检查；${PRINT_AGAIN}`);
  }
}

function refuseForbidden(text: string): void {
  const found = FORBIDDEN.find(({ name }) => name.test(text));
  if (found) throw new Refusal(`PDF 里有${found.what}，不能上传；${PRINT_AGAIN}`);
}

/** Where each stream begins, and what it unpacks to; empty when it does not unpack. */
function* streamsOf(bytes: Uint8Array, text: string): Generator<[number, Uint8Array]> {
  for (const { index, 0: keyword } of text.matchAll(/(?<!end)stream\r?\n?/g)) {
    const start = index + keyword.length;
    const end = text.indexOf('endstream', start);
    yield [index, unpacked(bytes.subarray(start, end < 0 ? undefined : end))];
  }
}

function unpacked(packed: Uint8Array): Uint8Array {
  // The compression method of zlib (RFC 1950) is 8 and its two first bytes divide by 31.
  const [method = 0, check = 0] = packed;
  if ((method & 0x0f) !== 8 || (method * 256 + check) % 31 !== 0) return new Uint8Array();
  try {
    return inflateSync(packed, { maxOutputLength: MAX_STREAM_BYTES, finishFlush: 2 });
  } catch {
    return new Uint8Array();
  }
}

const OBJECT_STREAM = pdfName('ObjStm');

/** Whether the dictionary before a stream says that other objects are inside. */
function holdsObjects(text: string, stream: number): boolean {
  const before = text.slice(Math.max(0, stream - 4096), stream);
  return OBJECT_STREAM.test(before.slice(Math.max(0, before.lastIndexOf('endstream'))));
}
