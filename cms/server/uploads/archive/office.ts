import sax from 'sax';
import { Refusal } from '../refusal.ts';
import { isProgram } from './programs.ts';
import { isZip, MAX_UNPACKED_BYTES, shownName, unpack } from './unpack.ts';

/** Word and Excel files: macros, embedded programs and external content are refused. */

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
 *
 * @param budget bytes that may still be unpacked, shared by files inside one another
 */
export function inspectOffice(
  bytes: Uint8Array,
  kind: keyof typeof OFFICE,
  budget = { left: MAX_UNPACKED_BYTES },
): void {
  const { name: program, main } = OFFICE[kind];
  const saveAs = `请在 ${program} 里「另存为」普通的 .${kind} 再传`;
  const names = new Set<string>();
  for (const { name, content } of unpack(bytes, budget)) {
    names.add(name);
    if (ACTIVE_PART.test(name) || isProgram(name, content))
      throw new Refusal(
        `这个 ${program} 文件里有宏、控件或嵌入的程序（${shownName(name)}），不能上传；${saveAs}`,
      );
    if (isZip(content)) inspectEmbedded(name, content, budget);
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
function inspectEmbedded(name: string, content: Uint8Array, budget: { left: number }): void {
  const kind = /\.(docx|xlsx)$/i.exec(name)?.[1]?.toLowerCase();
  if (kind !== 'docx' && kind !== 'xlsx')
    throw new Refusal(`文件里嵌着「${shownName(name)}」，没法检查；请删掉它再传`);
  inspectOffice(content, kind, budget);
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
      `这个 ${program} 文件要从外面加载「${shownName(target)}」，不能上传；请把链接的图片、模板或工作簿改成嵌入，或断开链接`,
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
