import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { convertToHtml } from 'mammoth';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeInventedCounty, YEAR } from '../../../tests/fixtures/invented-county.ts';
import { openContent } from '../../store/index.ts';
import {
  composeReport,
  exportsOf,
  type Material,
  type Report,
  readMaterial,
  readOutline,
  reportDocx,
  reportMarkdown,
  summaryDocx,
  summaryMarkdown,
  summaryOf,
} from '../index.ts';

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'docx-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let report: Report;
let material: Material;
let docx: Buffer;
let parts: Record<string, Uint8Array>;
const part = (name: string) => strFromU8(parts[name] as Uint8Array);

beforeAll(async () => {
  writeInventedCounty({ folder: join(root, 'content') });
  // Two values for one stock, so that there is an attachment.
  writeFileSync(
    join(root, 'content/statistics/app-again.yaml'),
    `title: 另一个数\nindicator: app-users\ndate: ${YEAR}-12-31\nvalue: 9870\nsource: 台账\n`,
  );
  const content = openContent({ contentDir: join(root, 'content'), cacheDir: join(root, 'cache') });
  material = readMaterial(content, YEAR);
  const { outline } = readOutline(content, material.records.dictionary);
  if (!outline) throw new Error('no outline');
  report = composeReport({ outline, material, on: '2032-01-05' });
  docx = await reportDocx(report, {
    since: '2032年1月3日的草稿（张三）',
    lines: ['培训场次：由36场改为37场'],
  });
  parts = unzipSync(docx);
});

const twips = (millimetres: number) => Math.round((millimetres * 1440) / 25.4);

test('纸张、边距、行距照公文格式国家标准', () => {
  const document = part('word/document.xml');
  expect(document).toContain(`w:w="${twips(210)}" w:h="${twips(297)}"`);
  for (const [side, value] of Object.entries({ top: 37, bottom: 35, left: 28, right: 26 }))
    expect(document).toContain(`w:${side}="${twips(value)}"`);
  expect(document).toMatch(/w:line="579" w:lineRule="exact"/);
});

test('标题小标宋、一级黑体、二级楷体、正文仿宋，字体都有后备', () => {
  const document = part('word/document.xml');
  const paragraphs = document.split('</w:p>').map((one) => ({ one, text: one.replace(/<[^>]+>/g, '') }));
  const fontOf = (text: string) =>
    /w:eastAsia="([^"]+)"/.exec(
      paragraphs.find((paragraph) => paragraph.text.includes(text))?.one ?? '',
    )?.[1];
  expect(fontOf('青石县科学技术协会2031年工作汇报')).toBe('方正小标宋简体');
  expect(fontOf('一、工作特色及成绩')).toBe('黑体');
  expect(fontOf('（一）聚焦科学普及')).toBe('楷体');
  expect(fontOf('围着火塘讲防火')).toBe('仿宋');
  for (const font of ['方正小标宋简体', '黑体', '楷体', '仿宋'])
    expect(part('word/fontTable.xml')).toMatch(new RegExp(`w:name="${font}"><w:altName w:val="[^"]+"`));
});

test('页码是「— 1 —」，单页靠右，双页靠左', () => {
  const footers = Object.keys(parts)
    .filter((name) => /^word\/footer\d+\.xml$/.test(name))
    .map(part);
  expect(footers).toHaveLength(2);
  for (const footer of footers)
    expect(footer.replace(/<w:instrText.*?<\/w:instrText>|<[^>]+>/g, '')).toMatch(/^.*— .*—$/s);
  expect(footers.some((footer) => footer.includes('w:val="right"'))).toBe(true);
  expect(footers.some((footer) => footer.includes('w:val="left"'))).toBe(true);
});

test('别的程序读得出正文、脚注和附件，脚注里有来处的网址', async () => {
  const { value, messages } = await convertToHtml({ buffer: docx });
  expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
  const text = value.replace(/<sup>.*?<\/sup>|<[^>]+>/g, '');
  expect(text).toContain('举办技术培训会、现场会、讲座等37场次');
  expect(text).toContain('【待填】');
  expect(value.match(/id="footnote-\d+"/g)).toHaveLength(report.notes.length);
  expect(value).toContain('href="https://qingshi.example/events/chunxun/"');
  expect(text).toContain('附件：1.待核对的数据');
  expect(text).toContain('9870人');
  expect(text).toContain('上一稿：2032年1月3日的草稿（张三）');
  expect(text).toContain('培训场次：由36场改为37场');
});

test('待填的地方加底色，一眼看得见', () => {
  expect(part('word/document.xml')).toMatch(/<w:highlight w:val="yellow"\/>(?:(?!<\/w:r>).)*【待填】/);
});

test('Markdown 里脚注成对，编辑打的星号、方括号还是字', () => {
  const markdown = reportMarkdown(report);
  const called = [...markdown.matchAll(/[^\n]\[\^(\d+)\]/g)].map(([, number]) => number);
  const written = [...markdown.matchAll(/^\[\^(\d+)\]:/gm)].map(([, number]) => number);
  expect(called).toEqual(written);
  expect(written.length).toBe(report.notes.length);
  const odd = { ...report, title: '*星*[号]', notes: [], blocks: [] };
  expect(reportMarkdown(odd)).toContain('# \\*星\\*\\[号\\]');
});

test('摘要不写【待填】，只写有数的，说明正文还有几处待填', () => {
  const text = summaryMarkdown(summaryOf(report));
  expect(text.replace(/正文待填\d+处/, '')).not.toContain('待填');
  expect(text).toContain('37场次');
  expect(text).toMatch(/正文待填\d+处；待核1项/);
});

const SOFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/opt/libreoffice/program/soffice'].find(
  existsSync,
);
const hasPictures = existsSync('/usr/bin/pdftoppm');

describe.skipIf(!SOFFICE || !hasPictures)(
  '在 LibreOffice 里打开（没有装 soffice 和 pdftoppm 就跳过：apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk）',
  () => {
    const pictures: Record<string, string[]> = {};
    beforeAll(async () => {
      const [, , , assessments, townships] = exportsOf(material);
      const files: Record<string, Buffer> = {
        report: docx,
        summary: await summaryDocx(summaryOf(report), report.association),
        assessment: (await assessments?.files[0]?.make()) as Buffer,
        township: (await townships?.files[0]?.make()) as Buffer,
      };
      const names = Object.keys(files);
      for (const name of names) writeFileSync(join(root, `${name}.docx`), files[name] as Buffer);
      await run(
        SOFFICE as string,
        [
          `-env:UserInstallation=file://${join(root, 'profile')}`,
          '--headless',
          '--convert-to',
          'pdf',
          '--outdir',
          root,
          ...names.map((name) => join(root, `${name}.docx`)),
        ],
        { timeout: 110_000 },
      );
      for (const name of names) {
        await run('/usr/bin/pdftoppm', [
          '-r',
          '40',
          '-gray',
          '-png',
          join(root, `${name}.pdf`),
          join(root, name),
        ]);
        pictures[name] = readdirSync(root)
          .filter((file) => new RegExp(`^${name}-\\d+\\.png$`).test(file))
          .sort();
      }
    });

    /** How much of a picture is ink, and whether any touches the edge. */
    async function look(file: string) {
      const { data, info } = await sharp(readFileSync(join(root, file)))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      const isInk = (x: number, y: number) => (data[y * width + x] as number) < 128;
      const margin = Math.floor(width * (20 / 210));
      let ink = 0;
      let stray = 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if (isInk(x, y)) {
            ink += 1;
            if (x < margin || x > width - margin || y < margin) stray += 1;
          }
      return { share: ink / (width * height), stray };
    }

    test('汇报、摘要、自评表、乡镇页每一页都有字，没有一页空白，没有字跑出版心', async () => {
      for (const [name, pages] of Object.entries(pictures)) {
        expect(pages.length, name).toBeGreaterThan(0);
        for (const page of pages) {
          const { share, stray } = await look(page);
          expect(share, page).toBeGreaterThan(0.001);
          expect(share, page).toBeLessThan(0.25);
          expect(stray, page).toBe(0);
        }
      }
    });

    test('摘要正好一页', () => {
      expect(pictures.summary).toHaveLength(1);
    });
  },
);
