import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor, openEntry } from './editor.ts';

/** Text pasted from Word, WPS and chat programs into the body, through the browser's own clipboard. */

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor.close());
afterEach(() => expect(editor.complaints()).toEqual([]));

const PLACEHOLDER = '（这里原有一张图片，请重新上传）';

const PICTURES = [
  'file:///C:/Users/wang/Temp/msohtmlclip1/01/clip_image002.jpg',
  'C:\\Users\\wang\\WeChat Files\\a.png',
  'weixin://resourceid/1',
  'cid:1@dingtalk',
  'blob:https://wx.qq.com/1',
];

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style></head>
<body lang=ZH-CN><!--StartFragment--><h1>秋播要点<o:p></o:p></h1>
<p class=MsoNormal style='mso-margin-top-alt:auto'><b><span style='mso-bidi-font-weight:normal'>先整地</span></b>，气温 &lt;30℃ 时播 {甲}，见<a href="https://www.moa.gov.cn/">农业农村部</a>。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>选种</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>l<span>&nbsp; </span></span>晒种</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>拌种</p>
<table class=MsoTableGrid><tr><td><p>品种</p></td><td><p>亩用量</p></td></tr><tr><td><p>甲|乙</p></td><td><p>10</p></td></tr></table>
${PICTURES.map((src) => `<p>前<img src="${src}">后</p>`).join('')}<!--EndFragment--></body></html>`;

/** Puts HTML on the clipboard as another program does, and presses Ctrl+V in the field that has the focus. */
async function paste(html: string) {
  await editor.page.evaluate((value) => {
    const hand = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData?.setData('text/html', value);
      event.clipboardData?.setData('text/plain', 'plain');
    };
    window.addEventListener('copy', hand, { capture: true, once: true });
    document.execCommand('copy');
  }, html);
  await editor.page.keyboard.press('Control+V');
}

const problems = () => editor.page.locator('dialog.portal-problems');

test('a Word text becomes Markdown in the source box, and its pictures a request to upload', async () => {
  await editor.page.evaluate(() => localStorage.setItem('portal.body-mode', 'source'));
  await openEntry(editor, 'articles', 'wheat-sowing-window');
  const box = editor.page.locator('.portal-source textarea');
  await box.fill('');
  await box.focus();
  await paste(WORD);
  await problems().waitFor();
  expect(await box.inputValue()).toBe(
    `## 秋播要点

**先整地**，气温 \\<30℃ 时播 \\{甲\\}，见[农业农村部](https://www.moa.gov.cn/)。

1. 选种
   - 晒种
2. 拌种

| 品种 | 亩用量 |
| --- | --- |
| 甲\\|乙 | 10 |

${PICTURES.map(() => `前${PLACEHOLDER}后`).join('\n\n')}`,
  );
  expect(await problems().locator('h2').textContent()).toContain('有 5 张图片没有粘贴进来');
  await problems().getByRole('button', { name: '知道了' }).click();
});

test('text without form is pasted as it is', async () => {
  const box = editor.page.locator('.portal-source textarea');
  await box.fill('');
  await box.focus();
  await paste('<div><span>**plain**</span></div>');
  await expect.poll(() => box.inputValue()).toBe('plain');
});

test('rich text takes the words and asks for the pictures', async () => {
  await editor.page.locator('.portal-source textarea').fill('最后一段。');
  await editor.page.getByRole('button', { name: '所见即所得' }).click();
  const box = editor.page.locator('.cms-editor-visual [contenteditable=true]').first();
  await box.getByText('最后一段。').click();
  await editor.page.keyboard.press('End');
  await paste(WORD);
  await problems().waitFor();
  expect(await box.locator('img').count()).toBe(0);
  const text = await box.textContent();
  for (const word of ['秋播要点', '先整地', '选种', '拌种', '品种', `前${PLACEHOLDER}后`])
    expect(text).toContain(word);
});
