import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AlignmentType,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  openEditorAs,
  save,
  unsavedOffer,
  visit,
  waitForIdle,
  type Window,
} from './editor.ts';

/** 从 Word 导入: from the file of a colleague to a new entry. */

let office: Office;
let author: Visitor;
let window: Window;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  window = await openEditorAs(office, author);
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const p = (text: string) => new Paragraph(text);
const cell = (text: string) => new TableCell({ children: [p(text)] });

async function wordFile(): Promise<Buffer> {
  const data = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#1f6f5c' } })
    .png()
    .toBuffer();
  const picture = new ImageRun({
    type: 'png',
    data,
    transformation: { width: 40, height: 30 },
    altText: { name: '图', title: '', description: '现场' },
  });
  const document = new Document({
    comments: { children: [{ id: 0, author: '李', date: new Date(), children: [p('改一下')] }] },
    footnotes: { 1: { children: [p('统计台账。')] } },
    sections: [
      {
        children: [
          new Paragraph({ alignment: AlignmentType.CENTER, text: '观星夜活动纪实' }),
          new Paragraph({ text: '经过', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ children: [new TextRun('来了三十人'), new FootnoteReferenceRun(1)] }),
          new Paragraph({ children: [picture] }),
          new Table({
            rows: [
              new TableRow({ children: [cell('乡镇'), cell('人数')] }),
              new TableRow({ children: [cell('新城'), cell('30')] }),
            ],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

async function choose(name: string, bytes: Uint8Array): Promise<void> {
  const file = join(office.data, name);
  writeFileSync(file, bytes);
  const chooser = window.page.waitForEvent('filechooser');
  await window.page.getByRole('button', { name: '从 Word 导入' }).click();
  await (await chooser).setFiles(file);
}

test('Word 里写好的一篇成为新稿：题目、标题、表格、脚注、图片都在，丢的说清楚', async () => {
  const { page } = window;
  await visit(window, '#/collections/news');
  await choose('纪实.docx', await wordFile());
  const told = page.locator('dialog.portal-problems');
  await told.getByText('1 条批注没有带过来').waitFor();
  await told.getByRole('button', { name: '知道了' }).click();
  await expect.poll(() => field(window, '标题').inputValue()).toBe('观星夜活动纪实');
  const body = await bodyBox(window).inputValue();
  expect(body).toMatch(
    /^## 经过\n\n来了三十人\[\^1\]\n\n!\[现场\]\(\/uploads\/guan-?xing[\w-]*\.\w+\)\n\n\| 乡镇 \| 人数 \|\n\| --- \| --- \|\n\| 新城 \| 30 \|\n\n\[\^1\]: 统计台账。\n$/,
  );
  // Nothing is saved yet, and nothing can be lost any more.
  await page.locator('.portal-autosave').filter({ hasText: '已自动保存' }).waitFor();
  await field(window, '摘要').fill('一句话。');
  await save(window);
  await waitForIdle(window);
  expect(await unsavedOffer(window).count()).toBe(0);
  const slug = new URL(page.url()).hash.split('/').at(-1);
  const { text } = await author.call('GET', `file?path=content/news/${slug}.mdx`);
  expect(text).toContain('title: 观星夜活动纪实');
  const [, upload = ''] = /\]\(\/(uploads\/[^)]+)\)/.exec(String(text)) ?? [];
  expect((await author.fetch(upload)).status).toBe(200);
});

test('旧的 .doc 说清楚怎样另存，可以马上换一个；不写 Word 的栏目没有这个按钮', async () => {
  const { page } = window;
  await visit(window, '#/collections/news');
  await choose('旧稿.doc', Buffer.from('d0cf11e0a1b11ae10000', 'hex'));
  const dialog = page.getByRole('dialog', { name: '从 Word 导入' });
  await dialog.getByRole('alert').filter({ hasText: '「另存为」.docx' }).waitFor();
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: '换一个文件' }).click();
  await chooser;
  await visit(window, '#/collections/events');
  await page.getByRole('link', { name: /^新建/ }).waitFor();
  expect(await page.getByRole('button', { name: '从 Word 导入' }).count()).toBe(0);
});
