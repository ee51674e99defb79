import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import {
  bodyText,
  type Editor,
  isChanged,
  openAdvanced,
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
  await editor.writeElsewhere(
    PATH,
    editor.read(PATH).replace(/\n---\n[\s\S]*$/, () => `\n---\n\n${text}\n`),
  );
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

test('打什么就显示什么：回车另起一段，Shift+回车换行，撤销到底等于没改', async () => {
  await open('最后一段。');
  await goToEnd(body().getByText('最后一段。'));
  for (const words of [
    '<30℃',
    '{ 花括号',
    'import 是文字',
    '<!-- 注 -->',
    '</p>',
    '30*40，3~5天，$5',
    '**星号**',
    '[^1]',
  ]) {
    await press('Enter');
    await type(words);
  }
  await press('Shift+Enter');
  await type('换行');
  expect(await saved()).toBe(
    '最后一段。\n\n<30℃\n\n{ 花括号\n\nimport 是文字\n\n<!-- 注 -->\n\n</p>\n\n30*40，3~5天，$5\n\n\\*\\*星号\\*\\*\n\n\\[^1\\]\n换行',
  );
  await body().focus();
  for (let times = 0; times < 40; times++) await press('Control+z');
  await expect.poll(() => body().textContent()).toBe('最后一段。');
  expect(await saved()).toBe('最后一段。');
});

test('工具栏和 Word 里的快捷键：加粗、着重、链接、小标题、列表；标题不能跳级', async () => {
  await open('重点在这里。\n\n第二段。');
  await goToEnd(body().getByText('重点在这里。'));
  await press('Home');
  for (let letters = 0; letters < 2; letters++) await press('Shift+ArrowRight');
  await expect.poll(() => page().evaluate(() => String(getSelection()))).toBe('重点');
  await press('Control+b');
  expect(await page().getByRole('button', { name: '加粗', exact: true }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await press('Control+k');
  const form = page().locator('dialog.portal-ask');
  await form.getByLabel('网址').fill('javascript:alert(1)');
  await press('Enter');
  await form.getByText('这个网址不能用').waitFor();
  await form.getByLabel('网址').fill('www.moa.gov.cn/a');
  await press('Enter');
  await form.waitFor({ state: 'detached' });
  await goToEnd(body().getByText('第二段。'));
  const kinds = page().getByLabel('这一段是');
  expect(await kinds.locator('option').allTextContents()).toEqual(['正文', '小标题']);
  await kinds.selectOption({ label: '小标题' });
  await press('Enter');
  expect(await kinds.locator('option').allTextContents()).toEqual(['正文', '小标题', '第三级标题']);
  await page().keyboard.type('- 甲');
  await press('Enter');
  await page().keyboard.type('乙');
  await press('Tab');
  expect(await saved()).toBe('[**重点**](https://www.moa.gov.cn/a)在这里。\n\n## 第二段。\n\n- 甲\n  - 乙');
});

test('一段开头打 / 或 、出来菜单，能打拼音找；表格加行加列、对齐', async () => {
  await open('甲。');
  await goToEnd(body().getByText('甲。'));
  await press('Enter');
  await page().keyboard.type('、biaoge');
  const menu = page().getByRole('listbox', { name: '插入什么' });
  expect(await menu.getByRole('option').allTextContents()).toEqual([expect.stringContaining('表格')]);
  await press('Enter');
  await menu.waitFor({ state: 'hidden' });
  await type('品种');
  await press('Tab');
  await type('亩用量');
  await press('Tab');
  await press('Tab');
  await type('a|b');
  const tools = page().getByRole('toolbar', { name: '表格' });
  await tools.getByRole('button', { name: '删除这一行' }).click();
  await tools.getByRole('button', { name: '删除这一列' }).click();
  await tools.getByRole('button', { name: '右对齐' }).click();
  await page().keyboard.press('Control+End');
  await body().locator('td').first().click();
  await type('5|10');
  await press('Enter');
  await tools.waitFor();
  expect(await saved()).toBe('甲。\n\n| 亩用量 |  |\n| --: | --- |\n| 5\\|10 |  |\n|  |  |');
});

test('脚注、公式在小窗口里写，公式边写边画；提示框里面照样写字', async () => {
  await open('正文。');
  await goToEnd(body().getByText('正文。'));
  const form = page().locator('dialog.portal-ask');
  await page().getByRole('button', { name: '脚注', exact: true }).click();
  await form.getByLabel('脚注的内容').fill('见 <统计年鉴>。');
  await form.getByRole('button', { name: '插入' }).click();
  await page().getByRole('button', { name: '公式', exact: true }).click();
  await form.getByLabel('公式（TeX）').fill('\\frac{a}{');
  await form.getByText('这样写还画不出来').waitFor();
  await form.getByLabel('公式（TeX）').fill('\\frac{a}{b}');
  await form.locator('math mfrac').waitFor();
  await form.getByRole('button', { name: '插入' }).click();
  await press('Enter');
  await page().keyboard.type('/tsk');
  await press('Enter');
  const block = page().locator('dialog.portal-block');
  await block.getByLabel('标题').fill('先断电');
  await block.getByRole('button', { name: '插入' }).click();
  await type('发现有人触电');
  await expect.poll(() => body().locator('.block-callout').textContent()).toContain('先断电发现有人触电');
  await body().getByRole('button', { name: '修改这个提示框' }).click();
  await block.getByLabel('种类').selectOption('warning');
  await block.getByRole('button', { name: '改好了' }).click();
  await body().locator('.block-callout[data-type=warning]').waitFor();
  expect(await saved()).toBe(
    '正文。[^1]$\\frac{a}{b}$\n\n<Callout type="warning" title="先断电">\n\n发现有人触电\n\n</Callout>\n\n[^1]: 见 <统计年鉴>。',
  );
});

test('问答一行一个选项，圆钮点正确的一项；修改用同一张表', async () => {
  await open('甲。');
  await goToEnd(body().getByText('甲。'));
  await press('Enter');
  await page().keyboard.type('/wenda');
  await press('Enter');
  const form = page().locator('dialog.portal-block');
  await form.getByLabel('问题').fill('几月收割？');
  await form.getByLabel('选项 1', { exact: true }).fill('3~5月');
  await form.getByLabel('选项 2', { exact: true }).fill('<9月');
  await form.getByRole('button', { name: '插入' }).click();
  await form.getByText('请在正确的一项前面点圆钮').waitFor();
  await form.getByLabel('选项 2 是正确的').check();
  await form.getByLabel('答案的解释').fill('看乳线。');
  await form.getByRole('button', { name: '插入' }).click();
  await body().getByText('正确答案：第 2 项').waitFor();
  await body().getByRole('button', { name: '修改这个问答' }).click();
  expect(await form.getByLabel('选项 2 是正确的').isChecked()).toBe(true);
  await form.getByRole('button', { name: '去掉' }).first().click();
  await form.getByRole('button', { name: '再加一个选项' }).click();
  await page().keyboard.type('腊月');
  await form.getByRole('button', { name: '改好了' }).click();
  expect(await saved()).toBe(
    '甲。\n\n<Quiz question="几月收割？" answer="1">\n\n- <9月\n- 腊月\n\n看乳线。\n\n</Quiz>',
  );
});

test('查找和替换；撤销连替换一起', async () => {
  await open('玉米和玉米。\n\n<Callout>\n\n玉米\n\n</Callout>');
  await goToEnd(body().getByText('玉米和玉米。'));
  await press('Control+h');
  const panel = page().getByRole('search', { name: '查找和替换' });
  await panel.getByLabel('查找').fill('玉米');
  await panel.getByText('/ 3 处').waitFor();
  await panel.getByLabel('换成').fill('小麦');
  await panel.getByRole('button', { name: '全部换' }).click();
  await panel.getByText('换了 3 处').waitFor();
  await press('Escape');
  await expect.poll(() => body().textContent()).toContain('小麦和小麦');
  await press('Control+z');
  await expect.poll(() => body().textContent()).toContain('玉米和玉米');
  // Nothing unsaved is left for the next test.
  await goToEnd(body().getByText('玉米和玉米。'));
  await type('补');
  await saved();
});

/** Composition through the browser's own input protocol, as an input method drives it. */
async function compose(devtools: CDPSession, steps: readonly string[], committed: string): Promise<void> {
  for (const text of steps)
    await devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await devtools.send('Input.insertText', { text: committed });
}

/** What three input methods send for the same words: letters, letters in parts, and the words themselves. */
const METHODS: Record<string, [steps: string[], committed: string][]> = {
  微软拼音: [[['y', "yu'm", "yu'mi", '玉mi', '玉米'], '玉米']],
  搜狗: [[['y', 'yu', 'yum', 'yumi'], '玉米']],
  安卓Gboard: [
    [['玉'], '玉'],
    [['m', 'mi'], '米'],
  ],
};

test.each(Object.entries(METHODS))(
  '%s：段落、格子、小标题、内容块旁边、加粗前后都打得进去',
  async (_, words) => {
    await open(
      '## 标题\n\n前**粗**后\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n<Stat value="1" label="数" />\n\n公式$x$\n\n- 项',
    );
    const devtools = await page().context().newCDPSession(page());
    const write = async () => {
      for (const [steps, committed] of words) await compose(devtools, steps, committed);
    };
    const heading = body().locator('h2');
    const node = await heading.elementHandle();
    await goToEnd(heading);
    await write();
    // The heading was not drawn again while it was written.
    expect(await node?.evaluate((element) => element.isConnected)).toBe(true);
    await goToEnd(body().locator('p', { hasText: '前' }));
    await press('Home');
    await press('ArrowRight');
    await write();
    await press('End');
    await press('ArrowLeft');
    await write();
    await body().locator('td').first().click();
    await press('End');
    await write();
    await goToEnd(body().locator('p', { hasText: '公式' }));
    await write();
    await goToEnd(body().locator('li p'));
    await write();
    await press('Control+End');
    const text = await saved();
    expect(text).toBe(
      '## 标题玉米\n\n前玉米**粗玉米**后\n\n| 甲 | 乙 |\n| --- | --- |\n| 1玉米 | 2 |\n\n<Stat value="1" label="数" />\n\n公式$x$玉米\n\n- 项玉米',
    );
    await devtools.detach();
  },
);

/** A small PNG as another program puts it on the clipboard or drags it in. */
const giveFile = (type: 'paste' | 'drop', name: string) =>
  body().evaluate(
    (target, given) => {
      const bytes = Uint8Array.from(atob(given.png), (one) => one.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], given.name, { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        given.type === 'paste'
          ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
          : new DragEvent('drop', { ...options, dataTransfer: transfer }),
      );
    },
    {
      ...{ type, name },
      png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    },
  );

test('粘贴的图片传上去，在图下面写替代文字和授权；没有传上去的可以重试', async () => {
  await open('甲。');
  await goToEnd(body().getByText('甲。'));
  await page().route('**/api/media?*', (route) =>
    route.fulfill({ status: 507, contentType: 'application/json', body: '{"message":"磁盘满了"}' }),
  );
  await giveFile('paste', '青贮.png');
  await body().getByText('磁盘满了').waitFor();
  await page().unroute('**/api/media?*');
  await body().getByRole('button', { name: '重试' }).click();
  await body().locator('figure img').waitFor();
  await body().getByLabel('替代文字').fill('一个点');
  await body().getByLabel('授权').fill('本站');
  expect(editor.browserErrors()).toEqual([expect.stringContaining('507')]);
  expect(await saved()).toMatch(
    /^甲。\n\n<Figure src="\/uploads\/qing-zhu[\w-]*\.webp" alt="一个点" license="本站" \/>$/,
  );
});

test('从 Word 和 Excel 粘贴成真的标题、列表、表格；一次撤销', async () => {
  await open('甲。');
  await goToEnd(body().getByText('甲。'));
  await press('Enter');
  const paste = (html: string) =>
    body().evaluate((target, value) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', value);
      clipboardData.setData('text/plain', 'plain');
      target.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
    }, html);
  await paste(
    '<h1>秋播要点</h1><p class=MsoNormal><b>先整地</b>，气温 &lt;30℃ 时播。</p><table><tr><td>品种</td><td>亩用量</td></tr><tr><td>甲|乙</td><td>10</td></tr></table>',
  );
  await body().locator('td', { hasText: '甲|乙' }).waitFor();
  expect(await body().locator('h2').textContent()).toBe('秋播要点');
  expect(await saved()).toBe(
    '甲。\n\n## 秋播要点\n\n**先整地**，气温 <30℃ 时播。\n\n| 品种 | 亩用量 |\n| --- | --- |\n| 甲\\|乙 | 10 |',
  );
  await body().focus();
  await press('Control+z');
  await expect.poll(() => body().locator('h2').count()).toBe(0);
  expect(await saved()).toBe('甲。');
});

test('编辑器没有的写法在文章里是一块原文，照样能改；要改的地方按一下就到那一段', async () => {
  const text = '甲。\n\n[乙][k]\n\n[k]: https://x.cn "题"\n\n<Compare myth="流言" />\n\n丙。';
  await open(text);
  const source = body().locator('.portal-doc-source code');
  await goToEnd(source.first());
  await type(' ');
  await press('Backspace');
  const checks = page().getByRole('list', { name: '正文里要改的地方' });
  await checks
    .getByRole('button', { name: /^第 \d 段/ })
    .first()
    .click();
  await expect.poll(() => body().evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await goToEnd(body().getByText('丙。'));
  await type('丁');
  expect(await saved()).toBe(`${text}丁`);
});

test('快捷键表列出能用的；焦点回到正文；工具栏用方向键走', async () => {
  await open('甲。');
  await goToEnd(body().getByText('甲。'));
  await press('Control+/');
  const sheet = page().locator('dialog.portal-help');
  for (const key of ['Ctrl+S', 'Ctrl+B', 'Ctrl+K', 'Ctrl+F', 'Ctrl+H'])
    await sheet.getByText(key, { exact: true }).waitFor();
  await press('Escape');
  await type('乙');
  await expect.poll(() => body().textContent()).toBe('甲。乙');
  await press('Alt+F10');
  await press('ArrowRight');
  expect(await page().evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('撤销');
  await press('Enter');
  await expect.poll(() => body().textContent()).toBe('甲。');
});

test('手机上工具栏一行能横着划，正文和菜单不出屏幕', async () => {
  await open('甲。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |');
  await page().setViewportSize({ width: 390, height: 780 });
  const bar = page().getByRole('toolbar', { name: '正文的格式' });
  const { width = 999, x = -1 } = (await bar.boundingBox()) ?? {};
  expect(x + width).toBeLessThanOrEqual(390);
  expect(await bar.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  await bar.getByRole('button', { name: '插入', exact: true }).click();
  const list = page().getByRole('dialog', { name: '插入' });
  const box = (await list.boundingBox()) ?? { x: -1, width: 999 };
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  await list.getByLabel('在能插入的东西里找').fill('shuju');
  await press('Enter');
  await page().locator('dialog.portal-block').getByLabel('数值').waitFor();
  await press('Escape');
  await page().setViewportSize({ width: 1360, height: 900 });
});

test('用柄拖一段到别处，或按 Alt+Shift+方向键；点最后一块的下面接着写', async () => {
  await open('甲。\n\n乙。\n\n<Stat value="1" label="数" />');
  await body().getByText('乙。').hover();
  const handle = page().getByRole('button', { name: /^拖动这一段/ });
  await handle.dragTo(body().getByText('甲。'), { targetPosition: { x: 10, y: 2 } });
  await expect.poll(() => body().locator('p').first().textContent()).toBe('乙。');
  await goToEnd(body().getByText('甲。'));
  await press('Alt+Shift+ArrowUp');
  await expect.poll(() => body().locator('p').first().textContent()).toBe('甲。');
  const { x = 0, y = 0, height = 0 } = (await body().boundingBox()) ?? {};
  await page().mouse.click(x + 30, y + height - 4);
  await type('丙。');
  expect(await saved()).toBe('甲。\n\n乙。\n\n<Stat value="1" label="数" />\n\n丙。');
});

test('在页面和原文之间换来换去，写的都在；无障碍检查没有问题', async () => {
  await open('甲。\n\n乙。\n\n丙。');
  await goToEnd(body().getByText('丙。'));
  const faults = await axeViolations(page(), 'normal');
  expect(faults.filter((fault) => /portal-(?:doc|body|advanced)/.test(fault))).toEqual([]);
  await type('丁');
  await openAdvanced(editor);
  await page().getByRole('button', { name: 'Markdown 原文' }).click();
  const box = page().locator('.portal-source textarea');
  expect(await box.inputValue()).toBe('甲。\n\n乙。\n\n丙。丁');
  await box.fill('甲。\n\n**乙**\n\n丙。丁');
  await page().getByRole('button', { name: '页面', exact: true }).click();
  await body().locator('strong', { hasText: '乙' }).waitFor();
});
