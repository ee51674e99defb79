import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Summary } from '../summary.ts';
import { fontOf, type FontName } from './fonts.ts';
import { officialDocx, plainLine, SIZE, titleParagraph, xmlText } from './page.ts';

/** The one-page summary as a Word file. */

/** Twentieths of a point. */
const LINE = 400;
const COLUMNS = 4;
/** Half points: 小二, so that the title keeps to one line. */
const TITLE = 36;

const words = (text: string, font: FontName, size: number = SIZE.small, bold = false) =>
  new TextRun({ text: xmlText(text), font: fontOf(font), size, bold });

const line = (children: TextRun[], { centre = false, indent = true } = {}) =>
  new Paragraph({
    alignment: centre ? AlignmentType.CENTER : AlignmentType.BOTH,
    spacing: { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    ...(indent ? { indent: { firstLineChars: 200, firstLine: SIZE.small * 20 } } : {}),
    children,
  });

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const rule = { style: BorderStyle.SINGLE, size: 4, color: '999999' };

const cell = (children: Paragraph[]) =>
  new TableCell({
    width: { size: 100 / COLUMNS, type: WidthType.PERCENTAGE },
    borders: { top: rule, bottom: rule, left: none, right: none },
    margins: { top: 60, bottom: 60, left: 60, right: 60 },
    children,
  });

/** The figures, four in a row, each over its name. */
function figureTable(headline: Summary['headline']): Table {
  const rows = Array.from({ length: Math.ceil(headline.length / COLUMNS) }, (_, row) => {
    const figures = headline.slice(row * COLUMNS, (row + 1) * COLUMNS);
    const cells = figures.map(({ name, text }) =>
      cell([
        line([words(text, 'heading', SIZE.footer)], { centre: true, indent: false }),
        line([words(name, 'song', 21)], { centre: true, indent: false }),
      ]),
    );
    const empty = Array.from({ length: COLUMNS - cells.length }, () => cell([line([], { indent: false })]));
    return new TableRow({ children: [...cells, ...empty] });
  });
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows });
}

export function summaryDocx(
  { title, headline, sections, remark }: Summary,
  creator: string,
): Promise<Buffer> {
  return officialDocx({
    title,
    creator,
    hasGrid: false,
    children: [
      titleParagraph(title, TITLE),
      plainLine([]),
      ...(headline.length > 0 ? [figureTable(headline), line([], { indent: false })] : []),
      ...sections.flatMap(({ heading, text }) => [
        ...(heading === '' ? [] : [line([words(heading, 'heading')])]),
        line([words(text, 'body')]),
      ]),
      line([words(remark, 'subheading')]),
    ],
  });
}
