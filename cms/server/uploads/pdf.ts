import { inflateSync } from 'node:zlib';
import { latin1, MB, Refusal } from './refusal.ts';

/**
 * Looks for what runs in a PDF or leads out of it (ISO 32000-2, 12.6.4): scripts, started programs, forms of the XFA kind
 * (which hold scripts) and forms that send what is typed, files and players inside, links to files on other machines. Names
 * are searched as they may be written (`/J#61vaScript`), in the open text and in every stream that unpacks, since objects
 * may be packed into streams.
 */

const MAX_STREAM_BYTES = 32 * MB;
const MAX_UNPACKED_BYTES = 400 * MB;

/** Source of a pattern for a name, each letter as it is or as `#` and two digits. */
function nameSource(name: string): string {
  const letters = [...name].map((letter) => {
    const [high = '', low = ''] = letter.charCodeAt(0).toString(16);
    const either = (digit: string) => (/\d/.test(digit) ? digit : `[${digit}${digit.toUpperCase()}]`);
    return `(?:${letter}|#${either(high)}${either(low)})`;
  });
  return `/${letters.join('')}(?![\\w#-])`;
}

const pdfName = (...names: string[]): RegExp => new RegExp(names.map(nameSource).join('|'));

/** A key of a dictionary with a dictionary or a reference behind it: two letters alone are in any picture. */
const pdfKey = (name: string): RegExp => new RegExp(`${nameSource(name)}\\s*(?:<<|\\d+\\s+\\d+\\s+R)`);

const FORBIDDEN = [
  { pattern: pdfName('JavaScript'), what: '脚本（JavaScript）' },
  { pattern: pdfName('Launch'), what: '启动别的程序的动作（Launch）' },
  { pattern: pdfName('XFA'), what: 'XFA 表单（其中可以有脚本）' },
  { pattern: pdfName('SubmitForm', 'ImportData'), what: '会把填的内容发到别处的表单（SubmitForm）' },
  { pattern: pdfName('GoToR', 'GoToE'), what: '会打开别的文件的链接（GoToR），可能连到别的机器' },
  // The stream of a file inside may leave out its optional type; what leads to it may not.
  { pattern: pdfName('EmbeddedFile', 'EmbeddedFiles', 'FileAttachment'), what: '夹带的别的文件' },
  { pattern: pdfKey('EF'), what: '夹带的别的文件' },
  { pattern: pdfName('RichMedia', 'Rendition'), what: '嵌入的播放器' },
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
  for (const { index, packed, content } of streamsOf(bytes, text)) {
    left -= content.length;
    if (left < 0) throw new Refusal(`PDF 展开后太大，没法检查；${PRINT_AGAIN}`);
    const dictionary = dictionaryBefore(text, index);
    const isHidden = content.length === 0 || PREDICTOR.test(dictionary);
    if (isHidden && OBJECT_STREAM.test(dictionary))
      throw new Refusal(`PDF 里有一部分读不出来，没法检查；${PRINT_AGAIN}`);
    if (content.length > 0) refuseForbidden(latin1(content));
    if (isProgram(content.length > 0 ? content : packed))
      throw new Refusal(`PDF 里夹带着程序，不能上传；${PRINT_AGAIN}`);
  }
}

function refuseForbidden(text: string): void {
  const found = FORBIDDEN.find(({ pattern }) => pattern.test(text));
  if (found) throw new Refusal(`PDF 里有${found.what}，不能上传；${PRINT_AGAIN}`);
}

interface PdfStream {
  /** Where its keyword is. */
  index: number;
  packed: Uint8Array;
  /** What it unpacks to; empty when it does not unpack. */
  content: Uint8Array;
}

function* streamsOf(bytes: Uint8Array, text: string): Generator<PdfStream> {
  for (const { index, 0: keyword } of text.matchAll(/(?<!end)stream\r?\n?/g)) {
    const start = index + keyword.length;
    const end = text.indexOf('endstream', start);
    const packed = bytes.subarray(start, end < 0 ? undefined : end);
    yield { index, packed, content: unpacked(packed) };
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
/** Mixes other bytes into the objects; no program writes them so. */
const PREDICTOR = pdfName('Predictor');

/** The dictionary before a stream, and perhaps more before it. */
function dictionaryBefore(text: string, stream: number): string {
  const before = text.slice(Math.max(0, stream - 4096), stream);
  return before.slice(Math.max(0, before.lastIndexOf('endstream')));
}

/** A program for Windows or Linux: https://learn.microsoft.com/windows/win32/debug/pe-format */
function isProgram(content: Uint8Array): boolean {
  const start = latin1(content.subarray(0, 4096));
  if (start.startsWith('\x7fELF')) return true;
  const offset = content.length > 0x40 ? Buffer.from(content.subarray(0x3c, 0x40)).readUInt32LE() : 0;
  return start.startsWith('MZ') && start.slice(offset, offset + 4) === 'PE\0\0';
}
