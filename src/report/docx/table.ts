import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { BLANK } from '../document.ts';
import { fontOf, type FontName } from './fonts.ts';
import { SIZE, xmlText } from './page.ts';

/** Tables of forms: ruled cells in 小四, blanks marked. */

/** Twentieths of a point. */
const LINE = 360;
const rule = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const borders = { top: rule, bottom: rule, left: rule, right: rule };

const line = (text: string, font: FontName, isCentred: boolean) =>
  new Paragraph({
    alignment: isCentred ? AlignmentType.CENTER : AlignmentType.LEFT,
    spacing: { line: LINE, lineRule: LineRuleType.AT_LEAST, before: 40, after: 40 },
    children: text.split(/(【待填】)/u).map(
      (part) =>
        new TextRun({
          text: xmlText(part),
          font: fontOf(font),
          size: SIZE.small,
          ...(part === BLANK ? { highlight: 'yellow' as const } : {}),
        }),
    ),
  });

const cell = (text: string, width: number, font: FontName, isCentred: boolean) =>
  new TableCell({
    borders,
    verticalAlign: VerticalAlignTable.CENTER,
    width: { size: width, type: WidthType.PERCENTAGE },
    margins: { top: 40, bottom: 40, left: 100, right: 100 },
    children: text.split('\n').map((one) => line(one, font, isCentred)),
  });

export interface TableOptions {
  /** Percents of the width. */
  widths: readonly number[];
  head?: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns in 黑体, centred: labels. */
  labels?: readonly number[];
}

export const formTable = ({ widths, head, rows, labels = [] }: TableOptions): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      ...(head
        ? [
            new TableRow({
              tableHeader: true,
              cantSplit: true,
              children: head.map((text, at) => cell(text, widths[at] ?? 10, 'heading', true)),
            }),
          ]
        : []),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, at) =>
              cell(text, widths[at] ?? 10, labels.includes(at) ? 'heading' : 'body', labels.includes(at)),
            ),
          }),
      ),
    ],
  });
