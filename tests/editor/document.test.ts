import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  bodyText,
  type Editor,
  isChanged,
  openEditor,
  openEntry,
  save,
  writeOnPage,
} from './editor.ts';

/** The document editor as an author uses it. What each construct becomes in the file is tested in `cms/editor/document`. */

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor({ content: 'tests/fixtures/county' });
  await writeOnPage(editor);
});
afterAll(() => editor?.close());
afterEach(() => expect(editor.unexpectedErrors()).toEqual([]));

const PATH = 'news/2026-11-21-jiang-zuo.mdx';
const bodyOf = () => editor.read(PATH).replace(/^---\n[\s\S]*?\n---\n\n/, '');
const page = () => editor.page;
const body = () => bodyText(editor);
const press = (keys: string) => page().keyboard.press(keys);
const type = (words: string) => page().keyboard.insertText(words);

/** Opens an entry with a body. */
async function open(text: string): Promise<void> {
  await editor.writeElsewhere(PATH, editor.read(PATH).replace(/\n---\n[\s\S]*$/, () => `\n---\n\n${text}\n`));
  await openEntry(editor, 'news', '2026-11-21-jiang-zuo');
  await body().waitFor();
  expect(await isChanged(editor)).toBe(false);
}

async function saved(): Promise<string> {
  await save(editor);
  const dismiss = page().locator('dialog.portal-problems').getByRole('button', { name: '知道了' });
  if (await dismiss.isVisible()) await dismiss.click();
  return bodyOf().trimEnd();
}

async function goToEnd(place: Locator): Promise<void> {
  await place.click();
  await press('End');
}

/** What rich-text editors like to write in another way. */
const PIECES = [
  '\\{x\\} 和 \\<30℃',
  '{/* 编者注 */}',
  '正文[^1]',
  '| 甲 | 乙 |\n| :-- | --: |\n| 6779\\|约 | 2 |',
  '- [x] 完成\n- [ ] 没完成',
  '- 甲\n\n  第二段\n- 乙',
  '$a_1 + b_1 * c_1 * d$',
  '$$\na_1 + b_1\n$$',
  '```js title="a.js"\nlet a = 1;\n\nlet b = 2;\n```',
  '甲\n\n---\n\n乙',
  '<Callout type="tip" title="提示">\n\n里面 **重点**。\n\n</Callout>',
  'H<sub>2</sub>O 的<Term name="积温" meaning="热量" />',
  '他说**“中文”**后，__重__。',
  '　　缩进的一段。',
  '[^1]: 脚注',
];

test('打开不算修改；在末尾补一句，别的一个字节也不动', async () => {
  const text = [...PIECES, '最后一段。'].join('\n\n');
  await open(text);
  await goToEnd(body().getByText('最后一段。'));
  await type('补一句。');
  expect(await saved()).toBe(`${text}补一句。`);
});
