import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Editor, isChanged, openEditor, openEntry, save } from './editor.ts';

/** Bodies that rich-text editors break, typed into the real one: each is kept, or opened as source with a reason. */

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor.close());
afterEach(() => expect(editor.complaints()).toEqual([]));

const PATH = 'articles/wheat-sowing-window.mdx';
const ADDED = '补一句。';

const bodyOf = () => editor.read(PATH).replace(/^---\n[\s\S]*?\n---\n\n/, '');

/** Opens an article with a body in rich text, as somebody who prefers it. */
async function openRich(body: string) {
  await editor.writeElsewhere(
    PATH,
    editor.read(PATH).replace(/\n---\n[\s\S]*$/, () => `\n---\n\n${body}\n`),
  );
  await editor.page.evaluate(() => localStorage.setItem('portal.body-mode', 'rich'));
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  await editor.page.locator('.cms-editor-visual [contenteditable=true], .portal-notice').first().waitFor();
  await editor.page.waitForTimeout(500);
  expect(await isChanged(editor)).toBe(false);
  return editor.page.locator('.portal-notice').isVisible();
}

const box = () => editor.page.locator('.cms-editor-visual [contenteditable=true]').first();

const LAST = '最后一段。';

/** Puts the caret behind the last paragraph. Slate takes up a click only after a moment; nobody types that fast. */
async function goToEnd(): Promise<void> {
  await box().getByText(LAST).click();
  await editor.page.waitForTimeout(400);
  await editor.page.keyboard.press('End');
  await editor.page.waitForTimeout(400);
}

/** Body, and whether rich text cannot hold it. */
const ROWS: [name: string, body: string, asSource?: true][] = [
  ['escaped braces and less-than', '\\{x\\} 和 \\<30℃'],
  ['a comment', '{/* 编者注 */}'],
  ['a footnote', '正文[^1]\n\n[^1]: 脚注'],
  ['a table with alignment and an escaped bar', '| 甲 | 乙 |\n| :-- | --: |\n| 6779\\|约 | 2 |'],
  ['a task list', '- [x] 完成\n- [ ] 没完成'],
  ['a list with several paragraphs', '- 甲\n\n  第二段\n\n  第三段\n- 乙', true],
  ['maths with underscores', '$a_1 + b_1 * c_1 * d$', true],
  ['display maths', '$$\na_1 + b_1\n$$'],
  ['a code fence with a title', '```js title="a.js"\nlet a = 1;\n\nlet b = 2;\n```'],
  ['a rule', '甲\n\n---\n\n乙'],
  ['a block', '<Callout type="tip" title="提示">\n\n里面 **重点**。\n\n</Callout>'],
  ['inline blocks and tags', 'H<sub>2</sub>O 的<Term name="积温" meaning="热量" />'],
  ['Chinese emphasis', '他说**“中文”**后，__重__。'],
  ['an indent of two full spaces', '　　缩进的一段。'],
];

/** Saves, and closes what is said about comments, tags and the like. */
async function saveAndClose(): Promise<void> {
  await save(editor);
  await editor.page.waitForTimeout(400);
  const close = editor.page.locator('dialog.portal-problems').getByRole('button', { name: '知道了' });
  if (await close.isVisible()) await close.click();
}

test.each(ROWS)('%s stays as it was when something else is typed', async (_, body, asSource) => {
  const isSource = await openRich(`${body}\n\n${LAST}`);
  expect(isSource).toBe(asSource ?? false);
  if (isSource) {
    expect(await editor.page.locator('.portal-notice').textContent()).toMatch(
      /^第 1 行「.+」.+只能在原文里改/,
    );
    return;
  }
  await goToEnd();
  await editor.page.keyboard.type(ADDED);
  await saveAndClose();
  expect(bodyOf()).toBe(`${body}\n\n${LAST}${ADDED}\n`);
});

test.each(['<30℃', '{ 花括号', 'import 是文字', '<!-- 注 -->', '</p>', '**星号**', '[^1]'])(
  '%s typed in rich text is shown as typed',
  async (typed) => {
    expect(await openRich(LAST)).toBe(false);
    await goToEnd();
    await editor.page.keyboard.insertText(typed);
    await saveAndClose();
    const { renderBody } = await import('../../src/body/index.ts');
    const { text, problems } = renderBody(bodyOf());
    expect(text.trim()).toBe(LAST + typed);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);
