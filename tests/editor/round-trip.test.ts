import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { renderBody } from '../../src/body/index.ts';
import { type Editor, isChanged, openEditor, openEntry, save } from './editor.ts';

/**
 * The real rich-text editor on bodies that such editors break: opening changes nothing, and typing changes what was typed.
 * `cms/editor/body/rich-text.test.ts` tests each Markdown construct by itself.
 */

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ content: 'tests/fixtures/county' });
});
afterAll(() => editor.close());
afterEach(() => expect(editor.browserErrors()).toEqual([]));

const PATH = 'news/2026-11-21-jiang-zuo.mdx';

const bodyOf = () => editor.read(PATH).replace(/^---\n[\s\S]*?\n---\n\n/, '');

/** Opens an article in the rich-text editor; returns whether the editor refuses its body. */
async function openRich(body: string): Promise<boolean> {
  await editor.writeElsewhere(
    PATH,
    editor.read(PATH).replace(/\n---\n[\s\S]*$/, () => `\n---\n\n${body}\n`),
  );
  await editor.page.evaluate(() => localStorage.setItem('portal.body-mode', 'rich'));
  await openEntry(editor, 'news', '2026-11-21-jiang-zuo');
  await editor.page.locator('.cms-editor-visual [contenteditable=true], .portal-notice').first().waitFor();
  expect(await isChanged(editor)).toBe(false);
  return editor.page.locator('.portal-notice').isVisible();
}

const box = () => editor.page.locator('.cms-editor-visual [contenteditable=true]').first();

/** Where Slate takes the caret to be, as `path of the text:offset`; it follows the browser's selection after a while. */
const slateCaret = (): Promise<string> =>
  box().evaluate((element) => {
    type Fiber = { return?: Fiber; memoizedProps?: { editor?: { selection?: { focus: Caret } } } };
    type Caret = { path: number[]; offset: number };
    const key = Object.keys(element).find((name) => name.startsWith('__reactFiber')) ?? '';
    let fiber: Fiber | undefined = (element as unknown as Record<string, Fiber>)[key];
    while (fiber && !fiber.memoizedProps?.editor) fiber = fiber.return;
    const focus = fiber?.memoizedProps?.editor?.selection?.focus;
    return focus ? `${focus.path}:${focus.offset}` : '';
  });

/** Puts the caret at the end of a paragraph. Slate ignores a key right after the click, so it is pressed again. */
async function goToEnd(paragraph: Locator): Promise<void> {
  const { length } = (await paragraph.textContent()) ?? '';
  await paragraph.click();
  const pressed = async () => {
    await editor.page.keyboard.press('End');
    return slateCaret();
  };
  await expect.poll(pressed).toMatch(new RegExp(`:${length}$`));
}

const LAST = '最后一段。';
const ADDED = '补一句。';

/** What rich-text editors like to write in another way. */
const PIECES = [
  '\\{x\\} 和 \\<30℃',
  '{/* 编者注 */}',
  '正文[^1]',
  '| 甲 | 乙 |\n| :-- | --: |\n| 6779\\|约 | 2 |',
  '- [x] 完成\n- [ ] 没完成',
  '$$\na_1 + b_1\n$$',
  '```js title="a.js"\nlet a = 1;\n\nlet b = 2;\n```',
  '甲\n\n---\n\n乙',
  '<Callout type="tip" title="提示">\n\n里面 **重点**。\n\n</Callout>',
  'H<sub>2</sub>O 的<Term name="积温" meaning="热量" />',
  '他说**“中文”**后，__重__。',
  '　　缩进的一段。',
  '[^1]: 脚注',
];

test('表格、公式、代码、脚注、内容块……在所见即所得里打开不变；在末尾补一句，别的一个字节也不动', async () => {
  const body = [...PIECES, LAST].join('\n\n');
  expect(await openRich(body)).toBe(false);
  await goToEnd(box().getByText(LAST));
  await editor.page.keyboard.type(ADDED);
  await save(editor);
  // Comments and tags are said to be looked at.
  await editor.page.locator('dialog.portal-problems').getByRole('button', { name: '知道了' }).click();
  expect(bodyOf()).toBe(`${body}${ADDED}\n`);
});

test('所见即所得存不好的一处，说明是第几行，只在原文里改', async () => {
  expect(await openRich(`一段。\n\n$a_1 + b_1 * c_1 * d$\n\n${LAST}`)).toBe(true);
  expect(await editor.page.locator('.portal-notice').textContent()).toMatch(/^第 3 行「.+」.+只能在原文里改/);
});

test('在所见即所得里打的字，打什么就显示什么', async () => {
  const typed = ['<30℃', '{ 花括号', 'import 是文字', '<!-- 注 -->', '</p>', '**星号**', '[^1]'];
  expect(await openRich(LAST)).toBe(false);
  await goToEnd(box().getByText(LAST));
  for (const words of typed) {
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.insertText(words);
  }
  await save(editor);
  const { text, problems } = renderBody(bodyOf());
  const lines = (written: string) => written.split(/\n+/).map((line) => line.trim());
  expect(lines(text.trim())).toEqual([LAST, ...typed]);
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('没有写脚注 [^1] 的内容')]);
});
