import {
  AlignmentType,
  Document,
  DocumentGridType,
  type FileChild,
  Footer,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  SectionType,
  TextRun,
} from 'docx';
import { fontOf, type FontName, fontTable } from './fonts.ts';

/** Pages of an official document: GB/T 9704—2012, 5 and 7. */

/** Half points: 二号, 三号, 四号, 小四, 小五. */
export const SIZE = { title: 44, body: 32, footer: 28, small: 24, note: 18 } as const;

/** Twentieths of a point. 225 mm of text in 22 lines: 28.95 points each. */
const LINE = 579;
const TITLE_LINE = 700;
const NOTE_LINE = 240;

const CHARACTER = SIZE.body * 10;

const millimetres = (value: number) => Math.round((value * 1440) / 25.4);

/** A4: 37 mm above, 35 below, 28 left, 26 right; 156 × 225 mm of text. */
export const PAGE = {
  size: { width: millimetres(210), height: millimetres(297) },
  margin: {
    top: millimetres(37),
    bottom: millimetres(35),
    left: millimetres(28),
    right: millimetres(26),
    footer: millimetres(28),
  },
} as const;

/** Spacing of a line whose height does not depend on the font that a machine happens to have. */
const exact = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 });

export const bodyParagraph = (children: ParagraphChild[], { indent = true, keepNext = false } = {}) =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: exact(LINE),
    ...(indent ? { indent: { firstLineChars: 200, firstLine: CHARACTER * 2 } } : {}),
    keepNext,
    children,
  });

/** A paragraph on the body's lines, at the left, centred or at the right with `right` characters free. */
export const plainLine = (
  children: ParagraphChild[],
  {
    align = AlignmentType.LEFT,
    right = 0,
    left = 0,
    pageBreakBefore = false,
    keepNext = false,
  }: {
    align?: (typeof AlignmentType)[keyof typeof AlignmentType];
    right?: number;
    left?: number;
    pageBreakBefore?: boolean;
    keepNext?: boolean;
  } = {},
) =>
  new Paragraph({
    alignment: align,
    spacing: exact(LINE),
    indent: { right: CHARACTER * right, left: CHARACTER * left },
    pageBreakBefore,
    keepNext,
    children,
  });

export const titleParagraph = (text: string, size: number = SIZE.title) =>
  new Paragraph({
    style: 'Title',
    alignment: AlignmentType.CENTER,
    spacing: exact(TITLE_LINE),
    keepNext: true,
    children: [new TextRun({ text: xmlText(text), font: fontOf('title'), size })],
  });

/** Level 1 in 黑体, level 2 in 楷体, those below in 仿宋. */
export const headingParagraph = (text: string, level: 1 | 2 | 3 | 4) =>
  new Paragraph({
    style: `Heading${level}`,
    spacing: exact(LINE),
    indent: { firstLineChars: 200, firstLine: CHARACTER * 2 },
    keepNext: true,
    children: [
      run(text, { font: fontOf((['heading', 'subheading', 'body', 'body'] as const)[level - 1] ?? 'body') }),
    ],
  });

export const notePart = (children: ParagraphChild[]) =>
  new Paragraph({
    style: 'FootnoteText',
    alignment: AlignmentType.BOTH,
    spacing: exact(NOTE_LINE),
    children,
  });

/** XML 1.0 has no place for these two and for half a surrogate pair, and the library writes them; Word refuses such a file. */
export const xmlText = (text: string): string => text.replace(/[\uFFFE\uFFFF]/g, '').toWellFormed();

/** A run of the body's size, in 仿宋 unless the options say otherwise. */
export const run = (text: string, options: IRunOptions & { named?: FontName } = {}) => {
  const { named = 'body', ...rest } = options;
  return new TextRun({ text: xmlText(text), size: SIZE.body, font: fontOf(named), ...rest });
};

/** 「— 1 —」 in 四号宋体, one character from the outer edge (7.5). */
const pageNumber = (side: 'odd' | 'even') =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: SIZE.footer * 10 } : { left: SIZE.footer * 10 },
        children: [
          new TextRun({ text: '— ', size: SIZE.footer, font: fontOf('song') }),
          new TextRun({ children: [PageNumber.CURRENT], size: SIZE.footer, font: fontOf('song') }),
          new TextRun({ text: ' —', size: SIZE.footer, font: fontOf('song') }),
        ],
      }),
    ],
  });

export interface PageOptions {
  title: string;
  creator: string;
  children: FileChild[];
  /** Whether lines keep to the grid of 22 a page, which some programs lay even exact lines on. */
  hasGrid?: boolean;
  /** Footnotes by number. */
  notes?: Record<string, { children: Paragraph[] }>;
}

/** A Word file (ISO/IEC 29500) of official pages. */
export async function officialDocx({
  title,
  creator,
  children,
  hasGrid = true,
  notes,
}: PageOptions): Promise<Buffer> {
  const styles = Object.fromEntries(
    ['heading1', 'heading2', 'heading3', 'heading4'].map((name) => [
      name,
      { run: { color: '000000', size: SIZE.body, bold: false, italics: false } },
    ]),
  );
  const document = new Document({
    title,
    creator,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: fontOf('body'), size: SIZE.body, language: { value: 'zh-CN', eastAsia: 'zh-CN' } },
        },
        title: { run: { color: '000000', size: SIZE.title, bold: false } },
        footnoteText: { run: { size: SIZE.note } },
        ...styles,
      },
    },
    ...(notes ? { footnotes: notes } : {}),
    sections: [
      {
        properties: {
          type: SectionType.NEXT_PAGE,
          page: { size: PAGE.size, margin: PAGE.margin },
          ...(hasGrid ? { grid: { type: DocumentGridType.LINES, linePitch: LINE } } : {}),
        },
        footers: { default: pageNumber('odd'), even: pageNumber('even') },
        children,
      },
    ],
  });
  return await Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable() }]);
}
