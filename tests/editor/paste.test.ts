import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { normalizeBody, renderBody } from '../../src/body/index.ts';
import { missingPicture } from '../../src/model/missing-picture.ts';
import { bodyText, type Editor, openAdvanced, openEditor, openEntry, save } from './editor.ts';

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

/** A small PNG as another program puts it on the clipboard or drags it in. */
const giveFile = (type: 'paste' | 'drop', selector: string, name: string, mime: string, bytes: number[]) =>
  editor.page.locator(selector).evaluate(
    (target, given) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: given.mime }));
      const options = { bubbles: true, cancelable: true };
      const event =
        given.type === 'paste'
          ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
          : new DragEvent('drop', { ...options, dataTransfer: transfer });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    },
    { type, name, mime, bytes },
  );

const PNG = [
  ...Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
];

test('截图粘贴或拖进原文框就上传，拖进别处不会盖住编辑页', async () => {
  const box = editor.page.locator('.portal-source textarea');
  await box.fill('前');
  await box.focus();
  expect(await giveFile('paste', '.portal-source textarea', 'image.png', 'image/png', PNG)).toBe(true);
  await expect.poll(() => box.inputValue()).toMatch(/^前\n\n!\[\]\(\/uploads\/image-\w+\.(?:png|webp)\)$/);
  await problems().waitFor();
  expect(await problems().textContent()).toContain('写一句图里画了什么');
  await problems().getByRole('button', { name: '知道了' }).click();

  await box.fill('');
  await giveFile('drop', '.portal-source textarea', '坏.png', 'image/png', [1, 2, 3]);
  await problems().waitFor();
  expect(await problems().textContent()).toContain('「坏.png」没有上传');
  expect(await box.inputValue()).toBe(missingPicture('坏.png'));
  await problems().getByRole('button', { name: '知道了' }).click();

  expect(await giveFile('drop', 'main, #nc-root', 'a.png', 'image/png', PNG)).toBe(true);
  expect(await problems().textContent()).toContain('文件不能直接放在这里');
  await problems().getByRole('button', { name: '知道了' }).click();
  editor.unexpectedErrors();
});

test('在页面里粘贴的结果与原文一样', async () => {
  const source = editor.page.locator('.portal-source textarea');
  await source.fill('');
  await source.focus();
  await paste(WORD);
  await problems().getByRole('button', { name: '知道了' }).click();
  const expected = looks(await source.inputValue());
  await source.fill('');
  await editor.page.getByRole('button', { name: '页面', exact: true }).click();
  await bodyText(editor).click();
  await paste(WORD);
  await problems().waitFor();
  expect(await problems().locator('h2').textContent()).toContain('有 6 张图片没有粘贴进来');
  await problems().getByRole('button', { name: '知道了' }).click();
  await openAdvanced(editor);
  await editor.page.getByRole('button', { name: 'Markdown 原文' }).click();
  expect(looks(await source.inputValue())).toBe(expected);
});

const looks = (text: string) => renderBody(text).html;

/** What becomes of pasted HTML, and what a reader sees of it. */
/** What `cleanPaste` makes, and the text that the browser would show. */
interface Pasted {
  notes: string[];
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
      return { ...cleanPaste(html), seen: body.textContent ?? '' };
    };
  }, code);
  return (html) => cleaner.evaluate((clean, pasted) => clean(pasted), html);
}

let loading: ReturnType<typeof loadCleaner> | undefined;

/** The cleaner, bundled once. */
const cleaner = () => (loading ??= loadCleaner());

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
  's',
  'span style="text-decoration:line-through"',
  'span style="vertical-align:super"',
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

/** `[name, pasted HTML, Markdown, part of a sentence in the list after it]` */
const MEANINGS: [string, string, string, string?][] = [
  [
    'Word 修订里删去的字不进来',
    "<p class=MsoNormal>每亩用药<span class=msoDel><del cite='mailto:a@x.example' datetime='2026-08-01T09:00'>500</del></span><span class=msoIns><ins cite='mailto:a@x.example'>50</ins></span>克</p>",
    '每亩用药50克',
    '修订里删去的字没有粘贴进来：「500」',
  ],
  [
    '批注不进来，批注的字留下',
    "<p>施肥<a style='mso-comment-reference:王_1'>两次</a><span class=MsoCommentReference><span style='mso-special-character:comment'>&nbsp;<a class=msocomanchor href='#_msocom_1'>[王1]</a></span></span>。</p><div style='mso-element:comment-list'><hr><div style='mso-element:comment'><p class=MsoCommentText>这句别发</p></div></div>",
    '施肥两次。',
    '批注没有粘贴进来',
  ],
  [
    '隐藏的字、行、列不进来',
    "<table><col width=60><col width=0 style='display:none'><col width=60><tr><td>品种</td><td>底价</td><td>产量</td></tr><tr><td>甲</td><td>9</td><td>400</td></tr><tr style='display:none'><td>乙</td><td>8</td><td>1</td></tr></table><p>可见<span style='display:none;mso-hide:all'>内部</span></p>",
    '| 品种 | 产量 |\n| --- | --- |\n| 甲 | 400 |\n\n可见',
    '隐藏的内容没有粘贴进来',
  ],
  [
    'Excel 写在样式表里的删除线和隐藏',
    '<style><!-- .xl65{text-decoration:line-through;} .xl66{display:none;} --></style><table><tr><td>价</td><td class=xl65>30元</td></tr><tr><td>新</td><td>20元</td></tr><tr class=xl66><td>密</td><td>1</td></tr></table>',
    '| 价 | ~~30元~~ |\n| --- | --- |\n| 新 | 20元 |',
    '隐藏',
  ],
  [
    '上标、下标写在样式里',
    "<p>细菌总数10<span style='vertical-align:super'>5</span>个，地块3m<span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>2</span>，H<span style='vertical-align:sub'>2</span>O</p>",
    '细菌总数10<sup>5</sup>个，地块3m<sup>2</sup>，H<sub>2</sub>O',
  ],
  [
    '只加了粗、带编号的整行是标题，一级接一级；连着几行的是列表，成句的、没有全粗的还是正文',
    '<p class=MsoNormal><b>一、播前准备</b></p><p>整地。</p><p><span style="font-weight:bold">（一）选</span><b>种</b></p><p>晒种。</p><p><b>（二）拌种</b></p><p>拌匀。</p><p><b>1．药剂</b></p><p>看标签。</p><p><b>二、播种</b>要浅</p><p><b>三、不要在雨后马上播种。</b></p><p><b>1、带身份证</b></p><p><b>2、带水杯</b></p><p><b>四、收获</b></p><p>晾晒。</p>',
    '## 一、播前准备\n\n整地。\n\n### （一）选种\n\n晒种。\n\n### （二）拌种\n\n拌匀。\n\n#### 1．药剂\n\n看标签。\n\n**二、播种**要浅\n\n**三、不要在雨后马上播种。**\n\n**1、带身份证**\n\n**2、带水杯**\n\n## 四、收获\n\n晾晒。',
    '加粗、带编号的整行改成了标题，不是标题的请改回来：「一、播前准备」「（一）选种」「（二）拌种」「1．药剂」「四、收获」',
  ],
  [
    '有真标题的，加粗的行接在它下面，没有「一、」也不空一级',
    '<h1>秋播要点</h1><p>前言。</p><p><b>（一）整地</b></p><p>深耕。</p><p><b>（二）选种</b></p><p>晒种。</p>',
    '## 秋播要点\n\n前言。\n\n### （一）整地\n\n深耕。\n\n### （二）选种\n\n晒种。',
    '改成了标题，不是标题的请改回来：「（一）整地」「（二）选种」',
  ],
  [
    '删除线留着',
    "<p>报名费<s>30元</s>免费；<span style='text-decoration:line-through'>周六</span>周日办，<del>旧的</del><b><s>粗</s></b></p>",
    '报名费~~30元~~免费；~~周六~~周日办，<del>旧的</del>**<del>粗</del>**',
  ],
  [
    '符号字体变成符号',
    "<p>温度<span style='font-family:Symbol;mso-char-type:symbol;mso-symbol-font-family:Symbol'>&sup3;</span>30℃，<span style='font-family:Symbol'>D</span>t=2，<span style='font-family:\"Wingdings 2\"'>R</span>是，进村<span style='font-family:Wingdings'>&agrave;</span>入户，<font face=Symbol>\uf0b1</font>5，<span style='font-family:Wingdings'><span style='font-family:宋体'>n</span></span></p>",
    '温度≥30℃，Δt=2，☑是，进村→入户，±5，n',
  ],
  [
    '网页和 Word 里的公式',
    '<p>比例<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>，<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">E=mc2</span></span>，面积<!--[if gte msEquation 12]><m:oMath><m:sSup><m:sSupPr><m:ctrlPr/></m:sSupPr><m:e><m:r>r</m:r></m:e><m:sup><m:r>2</m:r></m:sup></m:sSup></m:oMath><![endif]--><![if !msEquation]><img src="file:///C:/a.png"><![endif]>。</p>',
    '比例$\\frac{1}{2}$，$E=mc^2$，面积$r^{2}$。',
  ],
  [
    '播放器留下网址',
    '<p>看片</p><iframe src="https://v.qq.com/txp/iframe/player.html?vid=a1" title="剪枝"></iframe><video></video>',
    '看片\n\n[视频：剪枝](https://v.qq.com/txp/iframe/player.html?vid=a1)\n\n（这里原有一段视频，请用「内容块」里的「视频」放进来）',
    '视频和录音不能粘贴',
  ],
  [
    'Word 的脚注',
    "<p>据统计<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>增产。</p><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href='#_ftnref1'><span>[1]</span></a>县农技中心。</p></div></div>",
    '据统计[^1]增产。\n\n[^1]: 县农技中心。',
  ],
  [
    '选项、注音、填空、合并的格子',
    '<p><input type=checkbox checked>是 <input type=checkbox>否，<ruby>堰<rp>(</rp><rt>yàn</rt><rp>)</rp></ruby>塘，姓名<u>&nbsp;&nbsp;&nbsp;&nbsp;</u></p><table><tr><td colspan=2>合计</td></tr><tr><td>1</td><td>2</td></tr></table>',
    '☑是 ☐否，堰（yàn）塘，姓名＿＿\n\n| 合计 |  |\n| --- | --- |\n| 1 | 2 |',
    '合并的单元格拆开了',
  ],
  ['看不见的字符和部首', '<p>防\u200b止\u00ad<b>⻘</b>⼭</p>', '防止**青**山'],
  [
    '红字要说',
    '<p>不要<span style="color:#FF0000">采食</span>野菇</p>',
    '不要采食野菇',
    '字的颜色没有带过来',
  ],
];

test.each(MEANINGS)('粘贴以后意思不变：%s', async (_name, html, markdown, said) => {
  const pasted = await (await cleaner())(html);
  expect(pasted.markdown).toBe(markdown);
  if (said) expect(pasted.notes.join('\n')).toContain(said);
  else expect(pasted.notes).toEqual([]);
});

/** What this property has found. */
const EXAMPLES: [string][] = [
  ['<b>甲</b><i></i><b>乙</b>'],
  ['<p><sub><b>甲</b><i><b></b></i><b>](u)</b></sub></p>'],
];

test('不论粘贴什么，一个字也不丢，正文没有错误', async () => {
  const clean = await cleaner();
  await fc.assert(
    fc.asyncProperty(pasted.any, async (html) => {
      const { markdown, seen } = await clean(html);
      const body = renderBody(markdown);
      expect(body.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const written = marks(body.text.replaceAll(PLACEHOLDER, ''));
      expect(addedTo(marks(seen), written)).toMatch(/^[\d.＿-]*$/);
      expect(marks(renderBody(normalizeBody(markdown)).text)).toBe(marks(body.text));
      expect(markdown).not.toMatch(/mso-|<span|file:/);
    }),
    { examples: EXAMPLES },
  );
});
