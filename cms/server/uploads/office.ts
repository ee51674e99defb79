import { isZip } from '../../zip/index.ts';
import { elementsOf, type XmlElement, xmlText } from './office-xml.ts';
import { Refusal } from './refusal.ts';
import { type Budget, isProgram, newBudget, shown, unpack } from './unpack.ts';

/** Looks into Word and Excel files, which are ZIP files: nothing in them may run, or load anything from elsewhere. */

const OFFICE = {
  docx: { name: 'Word', main: 'word/document.xml' },
  xlsx: { name: 'Excel', main: 'xl/workbook.xml' },
} as const;

/** Parts of a Word or Excel file that run something: macros, ActiveX, embedded programs, old macro sheets. */
const ACTIVE_PART =
  /(?:vbaProject|vbaData)[^/]*\.(?:bin|xml)$|\/activeX\/|\/macrosheets\/|\/embeddings\/[^/]*\.bin$|\/ctrlProps\//i;
/** Parts that fetch data from databases and web pages. */
const FETCHING_PART = /^xl\/(?:connections\.xml|queryTables\/)/i;
const ACTIVE_CONTENT_TYPE = /macroEnabled|vbaProject|activeX|oleObject|ddeLink/i;
/** Relations to whole files of other kinds that Word reads as part of the document. */
const CHUNK_RELATION = /\/aFChunk$/i;
/** An address outside the file: with a scheme, or of a server in a Windows network. */
const OUTSIDE = /^\s*(?:[a-z][a-z0-9+.-]+:|\\\\|\/\/)/i;

/**
 * Throws a `Refusal` when a Word or Excel file holds macros, embedded programs, or loads anything from elsewhere.
 * Links that a reader clicks (http, https, mailto) are fine.
 */
export async function inspectOffice(
  bytes: Uint8Array,
  kind: keyof typeof OFFICE,
  budget: Budget = newBudget(),
): Promise<void> {
  const { name: program, main } = OFFICE[kind];
  const saveAs = `请在 ${program} 里「另存为」普通的 .${kind} 再传`;
  const names = new Set<string>();
  for await (const { name, content } of unpack(bytes, budget)) {
    names.add(name);
    if (ACTIVE_PART.test(name) || isProgram(name, content))
      throw new Refusal(
        `这个 ${program} 文件里有宏、控件或嵌入的程序（${shown(name)}），不能上传；${saveAs}`,
      );
    if (FETCHING_PART.test(name))
      throw new Refusal(
        `这个 ${program} 文件会从数据库或网页取数据，不能上传；请在「数据 → 查询和连接」里删掉连接，再保存`,
      );
    if (isZip(content)) await inspectEmbedded(name, content, budget);
    if (!/\.(?:xml|rels|vml)$/i.test(name)) continue;
    const elements = elementsOf(xmlText(content, saveAs), saveAs);
    if (name === '[Content_Types].xml' && hasActiveType(elements))
      throw new Refusal(`这个 ${program} 文件里有宏或嵌入的程序，不能上传；${saveAs}`);
    refuseRelations(elements, program);
    refuseElements(elements, program);
    refuseFields(elements);
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

const hasActiveType = (elements: readonly XmlElement[]): boolean =>
  elements.some(({ attributes }) => ACTIVE_CONTENT_TYPE.test(attributes.ContentType ?? ''));

const loadsOutside = (program: string, what: string) =>
  new Refusal(
    `这个 ${program} 文件要从外面加载「${shown(what)}」，不能上传；请把链接的图片、模板或工作簿改成嵌入，或断开链接`,
  );

function refuseRelations(elements: readonly XmlElement[], program: string): void {
  for (const { name, attributes } of elements) {
    if (name !== 'Relationship') continue;
    const { TargetMode: mode = 'Internal', Type: type = '', Target: target = '' } = attributes;
    if (CHUNK_RELATION.test(type)) throw new Refusal(CHUNK);
    const isInternal = mode.trim().toLowerCase() === 'internal' && !OUTSIDE.test(target);
    if (isInternal) continue;
    if (/\/hyperlink$/.test(type) && /^(?:https?:\/\/|mailto:|#)/i.test(target)) continue;
    throw loadsOutside(program, target);
  }
}

const CHUNK =
  '这个 Word 文件里嵌着一整个别的文件（altChunk），没法检查；请在 Word 里打开，「另存为」普通的 .docx 再传';

/** Formulas that fetch something as soon as the workbook is opened. */
const FETCHING_FORMULA = /\b(?:WEBSERVICE|IMAGE|RTD)\s*\(/i;

/** Elements that load from elsewhere without a relation. */
function refuseElements(elements: readonly XmlElement[], program: string): void {
  for (const { name, attributes, text } of elements) {
    if (name === 'altChunk') throw new Refusal(CHUNK);
    if (name === 'f' && FETCHING_FORMULA.test(text))
      throw new Refusal(
        '这个 Excel 文件里有从网上取数据的公式（WEBSERVICE、IMAGE、RTD），不能上传；请改成数值',
      );
    const address = name === 'imagedata' || name === 'fill' ? (attributes.src ?? attributes.href ?? '') : '';
    if (OUTSIDE.test(address)) throw loadsOutside(program, address);
  }
}

const DDE = /\bDDE(?:AUTO)?\b/i;
/** A code written in numbers of characters, `QUOTE 68 68 69`, which no one types. */
const NUMBERED = /\bQUOTE(?:\s+\d{2,3}){3}/i;
/** Fields that load what their address names; links (HYPERLINK) are for clicking. */
const LOADING = String.raw`\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD)\b`;
const FAR = String.raw`(?:https?:|ftp:|file:|(?<=["\s])\\\\)`;
const LOADING_FIELD = new RegExp(`${LOADING}(?:(?!HYPERLINK)[^]){0,400}?${FAR}`, 'i');

/** Field codes may be cut into several runs, so they are joined before looking. */
function refuseFields(elements: readonly XmlElement[]): void {
  const named = (name: string) => elements.filter((element) => element.name === name);
  const codes = [
    named('instrText')
      .map(({ text }) => text)
      .join(''),
    ...named('fldSimple').map(({ attributes }) => attributes.instr ?? ''),
  ];
  if (codes.some((code) => DDE.test(code) || NUMBERED.test(code)))
    throw new Refusal('这个 Word 文件里有会运行程序的域（DDE），不能上传；请删掉它');
  if (codes.some((code) => LOADING_FIELD.test(code)))
    throw new Refusal(
      '这个 Word 文件里有从外面取图片或文字的域（INCLUDEPICTURE 等），不能上传；请在 Word 里按 Ctrl+A 全选，再按 Ctrl+Shift+F9 把域变成普通内容，保存后再传',
    );
}
