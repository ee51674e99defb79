import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { settingsFiles, lists, types } from '../../src/types/index.ts';
import { decapConfig } from '../../cms/documents/config.ts';
import { readFileParts } from '../../cms/documents/format.ts';
import { readEntry } from '../../src/model/entry.ts';
import type { ContentType } from '../../src/model/type.ts';
import { townships } from '../../src/types/townships.ts';
import {
  bodyBox,
  bodyText,
  type Editor,
  isChanged,
  newEntry,
  openAdvanced,
  openEditor,
  openEntry,
  openPreview,
  save,
  slugsIn,
  visit,
  write,
  writeOnPage,
} from './editor.ts';
import { englishOn, ownWords } from './english.ts';

/** The real Decap in Chromium, on a copy of the content. */

let editor: Editor;
let own: Set<string>;

beforeAll(async () => {
  editor = await openEditor();
  own = ownWords(editor.content);
});
afterAll(() => editor.close());
afterEach(() => expect(editor.browserErrors()).toEqual([]));

const english = () => englishOn(editor.page, own);
const label = (name: string) => editor.page.getByLabel(name, { exact: true });

/** Lines that differ between two texts. */
function changedLines(before: string, after: string) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [...old.filter((line) => !now.includes(line)), ...now.filter((line) => !old.includes(line))];
}

test('登录过的人打开就是编辑后台', async () => {
  await editor.page.getByRole('link', { name: '内容', exact: true }).waitFor();
  expect(await english()).toEqual([]);
});

test('每种内容用中文名列出，顺序与 types/index.ts 一致', async () => {
  const names = await editor.page.locator('aside nav a, aside ul a').allInnerTexts();
  expect(names.map((name) => name.trim())).toEqual(
    decapConfig().collections.map((collection) => collection.label),
  );
  expect(await english()).toEqual([]);
});

test.each(types.map(({ name }) => name))('%s：打开不算修改，改了标题只变那一行', async (name) => {
  const type = types.find((candidate) => candidate.name === name) as ContentType;
  const [slug = ''] = slugsIn(join(editor.content, name));
  const path = `${name}/${slug}.${type.format}`;
  const before = editor.read(path);
  await openEntry(editor, name, slug);
  expect(await isChanged(editor)).toBe(false);
  expect(await english()).toEqual([]);

  const [, first] = decapConfig().collections.find((collection) => collection.name === name)?.fields ?? [];
  const title = label(first?.label ?? '');
  await title.fill(`${await title.inputValue()}新`);
  await save(editor);
  const after = editor.read(path);
  expect(changedLines(before, after).map((line) => line.split(':')[0])).toEqual(['title', 'title']);
  expect(readEntry(type.schema, path, after, type.format).problems).toEqual([]);
});

test('名录和设置打开不算修改', async () => {
  for (const { name } of [...settingsFiles, ...lists]) {
    await openEntry(editor, 'data', name);
    expect(await isChanged(editor), name).toBe(false);
    expect(await english()).toEqual([]);
  }
});

test('名录里的一项和一个设置都能改', async () => {
  const list = townships;
  const before = editor.read(`data/${list.name}.yaml`);
  await openEntry(editor, 'data', list.name);
  await editor.page.getByRole('button', { name: '展开这一项' }).first().click();
  const name = label('名称').first();
  await name.fill(`${await name.inputValue()}新`);
  await save(editor);
  const after = editor.read(`data/${list.name}.yaml`);
  const { listSchema } = await import('../../src/store/index.ts');
  expect(changedLines(before, after)).toHaveLength(2);
  expect(readEntry(listSchema(list), '', after, 'yaml').problems).toEqual([]);

  const settings = editor.read('data/settings.yaml');
  await openEntry(editor, 'data', 'settings');
  await label('简称').fill('科普站');
  await save(editor);
  expect(changedLines(settings, editor.read('data/settings.yaml'))[1]).toBe('shortName: 科普站');
});

test('新活动的网址名是日期加标题的拼音，日历编号终身不变', async () => {
  await newEntry(editor, 'events');
  expect(await english()).toEqual([]);
  await label('标题').fill('科学实验');
  const choose = async (name: string, option: string) => {
    await label(name).click();
    await editor.page.getByRole('option', { name: option, exact: true }).click();
    // A person goes on when the choice stands in the field.
    await expect.poll(() => label(name).locator('xpath=ancestor::*[4]').textContent()).toContain(option);
  };
  await choose('种类', '讲座');
  await label('摘要').fill('动手做三个实验。');
  await label('开始').fill('2026-12-20');
  await label('几点').first().fill('09:30');
  await label('地点').fill('县科技馆');
  await editor.page.locator('.portal-source textarea').fill('温度<30℃ 时开展，`import` 是文字。');
  await expect
    .poll(() => label('网址名 (可不填)').getAttribute('placeholder'))
    .toBe('2026-12-20-kexue-shiyan');
  await save(editor);
  const path = 'events/2026-12-20-kexue-shiyan.mdx';
  const entry = readEntry(types[1]?.schema as ContentType['schema'], path, editor.read(path), 'mdx');
  expect(entry.problems).toEqual([]);
  expect(entry.data).toMatchObject({ title: '科学实验', start: '2026-12-20T09:30', state: 'tentative' });
  expect(entry.data?.uid).toMatch(/^[0-9a-f-]{36}$/);
  expect(editor.read(path)).not.toMatch(/_slug|coordinates|cover|\[\]/);
  expect(entry.body.trim()).toBe('温度<30℃ 时开展，`import` 是文字。');
});

test('预览的正文与网站生成的一样', async () => {
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  await openPreview(editor);
  const preview = editor.page.frameLocator('iframe').locator('.prose');
  await preview.locator('.block-term').first().waitFor();
  const { renderBody } = await import('../../src/body/index.ts');
  const { body } = readFileParts(editor.read('articles/wheat-sowing-window.mdx'), 'mdx');
  const words = (text: string) => text.replace(/\s+/g, '');
  const drawn = await preview.evaluate((element) => element.textContent ?? '');
  const expected = await editor.page.evaluate(
    (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '',
    renderBody(body).html,
  );
  expect(words(drawn)).toBe(words(expected));
});

test('预览有页首，能看手机、电脑和大字三种样子', async () => {
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  await openPreview(editor);
  const { page } = editor;
  const inside = page.frameLocator('#preview-pane');
  const { data } = readFileParts(editor.read('articles/wheat-sowing-window.mdx'), 'mdx');
  await inside.getByRole('heading', { level: 1, name: String(data.title), exact: true }).waitFor();
  const head = await inside.locator('header').innerText();
  expect(head).toContain(data.summary);
  expect(head).toMatch(/\d{4}年\d+月\d+日 发布/);

  const root = inside.locator(':root');
  const width = () => root.evaluate((element) => element.ownerDocument.defaultView?.innerWidth);
  const views = page.getByRole('group', { name: '预览的样子' });
  const choose = async (name: string) => {
    await views.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
    expect(await views.getByRole('button', { pressed: true }).allInnerTexts()).toEqual([name]);
  };
  await choose('手机');
  expect(await width()).toBe(360);
  await choose('电脑');
  expect(await width()).toBe(1100);
  const edge = async () => {
    const box = await page.locator('#preview-pane').boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  await expect.poll(edge).toBeLessThanOrEqual(1361);
  const target = () => root.evaluate((element) => getComputedStyle(element).getPropertyValue('--target'));
  expect(await target()).toBe('2.75rem');
  await choose('大字');
  expect(await target()).toBe('60px');

  await openEntry(editor, 'articles', 'silage-milk-line');
  await expect.poll(target).toBe('60px');
  await choose('手机');
});

test('解析器一时取不到，取到以后预览就画出来', async () => {
  const context = await editor.page.context().browser()?.newContext({ locale: 'zh-CN' });
  if (!context) throw new Error('没有浏览器');
  await context.addCookies(editor.office.administrator.cookies());
  const page = await context.newPage();
  let refused = 0;
  await page.route(/\.wasm$/, (route) => {
    refused += 1;
    return refused > 2 ? route.continue() : route.abort();
  });
  await page.goto(`${editor.url}admin/#/collections/articles/entries/wheat-sowing-window`);
  await openPreview({ page });
  await page.frameLocator('#preview-pane').locator('.prose .block-term').first().waitFor();
  expect(refused).toBeGreaterThan(2);
  await context.close();
});

test('发布前要改的用中文说明，写的字存成草稿', async () => {
  const path = 'articles/wheat-sowing-window.mdx';
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  await editor.page
    .locator('.portal-source textarea')
    .fill('电话 13912345678\n\n<Calout type="tip">甲</Calout>');
  await save(editor);
  const dialog = editor.page.locator('dialog.portal-problems');
  await dialog.waitFor();
  expect(await dialog.textContent()).toMatch(/个人手机号[\s\S]*Callout/);
  await dialog.getByRole('button', { name: '知道了' }).click();
  expect(editor.read(path)).toContain('电话 13912345678');
  expect(editor.unexpectedErrors()).toEqual([]);
});

test('正文像网页那样写，打开不算修改；Markdown 原文在「高级」里，下次还是它', async () => {
  const path = 'articles/wheat-sowing-window.mdx';
  await editor.writeElsewhere(
    path,
    editor
      .read(path)
      .replace(/\n---\n[\s\S]*$/, '\n---\n\n一段 **重点**。\n\n- 甲\n- 乙\n\n要占 $93\\%$。\n'),
  );
  await writeOnPage(editor);
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  await bodyText(editor).waitFor();
  expect(await isChanged(editor)).toBe(false);
  expect(await english()).toEqual([]);
  await bodyText(editor).locator('p').first().click();
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.type('再加一句。');
  await save(editor);
  expect(editor.read(path)).toMatch(/一段 \*\*重点\*\*。再加一句。\n\n- 甲\n- 乙\n\n要占 \$93\\%\$。\n$/);

  await openAdvanced(editor);
  await editor.page.getByRole('button', { name: 'Markdown 原文' }).click();
  expect(await bodyBox(editor).inputValue()).toContain('**重点**。再加一句。');
  await openEntry(editor, 'news', slugsIn(join(editor.content, 'news'))[0] ?? '');
  await bodyBox(editor).waitFor();
  expect(await isChanged(editor)).toBe(false);
});

test('两个字的词和拼音都搜得到', async () => {
  for (const term of ['青贮', 'qingzhu']) {
    await visit(editor, `#/search/${term}`);
    await editor.page.getByRole('link', { name: /青贮/ }).first().waitFor();
  }
});

test('还被引用的不能删除', async () => {
  await openEntry(editor, 'experts', slugsIn(join(editor.content, 'experts'))[0] ?? '');
  const slugs = readdirSync(join(editor.content, 'experts'));
  await editor.page.getByRole('button', { name: '删除', exact: true }).click();
  const notification = editor.page.getByText(/处用着它，不能删除/).first();
  await notification.waitFor();
  expect(readdirSync(join(editor.content, 'experts'))).toEqual(slugs);
  // On a small screen it would cover buttons.
  await notification.click();
  await notification.waitFor({ state: 'detached' });
  expect(editor.unexpectedErrors()).toEqual([]);
});

test('原文框的按钮和 Word 里的快捷键都能用，都能撤销', async () => {
  await openEntry(editor, 'news', slugsIn(join(editor.content, 'news'))[0] ?? '');
  const { keyboard } = editor.page;
  const box = bodyBox(editor);
  await write(box, '今天降温了');
  await box.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(2, 4));
  await box.press('Control+b');
  expect(await box.inputValue()).toBe('今天**降温**了');
  await box.press('Control+b');
  expect(await box.inputValue()).toBe('今天降温了');
  await box.press('Control+k');
  await keyboard.type('/news/');
  expect(await box.inputValue()).toBe('今天[降温](/news/)了');
  await box.press('End');
  await editor.page.getByRole('button', { name: '脚注', exact: true }).click();
  await keyboard.type('县气象局。');
  expect(await box.inputValue()).toBe('今天[降温](/news/)了[^1]\n\n[^1]: 县气象局。\n');
  for (let steps = 0; steps < 12; steps++) await keyboard.press('Control+z');
  expect(await box.inputValue()).toContain('今天');
  await write(box, '用按钮写的。');
  await save(editor);
  expect(editor.read(`news/${slugsIn(join(editor.content, 'news'))[0]}.mdx`)).toContain('用按钮写的。');
});

test('手机上表单放得下，能保存，能看预览', async () => {
  await editor.page.setViewportSize({ width: 360, height: 740 });
  await openEntry(editor, 'news', slugsIn(join(editor.content, 'news'))[0] ?? '');
  expect(await editor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await label('标题').fill('手机上改的标题');
  await save(editor);

  const { page } = editor;
  const heading = page.frameLocator('#preview-pane').getByRole('heading', { level: 1 });
  expect(await heading.isVisible()).toBe(false);
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await expect.poll(() => heading.innerText()).toBe('手机上改的标题');
  expect((await page.locator('#preview-pane').boundingBox())?.width).toBeCloseTo(360);
  expect(await english()).toEqual([]);
  await page.keyboard.press('Escape');
  await heading.waitFor({ state: 'hidden' });
  expect(await page.getByRole('button', { name: '预览', exact: true }).isVisible()).toBe(true);
});
