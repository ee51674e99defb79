import {
  AlignmentType,
  BorderStyle,
  Document,
  type ISectionOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { NOT_CONFIRMED } from './request.ts';
import type { Paper } from './request-paper.ts';

/** The request as a Word file (ISO/IEC 29500), filled in as far as the site knows. */

const SONG = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' };
const LABEL_WIDTH = 26;
/** Twentieths of a point. */
const LINE = 400;
const line = { style: BorderStyle.SINGLE, size: 4, color: '444444' };
const borders = { top: line, bottom: line, left: line, right: line };

const paragraph = (text: string, { size = 24, bold = false, centre = false, after = 120 } = {}) =>
  new Paragraph({
    alignment: centre ? AlignmentType.CENTER : AlignmentType.LEFT,
    spacing: { after },
    children: [new TextRun({ text, size, bold })],
  });

const cell = (width: number, children: Paragraph[]) =>
  new TableCell({
    borders,
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 60, bottom: 60, left: 110, right: 110 },
    width: { size: width, type: WidthType.PERCENTAGE },
    children,
  });

const row = ({ label, value, options, hint, lines }: Paper['rows'][number]) =>
  new TableRow({
    cantSplit: true,
    height: { value: LINE * (value ? 1 : lines), rule: 'atLeast' },
    children: [
      cell(LABEL_WIDTH, [paragraph(label, { after: 0 })]),
      cell(100 - LABEL_WIDTH, [
        paragraph(value ?? options?.map((option) => `□ ${option}`).join('　') ?? '', { after: 0 }),
        ...(hint ? [paragraph(hint, { size: 18, after: 0 })] : []),
      ]),
    ],
  });

/** A paper request as a Word file; the same bytes each time. */
export async function requestDocx({
  number,
  rows,
  sendTo,
  association,
}: Paper): Promise<Uint8Array<ArrayBuffer>> {
  const section: ISectionOptions = {
    properties: { page: { margin: { top: 1100, bottom: 1000, left: 1250, right: 1250 } } },
    children: [
      paragraph('科普大篷车进校（进社区）申请', { size: 36, bold: true, centre: true }),
      paragraph(`编号：${number}（末尾写申请日期，如 20261201）`, { size: 21 }),
      new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: rows.map(row) }),
      paragraph('', { after: 60 }),
      paragraph(NOT_CONFIRMED, { bold: true }),
      paragraph(`送到：${sendTo}`),
      paragraph('申请单位（盖章）：　　　　　　　　　　　　　　　　　　年　　月　　日'),
    ],
  };
  const document = new Document({
    creator: association,
    title: '科普大篷车申请',
    styles: { default: { document: { run: { font: SONG, size: 24 } } } },
    sections: [section],
  });
  return withoutTimes(await Packer.toBuffer(document, undefined, [CORE_PROPERTIES]));
}

/** The library writes the time of the build into the file; without it, builds agree byte for byte. */
const CORE_PROPERTIES = {
  path: 'docProps/core.xml',
  data: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>科普大篷车申请</dc:title></cp:coreProperties>',
};

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
/** 1980-01-01 00:00, the first moment that ZIP knows (APPNOTE 4.4.6). */
const ZIP_EPOCH = 0x00210000;

function withoutTimes(zip: Buffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(zip);
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (end > 0 && view.getUint32(end, true) !== END_RECORD) end--;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== CENTRAL_HEADER) throw new Error('the docx library wrote no plain ZIP');
    view.setUint32(at + 12, ZIP_EPOCH, true);
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) === LOCAL_HEADER) view.setUint32(local + 10, ZIP_EPOCH, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}
