import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  bodyText,
  closePreview,
  type Editor,
  openEditor,
  openEntry,
  openPreview,
  pictureButton,
  save,
  write,
  writeOnPage,
} from './editor.ts';
import { englishOn, ownWords } from './english.ts';

/** Pictures and other blocks: forms that ask for what is required, and change nothing else. */

let editor: Editor;
let own: Set<string>;
beforeAll(async () => {
  editor = await openEditor();
  own = ownWords(editor.content);
});
afterAll(() => editor?.close());
afterEach(() => expect(editor.browserErrors()).toEqual([]));

const PATH = 'articles/silage-milk-line.mdx';
const box = () => editor.page.locator('.portal-source textarea');
const form = () => editor.page.locator('dialog.portal-block');
const field = (name: string) => form().getByLabel(name);
const press = (name: string) => form().getByRole('button', { name, exact: true }).click();
const problems = () => form().locator('.portal-problem').allTextContents();

/** The cursor goes where `words` end. */
const putCursor = (words: string) =>
  box().evaluate((area: HTMLTextAreaElement, text) => {
    const place = area.value.indexOf(text) + text.length;
    area.focus();
    area.setSelectionRange(place, place);
  }, words);

/** Each test has an entry of its own: what another one left unsaved would be offered again. */
async function open(slug: string): Promise<string> {
  await openEntry(editor, 'articles', slug);
  return box().inputValue();
}

test('插图片要写替代文字和授权；在表单里上传，正文和预览里都有', async () => {
  const before = await open('silage-milk-line');
  const picture = await editor.page.screenshot({
    type: 'png',
    clip: { x: 0, y: 0, width: 300, height: 200 },
  });
  await putCursor(before);
  await pictureButton(editor).click();
  await press('插入');
  expect((await problems()).filter(Boolean)).toEqual([
    '请填写「图片」',
    '请填写「替代文字」',
    '请填写「授权」',
  ]);
  expect(await englishOn(editor.page, own)).toEqual([]);
  const chooser = editor.page.waitForEvent('filechooser');
  await press('上传新的…');
  await (await chooser).setFiles({ name: '青贮 窖.PNG', mimeType: 'image/png', buffer: picture });
  await form().getByText('上传好了').waitFor();
  await field('替代文字').fill('编辑后台的一角，写着「栏目」');
  await field('授权').fill('本站截图，"CC BY 4.0"');
  await press('插入');
  await form().waitFor({ state: 'detached' });
  const [, name = ''] = /<Figure src="\/uploads\/([a-z0-9-]+\.webp)"/.exec(await box().inputValue()) ?? [];
  expect(await box().inputValue()).toBe(
    `${before.trimEnd()}\n\n<Figure src="/uploads/${name}" alt="编辑后台的一角，写着「栏目」" license="本站截图，&quot;CC BY 4.0&quot;" />${/\n*$/.exec(before)?.[0] ?? ''}`,
  );
  await openPreview(editor);
  const drawn = editor.page.frameLocator('iframe').getByAltText('编辑后台的一角，写着「栏目」');
  await drawn.waitFor();
  expect(await drawn.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300);
  await save(editor);
  expect(editor.read(PATH)).toContain(name);
  expect(existsSync(join(editor.content, 'uploads', name))).toBe(true);
});

test('以前传过的图片按名称找得到', async () => {
  await open('apple-valsa-canker');
  await pictureButton(editor).click();
  await field('在传过的图片里找').fill('青贮 窖');
  await expect.poll(() => form().locator('.portal-uploads button').count()).toBe(1);
  await form().locator('.portal-uploads button').click();
  expect(await form().locator('.portal-chosen').textContent()).toMatch(/已选：qing-?zhu-jiao/);
  await field('在传过的图片里找').fill('没有这样的');
  await form().getByText('没有找到这样的文件').waitFor();
  await press('取消');
  await form().waitFor({ state: 'detached' });
});

test('在表单里修改光标所在的内容块，只变开头的标签', async () => {
  const before = await open('apple-winter-pruning');
  const callout = '<Callout type="tip" title="记 <b>&amp; 住">\n\n里面   的字，**原样**。\n\n</Callout>';
  const text = `${before}\n\n气温 <30℃ 和 {\n\n${callout}\n`;
  await write(box(), text);
  await putCursor('里面   的');
  await editor.page.keyboard.press('ArrowRight');
  await editor.page.getByRole('button', { name: '修改这个提示框' }).click();
  expect(await field('种类').inputValue()).toBe('tip');
  expect(await field('标题').inputValue()).toBe('记 <b>& 住');
  await press('改好了');
  expect(await box().inputValue()).toBe(text);
  await editor.page.getByRole('button', { name: '修改这个提示框' }).click();
  await field('标题').fill('注意："防火"');
  await field('种类').selectOption('warning');
  await press('改好了');
  expect(await box().inputValue()).toBe(
    text.replace('type="tip" title="记 <b>&amp; 住"', 'type="warning" title="注意：&quot;防火&quot;"'),
  );
  await putCursor('气温');
  await editor.page.keyboard.press('ArrowLeft');
  await expect.poll(() => editor.page.getByRole('button', { name: /^修改这个/ }).count()).toBe(0);
});

test('选中的词变成术语；哪里填错就在哪个字段旁边说', async () => {
  await open('beidou-four-seasons');
  await write(box(), '先看乳线再收。');
  await box().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 4));
  await editor.page.getByLabel('插入内容块').selectOption('Term');
  expect(await field('词').inputValue()).toBe('乳线');
  await field('解释').fill('字'.repeat(151));
  await press('插入');
  expect((await problems()).filter(Boolean)).toEqual([expect.stringContaining('150')]);
  expect(await field('解释').getAttribute('aria-invalid')).toBe('true');
  await field('解释').fill('玉米籽粒上乳白和黄色的分界');
  await editor.page.keyboard.press('Enter');
  await form().waitFor({ state: 'detached' });
  expect(await box().inputValue()).toBe(
    '先看<Term name="乳线" meaning="玉米籽粒上乳白和黄色的分界" />再收。',
  );
});

test('步骤里面不能空；选中的内容放在里面', async () => {
  await open('brucellosis-protection');
  await write(box(), '甲\n\n1. 割\n2. 装\n\n乙');
  await box().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 12));
  await editor.page.getByLabel('插入内容块').selectOption('Steps');
  await field('里面的内容').fill('');
  await press('插入');
  expect((await problems()).filter(Boolean)).toEqual(['请填写「里面的内容」']);
  await field('里面的内容').fill('1. 割\n2. 装');
  await press('插入');
  expect(await box().inputValue()).toBe('甲\n\n<Steps>\n\n1. 割\n2. 装\n\n</Steps>\n\n乙');
});

test('内容块缺什么，在正文下面说，按一下就到那里；补上就没有了', async () => {
  const path = 'articles/chinese-bee-transfer-winter.mdx';
  const text = editor.read(path).replace(/\n---\n[\s\S]*$/, '\n---\n\n一段。\n\n<Compare myth="流言" />\n');
  await editor.writeElsewhere(path, text);
  await writeOnPage(editor);
  await openEntry(editor, 'articles', 'chinese-bee-transfer-winter');
  const checks = editor.page.getByRole('list', { name: '正文里要改的地方' });
  await checks.getByText('真相').waitFor();
  await checks.getByRole('button', { name: /^第 2 段/ }).click();
  await bodyText(editor).getByRole('button', { name: '修改这个对照' }).click();
  await field('真相').fill('真相在此');
  await press('改好了');
  await checks.waitFor({ state: 'detached' });
  await editor.page.evaluate(() => localStorage.setItem('portal.body-mode', 'source'));
});

test('手机上内容块的表单放得下，用键盘能关上', async () => {
  await open('burn-dog-bite');
  await closePreview(editor);
  await editor.page.setViewportSize({ width: 390, height: 780 });
  await pictureButton(editor).click();
  await form().locator('.portal-uploads img').first().waitFor();
  const { x = -1, width = 999 } = (await form().boundingBox()) ?? {};
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  expect(await form().evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
  await editor.page.setViewportSize({ width: 1280, height: 900 });
  await editor.page.keyboard.press('Escape');
  await form().waitFor({ state: 'detached' });
});
