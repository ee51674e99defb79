import { markHeadings, removeContents } from './headings.ts';
import { all, childNamed, isOn, parseXml, textOf, type XmlNode } from './xml.ts';

/** What has to be done in a Word file before it is converted, and what of it cannot be kept. */

/** Stands in the text for a formula until the conversion is done; private-use characters. */
export const formulaMark = (index: number) => `\ue010${index}\ue011`;
export const FORMULA_MARK = /\ue010(\d+)\ue011/g;

export interface Prepared {
  /** `word/document.xml` as it is to be converted. */
  xml: string;
  title: string;
  /** Office Math of each formula, without the properties of runs. */
  formulas: string[];
  /** Chinese sentences. */
  notes: string[];
}

/** The parts of a file by name, as text. */
export type Parts = (name: string) => string | undefined;

/** Formulas that are told when they are not understood are told by the editor, see `cms/editor/body/paste`. */
function takeFormulas(document: Document): string[] {
  const formulas: string[] = [];
  for (const formula of all(document, 'm:oMath')) {
    for (const properties of [...all(formula, 'w:rPr'), ...all(formula, 'm:ctrlPr')]) properties.remove();
    const run = document.createElement('w:r');
    const text = document.createElement('w:t');
    text.textContent = formulaMark(formulas.length);
    run.append(text);
    formulas.push(formula.outerHTML.replaceAll('--', '- -'));
    (formula.closest('m\\:oMathPara') ?? formula).replaceWith(run);
  }
  return formulas;
}

/** Text that Word does not show. */
function removeHidden(document: Document): number {
  const hidden = all(document, 'w:r').filter((run) => isOn(childNamed(run, 'w:rPr'), 'w:vanish'));
  for (const run of hidden) run.remove();
  return hidden.length;
}

const hasWords = (document: Document | undefined): boolean =>
  document !== undefined && all(document, 'w:t').some(({ textContent }) => (textContent ?? '').trim() !== '');

const quote = (text: string) => `「${[...text].length > 20 ? `${[...text].slice(0, 20).join('')}…` : text}」`;

/** What cannot be kept, in the order in which a person would miss it. */
function lossesOf(document: Document, read: Parts, hidden: number): string[] {
  const count = (...names: string[]) => names.reduce((sum, name) => sum + all(document, name).length, 0);
  const deleted = all(document, 'w:del').some((change) => all(change, 'w:delText').length > 0);
  const comments = parseXml(read('word/comments.xml'));
  const commentCount = comments ? all(comments, 'w:comment').length : 0;
  const charts = count('c:chart', 'dgm:relIds');
  const objects = count('w:object');
  const merged = all(document, 'w:tbl').filter(
    (table) => all(table, 'w:gridSpan').length + all(table, 'w:vMerge').length > 0,
  );
  const boxes = all(document, 'w:txbxContent').filter((box) => textOf(box).trim() !== '').length;
  const edges = [1, 2, 3].flatMap((number) => [`word/header${number}.xml`, `word/footer${number}.xml`]);
  const said: [boolean, string][] = [
    [charts > 0, `${charts} 个图表或 SmartArt 没有带过来：请在 Word 里另存为图片，再插入`],
    [
      objects > 0,
      `${objects} 个嵌入的对象（如公式编辑器的公式、Excel 表）只留下了它的图片或没有带过来，请对照原文看一看`,
    ],
    [boxes > 0, '文本框里的字放到了正文里，位置可能变了'],
    [
      merged.length > 0,
      `表格里合并的格子拆开了，字在第一格：${merged.map((table) => quote(textOf(table))).join('')}`,
    ],
    [deleted, '修订里删去的字没有带过来；修订里加上的字当作已经接受'],
    [commentCount > 0, `${commentCount} 条批注没有带过来`],
    [hidden > 0, '隐藏的字没有带过来'],
    [edges.some((name) => hasWords(parseXml(read(name)))), '页眉、页脚没有带过来'],
  ];
  return said.flatMap(([isTrue, sentence]) => (isTrue ? [sentence] : []));
}

const NO_TEXT = '<w:document/>';

/** Prepares a Word file for the conversion. */
export function prepare(read: Parts): Prepared {
  const document = parseXml(read('word/document.xml') ?? NO_TEXT) as Document;
  const hidden = removeHidden(document);
  const notes = lossesOf(document, read, hidden);
  const formulas = takeFormulas(document);
  const styles = parseXml(read('word/styles.xml'));
  if (removeContents(document, styles)) notes.push('目录没有带过来，网页会照标题自己生成');
  const { title, numbered } = markHeadings(document, styles);
  if (numbered.length > 0)
    notes.unshift(
      `标题前面由 Word 自动编的号没有带过来，请补上：${numbered.slice(0, 5).map(quote).join('')}`,
    );
  return { xml: (document as unknown as XmlNode).toString(), title, formulas, notes };
}
