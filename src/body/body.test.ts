import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { htmlToHast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { blocks } from '../blocks/index.ts';
import { normalizeBody, renderBody } from './index.ts';

const html = (source: string) => renderBody(source).html;
const text = (source: string) => renderBody(source).text;

describe('编辑打的字就是字', () => {
  const typed = [
    '温度<30℃',
    '集合{1,2}',
    'a<b 且 c>d',
    'import 是进口的意思',
    'export 是出口的意思',
    '<!-- 注 -->',
    '一个多余的</p>结束标签',
    '{process.env.HOME}',
    '{/* 编者注 */}',
    '　　首行空两格',
    '表情😀👨‍👩‍👧很多',
    '价格￥5，<未定>',
    '[注]: 这不是链接',
    '[^1]: 这不是脚注',
  ];
  test.each(typed)('原样显示：%s', (source) => {
    expect(text(source)).toBe(source.trim());
  });

  test('粗体紧挨着引号和汉字也是粗体', () => {
    expect(html('**“重点”**后面')).toBe('<p><strong>“重点”</strong>后面</p>');
    expect(html('他说**“中文”**后')).toBe('<p>他说<strong>“中文”</strong>后</p>');
    expect(html('**“重点”**后面**其他**')).toBe('<p><strong>“重点”</strong>后面<strong>其他</strong></p>');
    expect(html('**注意：**先断电')).toBe('<p><strong>注意：</strong>先断电</p>');
    expect(html('~~“旧”~~新')).toBe('<p><del>“旧”</del>新</p>');
  });

  test('数学里的星号和西文里的星号照 Markdown 的规矩', () => {
    expect(html('2 * 3 * 4')).toBe('<p>2 * 3 * 4</p>');
    expect(html('a *b* c **d** e')).toBe('<p>a <em>b</em> c <strong>d</strong> e</p>');
  });

  test('Windows 换行和 BOM 不影响结果', () => {
    const source = '## 标题\n\n- 一\n- 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
    expect(html(`\uFEFF${source.replaceAll('\n', '\r\n')}`)).toBe(html(source));
  });

  test('两万字的一段不断', () => {
    const paragraph = '科学普及'.repeat(5000);
    expect(text(paragraph)).toBe(paragraph);
  });

  test('单独一行的 $$…$$ 是独立的公式，句子里的不是', () => {
    expect(renderBody('甲\n\n$$a=b$$\n\n乙').html).toContain('<div class="math-display"');
    expect(renderBody('> 甲\n\n$$a=b$$').html).toContain('<div class="math-display"');
    expect(renderBody('甲 $$a=b$$ 乙').html).not.toContain('math-display');
  });
  test('表格里多出的格子不丢字', () => {
    expect(text('| 甲 | 乙 |\n|---|---|\n| 一 | 二 | 三 |')).toContain('三');
  });

  test('代码围栏后面的汉字不丢', () => {
    expect(text('```中文说明\ncode\n```')).toContain('中文说明');
  });

  test('行内的小标签能用', () => {
    expect(html('H<sub>2</sub>O 与 x<sup>2</sup>，第一行<br>第二行 <kbd>Ctrl</kbd> <mark>要点</mark>')).toBe(
      '<p>H<sub>2</sub>O 与 x<sup>2</sup>，第一行<br>第二行 <kbd>Ctrl</kbd> <mark>要点</mark></p>',
    );
    expect(html('读作<ruby>汉<rt>hàn</rt></ruby>字')).toContain('<ruby>汉<rt>hàn</rt></ruby>');
  });

  test('正文里的一级标题降为二级，页面只有一个一级标题', () => {
    expect(html('# 一\n\n## 二')).toBe('<h2 id="一">一</h2>\n<h3 id="二">二</h3>');
  });
});

/** Every element and attribute of some HTML, as a browser's parser sees it. */
function elementsOf(markup: string) {
  const found: { name: string; attributes: Record<string, unknown> }[] = [];
  const walk = (node: {
    type: string;
    tagName?: string;
    properties?: Record<string, unknown>;
    children?: unknown[];
  }) => {
    if (node.type === 'element') found.push({ name: node.tagName ?? '', attributes: node.properties ?? {} });
    for (const child of node.children ?? []) walk(child as Parameters<typeof walk>[0]);
  };
  walk(htmlToHast(markup, { fragment: true }) as Parameters<typeof walk>[0]);
  return found;
}

const RUNNING = /^(script|iframe|object|embed|style|link|meta|base|form|svg|frame)$/;

function expectHarmless(markup: string) {
  for (const { name, attributes } of elementsOf(markup)) {
    expect(name).not.toMatch(RUNNING);
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(attribute.toLowerCase()).not.toMatch(/^on/);
      if (/^(href|src|poster)$/.test(attribute))
        expect(String(value)).not.toMatch(/^\s*(javascript|data|vbscript|file):/i);
      if (attribute === 'src') expect(String(value)).not.toMatch(/^(https?:)?\/\//i);
    }
  }
}

describe('能运行的东西从不运行', () => {
  const hostile = [
    '{process.env.X}',
    "import x from 'fs'\n\nexport const a = 1",
    '<script>alert(1)</script>',
    '<iframe src="https://e.example"></iframe>',
    '<img src=x onerror=alert(1)>',
    '[点我](javascript:alert(1))',
    '[点我](JaVa\nScript:alert(1))',
    '[点我](java&#115;cript:alert(1))',
    '[点我][a]\n\n[a]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '![图](data:image/svg+xml;base64,PHN2Zz4=)',
    '[x](data:text/html,<script>alert(1)</script>)',
    '<Figure src="/uploads/a.png" alt="x" onerror="alert(1)" />',
    '<Figure src="javascript:alert(1)" alt="x" />',
    '<Figure src={process.env.HOME} alt="x" />',
    '<Figure {...props} />',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<Callout title="&quot; onclick=&quot;alert(1)">\n\nx\n\n</Callout>',
    '<sub onclick="alert(1)">x</sub>',
    '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\htmlData{a=b}{x}$ $\\includegraphics{http://e.example/a.png}$',
    '![外站](https://e.example/track.gif)',
    '<Video src="javascript:alert(1)" title="x" />',
  ];
  test.each(hostile)('不运行：%s', (source) => {
    expectHarmless(html(source));
    expectHarmless(html(normalizeBody(source)));
  });

  test('链接地址不能用时告诉编辑在哪一行', () => {
    const [problem] = renderBody('第一段\n\n看[这里](javascript:alert(1))').problems;
    expect(problem).toMatchObject({ line: 3, column: 2 });
    expect(problem?.message).toContain('不能用');
  });
});

describe('写错的内容块说清楚错在哪里，其余照常显示', () => {
  test('块名写错时给出最接近的块和它的属性', () => {
    const { problems, html: rendered } = renderBody('前\n\n<Calout type="tip">\n\n中\n\n</Calout>\n\n后');
    expect(problems[0]).toMatchObject({ severity: 'error', line: 3, column: 1 });
    expect(problems[0]?.message).toContain('<Callout>');
    expect(problems[0]?.message).toContain('type、title');
    for (const word of ['前', '中', '后']) expect(rendered).toContain(word);
  });

  test('属性写错时给出最接近的属性', () => {
    const { problems } = renderBody('<Figure src="/uploads/a.png" alt="图" captoin="图注" />');
    expect(problems[0]?.message).toContain('是不是 caption（图注）');
  });

  test('缺了必填属性的块，里面的字一个不少', () => {
    const { problems, text: shown } = renderBody('<Quiz question="几个？">\n\n- 甲\n- 乙\n\n</Quiz>');
    expect(problems[0]?.message).toContain('不能为空');
    for (const word of ['几个？', '甲', '乙']) expect(shown).toContain(word);
  });

  test('没有结束的块说明要补什么', () => {
    const { problems, text: shown } = renderBody('<Callout>\n\n要紧的话');
    expect(problems[0]).toMatchObject({ line: 1, severity: 'error' });
    expect(problems[0]?.message).toContain('</Callout>');
    expect(shown).toContain('要紧的话');
  });

  test('公式写错时按原文显示并指出位置', () => {
    const { problems, html: rendered } = renderBody('一\n\n二 $\\bad{$ 三');
    expect(rendered).toContain('\\bad{');
    expect(problems[0]).toMatchObject({ line: 3, column: 3 });
  });

  test('图片没有替代文字是错误', () => {
    expect(renderBody('![](/uploads/a.png)').problems[0]).toMatchObject({ severity: 'error', line: 1 });
  });

  test.each(blocks.map((block) => [block.name, block] as const))(
    '%s 的示例没有问题，用到的块记得住',
    (name, block) => {
      const body = renderBody(block.example);
      expect(body.problems).toEqual([]);
      expect(body.blocks).toContain(name);
      expectHarmless(body.html);
    },
  );
});

// ——— Any input ———

/** Fragments that the parser and the normaliser treat specially, mixed with Chinese. */
const fragment = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '\n',
    '\n\n',
    '  ',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '# ',
    '===',
    '---',
    '***',
    '**',
    '*',
    '_',
    '~~',
    '`',
    '```',
    '$',
    '$$',
    '|',
    '|-|',
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    '](<',
    '[^1]',
    '[^1]: ',
    '[a]: ',
    '\\',
    '&lt;',
    '&#105;',
    '<',
    '>',
    '{',
    '}',
    '</',
    '/>',
    '<br>',
    '<sub>',
    '</sub>',
    '<b>',
    '</b>',
    '<Callout>',
    '</Callout>',
    '<Callout type="tip">',
    '<Quiz question="q" answer="1">',
    '</Quiz>',
    '<Figure src="/uploads/a.png" alt="图" />',
    '<Term name="词" meaning="义" />',
    '<Gallery>',
    '</Gallery>',
    '<!--',
    '-->',
    'import ',
    'export ',
    'https://a.cn/',
    'www.a.cn',
    'a@b.cn',
    '“',
    '”',
    '，',
    '。',
    '汉字',
    '重点',
    '30℃',
    '😀',
    '\u3000',
    '\u00a0',
    '\u200b',
    '\r\n',
    '\uFEFF',
    '~',
    '3~5',
    '3*4',
    '长*宽',
    '$3',
    '$x$',
    'https://a.cn/x，',
    'https://，',
    '//a.cn/x',
    '![图](//a.cn/x)',
    '<a href="/x">',
    '<a href="https://a.cn/x">',
    '</a>',
    '\n    # ',
    '\n    $$\n',
    '\n$$\n',
    '`\n<b>\n`',
    '[注]',
    '[注]: ',
    '[^2]',
  ),
);
const bodyText = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));

/** Real bodies, for mutation. */
function realBodies(): string[] {
  try {
    const folder = new URL('../../content/articles/', import.meta.url);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.mdx'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8').replace(/^---[\s\S]*?\n---\n/, ''));
  } catch {
    return [];
  }
}

const real = realBodies();

/** A real article with a few pieces cut out, doubled or replaced by fragments. */
const mutated = fc
  .tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(60), fragment), { minLength: 1, maxLength: 8 }))
  .map(([pick, changes]) => {
    let body = real[pick % Math.max(1, real.length)] ?? '';
    for (const [at, length, piece] of changes) {
      const start = at % (body.length + 1);
      body = body.slice(0, start) + piece + body.slice(start + length);
    }
    return body;
  });

describe('任何输入', () => {
  test('都不出错、不运行；规整以后再规整不变', () => {
    fc.assert(
      fc.property(fc.oneof(bodyText, mutated), (source) => {
        const normalized = normalizeBody(source);
        expect(normalizeBody(normalized)).toBe(normalized);
        expectHarmless(html(source));
      }),
    );
  });

  test.each([
    'www.a.cnhttps://a.cn/</b>',
    'https://a.cn/https://a.cn/<Figure src="/uploads/a.png" alt="图" />',
    '(the <a href="https://a.org/x/https://b.me/c">author</a>)',
    '\uFEFF\uFEFF',
  ])('规整以后再规整不变：%s', (source) => {
    const normalized = normalizeBody(source);
    expect(normalizeBody(normalized)).toBe(normalized);
    expectHarmless(html(source));
  });

  test('汉字一个不少', () => {
    const plain = fc.array(
      fc.oneof(
        fragment.filter((piece) => !/[<&[\]:@$]|https?:|www/.test(piece)),
        fc.constantFrom('玉米', '青贮', '<sub>', '</sub>', '<', '{', '}', '<p>', '<Callout>', '</Callout>'),
      ),
      { maxLength: 30 },
    );
    const hanOf = (value: string) =>
      [...value]
        .filter((character) => /\p{Script=Han}/u.test(character))
        .sort()
        .join('');
    fc.assert(
      fc.property(plain, (parts) => {
        const source = parts.join('');
        const shown = new Map<string, number>();
        for (const character of hanOf(text(source))) shown.set(character, (shown.get(character) ?? 0) + 1);
        for (const character of hanOf(source)) {
          const left = (shown.get(character) ?? 0) - 1;
          expect(left, `「${character}」不见了：${JSON.stringify(source)}`).toBeGreaterThanOrEqual(0);
          shown.set(character, left);
        }
      }),
    );
  });

  const N = 10_000;
  const nests: [string, string][] = [
    ['引用', '>'.repeat(N)],
    ['引用加空格', `${'> '.repeat(N)}字`],
    ['方括号', '['.repeat(N)],
    ['图片', '!['.repeat(N)],
    ['链接', '[a]('.repeat(N)],
    ['锚', '<a>'.repeat(N)],
    ['小于号', '<'.repeat(N)],
    ['花括号', '{'.repeat(N)],
    ['下标', `${'<sub>'.repeat(N)}字${'</sub>'.repeat(N)}`],
    ['块', `${'<Callout>\n\n'.repeat(N)}字\n\n${'</Callout>\n\n'.repeat(N)}`],
    ['列表', `${'- '.repeat(N)}字`],
    ['星号', '*a **b '.repeat(N)],
    ['星号对', `${'*'.repeat(N)}字${'*'.repeat(N)}`],
    ['中文粗体', '**“字”**后'.repeat(N)],
    ['反引号', Array.from({ length: 400 }, (_, index) => `${'`'.repeat(index + 1)}字`).join(' ')],
    ['美元', '$字'.repeat(N)],
    ['公式括号', `$${'{'.repeat(N)}$`],
    ['脚注', '[^a]'.repeat(N)],
    ['脚注链', Array.from({ length: 2000 }, (_, index) => `[^${index}]: [^${index + 1}]`).join('\n\n')],
    ['反斜杠', '\\'.repeat(N)],
    ['表格', `${'|a'.repeat(2000)}\n${'|-'.repeat(2000)}\n${'|字'.repeat(2000)}`],
    ['半个标签', '<Figure alt="'.repeat(N)],
    ['属性空格', `<Figure ${' '.repeat(N)}`],
    ['缩进', Array.from({ length: 500 }, (_, index) => `${'  '.repeat(index)}- 字`).join('\n')],
  ];
  test.each(nests)('一万层%s也照样显示', (_name, source) => {
    const body = renderBody(source);
    const han = [...source].filter((character) => character === '字').length;
    expect([...body.text].filter((character) => character === '字').length).toBeGreaterThanOrEqual(han);
    expectHarmless(body.html);
  });
});

describe('太多的正文按普通文字显示，说明哪里太多，不拖住别人', () => {
  const long = '科普'.repeat(10_000);
  const many: [string, string, RegExp][] = [
    ['字', `${long}\n\n`.repeat(6), /正文有 120012 个字符.*请分成几篇/],
    ['一段里的字', '科普'.repeat(16_000), /这一段超过了 30000 个字.*空行/],
    ['一段里的符号', '字<'.repeat(9000), /这一段的符号超过了 8000 个/],
    ['引用', `${'> '.repeat(5000)}字`, /引用和列表套了超过 60 层/],
    ['列表', `好的\n\n${'- 1. '.repeat(5000)}字`, /引用和列表套了超过 60 层/],
    ['表格', `${'|字'.repeat(200)}\n${'|-'.repeat(200)}\n${'|a\n'.repeat(200)}`, /表格超过了 30000 格/],
    ['公式', '$字$\n\n'.repeat(2500), /「\$」超过了 4000 个/],
    ['花括号', '字{\n\n'.repeat(5000), /「{」超过了 4000 个/],
    ['标签', '<A 字\n\n'.repeat(2500), /标签超过了 2000 个/],
  ];
  test.each(many)('太多的%s', (_name, source, message) => {
    const body = renderBody(source);
    expect(body.problems).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringMatching(message) }),
    ]);
    const words = (whole: string) => whole.replace(/\s/g, '');
    expect(words(body.text)).toBe(words(source));
    expectHarmless(body.html);
    const normal = normalizeBody(source);
    expect(normalizeBody(normal)).toBe(normal);
  });

  test('一本小册子、一张大表、一条长横线、六层引用不算多', () => {
    const table = `|名称|数量|说明|\n|---|---:|---|\n${'|苹果|12.5|见表|\n'.repeat(300)}`;
    for (const source of [`${long}\n\n`.repeat(4), table, '- '.repeat(500), `${'> '.repeat(6)}字`])
      expect(renderBody(source).problems).toEqual([]);
    expect(html('- '.repeat(500))).toBe('<hr>');
  });

  test('公式太长时显示原文', () => {
    const body = renderBody(`甲 $${'a+'.repeat(3000)}b$ 乙`);
    expect(body.problems.map(({ message }) => message).join()).toContain('公式写法有误或太长');
    expect(body.text).toContain('a+a+');
  });
});

describe('一百八十万字的符号也不拖住别人', () => {
  test.each(['![', '~', '$', '*', '`', '<', '[', 'https://', 'https://a.cn，', '$$\n', '    # 字\n\n'])(
    '%j',
    (piece) => {
      const started = performance.now();
      const source = piece.repeat(Math.ceil(1_800_000 / piece.length));
      expect(renderBody(source).problems).toEqual([expect.objectContaining({ severity: 'error' })]);
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});
