import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AlignmentType,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  Math as MathFormula,
  MathFraction,
  MathRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { wordFile } from '../../../../tests/support/word-file.ts';
import { zipOf } from '../../../../tests/support/zip.ts';
import { Refusal } from '../refusal.ts';
import { convertWord } from './index.ts';

/** Word files as Word and WPS write them, converted. */

const folder = mkdtempSync(join(tmpdir(), 'word-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function convertBytes(bytes: Uint8Array) {
  const file = join(folder, 'file.docx');
  writeFileSync(file, bytes);
  return convertWord(file, folder);
}
const convert = async (options: ConstructorParameters<typeof Document>[0]) =>
  convertBytes(await Packer.toBuffer(new Document(options)));
const convertParagraphs = (...children: Paragraph[]) => convert({ sections: [{ children }] });

const p = (text: string) => new Paragraph(text);
const bold = (text: string) => new Paragraph({ children: [new TextRun({ text, bold: true })] });
const change = { id: 1, author: '张三', date: '2026-01-01T00:00:00Z' };
const cell = (text: string, span = 1) => new TableCell({ columnSpan: span, children: [p(text)] });

test('标题样式成为标题，「标题」成为题目，列表、脚注、上下标都在', async () => {
  const { title, html, notes } = await convert({
    footnotes: { 1: { children: [p('县志，第三卷。')] } },
    sections: [
      {
        children: [
          new Paragraph({ text: '冬季养蜂', heading: HeadingLevel.TITLE }),
          new Paragraph({ text: '越冬准备', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [
              new TextRun('喂 H'),
              new TextRun({ text: '2', subScript: true }),
              new TextRun('O 糖水'),
              new FootnoteReferenceRun(1),
            ],
          }),
          new Paragraph({ text: '第三级', heading: HeadingLevel.HEADING_3 }),
          new Paragraph({ text: '一项', bullet: { level: 0 } }),
          new Paragraph({ text: '两项', bullet: { level: 0 } }),
        ],
      },
    ],
  });
  expect(title).toBe('冬季养蜂');
  expect(html).not.toContain('冬季养蜂');
  expect(html).toMatch(/<h2>(?:<a[^>]*><\/a>)?越冬准备<\/h2>.*<h3>.*第三级<\/h3>/);
  expect(html).toContain('H<sub>2</sub>O');
  expect(html).toContain('<ul><li>一项</li><li>两项</li></ul>');
  expect(html).toMatch(/<a[^>]*style="mso-footnote-id:footnote-1"/);
  expect(html).toMatch(/style="mso-element:footnote-list">.*id="footnote-1".*县志，第三卷。/);
  expect(notes).toEqual([]);
});

test('没有用样式的公文：居中的第一行是题目，加粗的「一、」和「（一）」是标题', async () => {
  const { title, html } = await convertParagraphs(
    new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun('关于开展科普日活动的通知')] }),
    p('各乡镇：'),
    bold('一、活动时间'),
    p('一、这一句没有加粗，是正文。'),
    bold('（一）县城'),
    bold('一、整段都加粗的正文，写得很长很长很长很长，不应当成为标题，因为它以句号结尾。'),
    new Paragraph({ children: [new TextRun({ text: '二、活动地点', font: { eastAsia: '黑体' } })] }),
  );
  expect(title).toBe('关于开展科普日活动的通知');
  expect([...html.matchAll(/<(h\d)>(.*?)<\/h\d>/g)].map(([, tag, text]) => `${tag} ${text}`)).toEqual([
    'h2 一、活动时间',
    'h3 （一）县城',
    'h2 二、活动地点',
  ]);
});

test('WPS 的样式编号是数字，自动编号的标题和目录说一声，书签不碍事', async () => {
  const paragraph = (properties: string, text: string) =>
    `<w:p><w:pPr>${properties}</w:pPr><w:bookmarkStart w:id="0" w:name="_Toc1"/><w:r><w:t>${text}</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>`;
  const { title, html, notes } = await convertBytes(
    wordFile(
      [
        paragraph('<w:pStyle w:val="2"/>', '全县科普工作总结'),
        paragraph('<w:pStyle w:val="9"/>', '基本情况……1'),
        paragraph('<w:pStyle w:val="3"/><w:numPr><w:numId w:val="1"/></w:numPr>', '基本情况'),
        paragraph('<w:pStyle w:val="15"/>', '办了二十四场。'),
        paragraph('<w:outlineLvl w:val="2"/>', '存在问题'),
      ].join(''),
      `<w:style w:type="paragraph" w:styleId="9"><w:name w:val="toc 1"/></w:style>
       <w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/></w:style>
       <w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 2"/></w:style>
       <w:style w:type="paragraph" w:styleId="15"><w:name w:val="正文样式"/></w:style>`,
    ),
  );
  expect(title).toBe('全县科普工作总结');
  expect(html.replaceAll(/<a [^>]*><\/a>/g, '')).toBe(
    '<h2>基本情况</h2><p>办了二十四场。</p><h3>存在问题</h3>',
  );
  expect(notes).toEqual([
    expect.stringContaining('自动编的号没有带过来，请补上：「基本情况」'),
    expect.stringContaining('目录没有带过来'),
  ]);
});

test('修订里删去的、隐藏的、批注都不出来，并且说出来', async () => {
  const { html, notes } = await convert({
    comments: { children: [{ id: 0, author: '李', date: new Date(), children: [p('这里不对')] }] },
    sections: [
      {
        headers: { default: new Header({ children: [p('内部资料')] }) },
        children: [
          new Paragraph({
            children: [
              new TextRun('留下的'),
              new DeletedTextRun({ text: '删去的', ...change }),
              new InsertedTextRun({ text: '加上的', ...change }),
              new TextRun({ text: '藏起来的', vanish: true }),
              new CommentRangeStart(0),
              new TextRun('有批注的'),
              new CommentRangeEnd(0),
              new TextRun({ children: [new CommentReference(0)] }),
            ],
          }),
        ],
      },
    ],
  });
  expect(html).toContain('留下的加上的有批注的');
  expect(html).not.toMatch(/删去的|藏起来的|这里不对|内部资料/);
  expect(notes.join('\n')).toMatch(/删去的字没有带过来[\s\S]*1 条批注[\s\S]*隐藏的字[\s\S]*页眉/);
});

test('图片取出来，表格合并的格子说出来，公式留着', async () => {
  const data = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#1f6f5c' } })
    .png()
    .toBuffer();
  const { html, pictures, notes } = await convert({
    sections: [
      {
        children: [
          new Paragraph({
            children: [
              new ImageRun({
                type: 'png',
                data,
                transformation: { width: 20, height: 10 },
                altText: { name: '图', title: '图', description: '蜂箱' },
              }),
            ],
          }),
          new Table({
            rows: [
              new TableRow({ children: [cell('乡镇'), cell('场次')] }),
              new TableRow({ children: [cell('合计', 2)] }),
            ],
          }),
          new Paragraph({
            children: [
              new MathFormula({
                children: [
                  new MathFraction({ numerator: [new MathRun('a')], denominator: [new MathRun('b')] }),
                ],
              }),
            ],
          }),
        ],
      },
    ],
  });
  expect(html).toMatch(/<img[^>]*alt="蜂箱"[^>]*>/);
  expect(html).toContain('src="picture:0"');
  expect(pictures).toMatchObject([{ extension: 'png' }]);
  expect(html).toMatch(/<td colspan="2"><p>合计<\/p><\/td>/);
  expect(notes.join()).toContain('合并的格子拆开了');
  expect(html).toMatch(/<!--\[if gte msEquation 12\]><m:oMath.*<m:num>.*a.*<m:den>.*b.*<!\[endif\]-->/);
});

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

test.each([
  ['旧的 .doc', Buffer.concat([OLE, Buffer.alloc(600)]), /另存为」\.docx/],
  ['加了密码', Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')]), /加了密码/],
  ['改了扩展名的 RTF', Buffer.from('{\\rtf1 x}'), /另存为」\.docx/],
  ['空的', Buffer.alloc(0), /空的/],
  ['断在半路', Buffer.from('PK\x03\x04abc', 'latin1'), /坏了/],
  ['里面没有正文', zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }]), /不是 Word 文件/],
  [
    '带宏',
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<w:document/>' },
      { name: 'word/vbaProject.bin', content: 'x' },
    ]),
    /有宏/,
  ],
  [
    '压缩炸弹',
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: Buffer.alloc(30 * 1024 * 1024, 0x20) },
    ]),
    /压缩炸弹/,
  ],
])('%s的文件不收，用中文说怎么办', async (_, bytes, words) => {
  const refused = await convertBytes(bytes).catch((error: Error) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Error).message).toMatch(words);
});
