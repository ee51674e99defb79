import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { normalizeBody, renderBody } from '../../src/body/index.ts';
import { missingPicture } from '../../src/model/missing-picture.ts';
import { type Editor, openEditor, openEntry, save } from './editor.ts';

/** Text pasted from Word, WPS and chat programs into the body, through the browser's own clipboard. */

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor.close());
afterEach(() => expect(editor.browserErrors()).toEqual([]));

const PLACEHOLDER = missingPicture('');

const PICTURES = [
  'file:///C:/Users/wang/Temp/msohtmlclip1/01/clip_image002.jpg',
  'C:\\Users\\wang\\WeChat Files\\a.png',
  'weixin://resourceid/1',
  'cid:1@dingtalk',
  'blob:https://wx.qq.com/1',
  'data:image/png;base64,iVBORw0KGgo=',
];

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style></head>
<body lang=ZH-CN><!--StartFragment--><h1>秋播要点<o:p></o:p></h1>
<p class=MsoNormal style='mso-margin-top-alt:auto'><b><span style='mso-bidi-font-weight:normal'>先整地</span></b>，气温 &lt;30℃ 时播 {甲}，见<a href="https://www.moa.gov.cn/">农业农村部</a>。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>选种</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>l<span>&nbsp; </span></span>晒种</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>拌种</p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>一、</span>每亩下种
不超过十斤，见 https://x.cn/a_b_c 。</p>
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

test('从 Word 粘贴进原文框变成 Markdown，图片变成请重新上传', async () => {
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

一、每亩下种不超过十斤，见 https://x.cn/a_b_c 。

| 品种 | 亩用量 |
| --- | --- |
| 甲\\|乙 | 10 |

${PICTURES.map(() => `前${PLACEHOLDER}后`).join('\n\n')}`,
  );
  expect(await problems().locator('h2').textContent()).toContain('有 6 张图片没有粘贴进来');
  await problems().getByRole('button', { name: '知道了' }).click();
  await save(editor);
  expect(await problems().textContent()).toContain('还有 6 张图片没有上传');
  await problems().getByRole('button', { name: '知道了' }).click();
});

test('没有格式的文字照原样粘贴', async () => {
  const box = editor.page.locator('.portal-source textarea');
  await box.fill('');
  await box.focus();
  await paste('<div><span>**plain**</span></div>');
  await expect.poll(() => box.inputValue()).toBe('plain');
});

test('所见即所得粘贴的结果与原文一样', async () => {
  const source = editor.page.locator('.portal-source textarea');
  await source.fill('');
  await source.focus();
  await paste(WORD);
  await problems().getByRole('button', { name: '知道了' }).click();
  // Decap leaves blank lines between the items of a list.
  const shown = async () => renderBody(await source.inputValue()).html.replace(/<\/?p>|\s+/g, '');
  const expected = await shown();
  await source.fill('');
  await editor.page.getByRole('button', { name: '所见即所得' }).click();
  await editor.page.locator('.cms-editor-visual [contenteditable=true]').first().click();
  await paste(WORD);
  await problems().waitFor();
  expect(await problems().locator('h2').textContent()).toContain('有 6 张图片没有粘贴进来');
  await problems().getByRole('button', { name: '知道了' }).click();
  await editor.page.getByRole('button', { name: '原文', exact: true }).click();
  expect(await shown()).toBe(expected);
});

/** What becomes of pasted HTML, and what a reader sees of it. */
interface Pasted {
  markdown: string;
  seen: string;
}

/** `cleanPaste` in the page: it reads HTML with the browser's own parser. */
async function loadCleaner(): Promise<(html: string) => Promise<Pasted>> {
  const entry = fileURLToPath(new URL('../../cms/editor/body/paste/index.ts', import.meta.url));
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'paste' } },
  })) as Rolldown.RolldownOutput[];
  const [{ code }] = bundle?.output ?? [{ code: '' }];
  const cleaner = await editor.page.evaluateHandle((script) => {
    const { cleanPaste } = new Function(`${script};return paste`)();
    return (html: string) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      for (const marker of body.querySelectorAll('[style*=Ignore]')) marker.remove();
      return { markdown: cleanPaste(html).markdown, seen: body.textContent ?? '' };
    };
  }, code);
  return (html) => cleaner.evaluate((clean, pasted) => clean(pasted), html);
}

const HOSTILE = '\\`*_{}[]()#+-.!|<>~$&=:"\'^/ \u00a01天甲，。：“”一、a';

const words = fc
  .array(
    fc.constantFrom(...HOSTILE, 'import x', 'https://x.cn/a_b', 'a_b@x.cn', '---', '&lt;', '1. ', '](u)'),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const INLINE = [
  'b',
  'strong',
  'i',
  'em',
  'span',
  'a href="https://x.cn/(a) b"',
  'sub',
  'sup',
  'u',
  'font',
  'o:p',
];
const BLOCKS = ['p', 'div', 'h1', 'h3', 'blockquote', 'section', 'center'];

/** HTML as programs write it; pictures too. */
const pasted = fc.letrec<{ inline: string; block: string; any: string }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small' },
    words.map(escaped),
    fc.constantFrom('<br>', '<img src="file:///C:/a.png">'),
    fc
      .tuple(fc.constantFrom(...INLINE), fc.array(tie('inline'), { maxLength: 3 }))
      .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag.split(' ')[0]}>`),
  ),
  block: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(fc.constantFrom(...BLOCKS), fc.array(tie('inline'), { maxLength: 3 }))
      .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag.split(' ')[0]}>`),
    fc
      .tuple(fc.constantFrom('1.', '·', '12、'), fc.integer({ min: 1, max: 3 }), tie('inline'))
      .map(
        ([marker, level, inside]) =>
          `<p style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${marker}&nbsp; </span>${inside}</p>`,
      ),
    fc
      .tuple(fc.constantFrom('ul', 'ol', 'ol start=7'), fc.array(tie('any'), { maxLength: 3 }))
      .map(
        ([tag, items]) =>
          `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag.split(' ')[0]}>`,
      ),
    fc
      .array(fc.array(tie('any'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map(
        (rows) =>
          `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`,
      ),
    fc.array(tie('block'), { maxLength: 3 }).map((inside) => `<div>${inside.join('')}</div>`),
  ),
  any: fc.array(fc.oneof(tie('inline'), tie('block')), { maxLength: 3 }).map((parts) => parts.join('\n')),
}));

/** Everything that is not a space, in order. */
const marks = (text: string) => text.replace(/\s+/g, '');

/** What `seen` has more than `words`, which must all be there in order; a list in a table's cell gets its markers. */
function addedTo(words: string, seen: string): string {
  let at = 0;
  const added = [...seen].filter((mark) => mark !== words[at] || !++at).join('');
  expect(seen.length - added.length, `${seen} 里缺 ${words.slice(at)}`).toBe(words.length);
  return added;
}

/** What this property has found. */
const EXAMPLES: [string][] = [
  ['<b>甲</b><i></i><b>乙</b>'],
  ['<p><sub><b>甲</b><i><b></b></i><b>](u)</b></sub></p>'],
];

test('不论粘贴什么，一个字也不丢，正文没有错误', async () => {
  const clean = await loadCleaner();
  await fc.assert(
    fc.asyncProperty(pasted.any, async (html) => {
      const { markdown, seen } = await clean(html);
      const body = renderBody(markdown);
      expect(body.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const written = marks(body.text.replaceAll(PLACEHOLDER, ''));
      expect(addedTo(marks(seen), written)).toMatch(/^[\d.-]*$/);
      expect(marks(renderBody(normalizeBody(markdown)).text)).toBe(marks(body.text));
      expect(markdown).not.toMatch(/mso-|<span|file:/);
    }),
    { examples: EXAMPLES },
  );
});
