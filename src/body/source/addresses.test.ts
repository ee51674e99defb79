import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareAddresses } from './addresses.ts';
import { normalizeBody, renderBody } from '../index.ts';

const html = (source: string) => renderBody(source).html;
const link = (address: string, words = address) =>
  `<a href="${address}" rel="noopener external">${words}</a>`;

describe('网址在第一个不是 ASCII 的字或者收尾的标点前结束', () => {
  test.each([
    ['报名见https://kx.example.cn/bm，名额有限。', 'https://kx.example.cn/bm'],
    ['（https://kx.example.cn/a）以上。', 'https://kx.example.cn/a'],
    ['(https://kx.example.cn/a)以上', 'https://kx.example.cn/a'],
    ['[https://kx.example.cn/a]', 'https://kx.example.cn/a'],
    ['「https://kx.example.cn/a」', 'https://kx.example.cn/a'],
    ['"https://kx.example.cn/a"', 'https://kx.example.cn/a'],
    ['https://kx.example.cn/a。', 'https://kx.example.cn/a'],
    ['https://kx.example.cn/a. 好', 'https://kx.example.cn/a'],
    ['https://kx.example.cn/a_(b)好', 'https://kx.example.cn/a_(b)'],
    ['https://kx.example.cn/a(见下)', 'https://kx.example.cn/a'],
    ['https://kx.example.cn/a?b=1#c-d好', 'https://kx.example.cn/a?b=1#c-d'],
    ['**https://kx.example.cn/a**后', 'https://kx.example.cn/a'],
    ['https://kx.example.cn/a、https://kx.example.cn/b', 'https://kx.example.cn/a'],
    ['https\\://kx.example.cn/a\\_b，好', 'https://kx.example.cn/a_b'],
    ['https://kx.example.cn/~a/3*4*5好', 'https://kx.example.cn/~a/3*4*5'],
    ['\\https://kx.example.cn/a', 'https://kx.example.cn/a'],
    ['!https://kx.example.cn/a.png', 'https://kx.example.cn/a.png'],
  ])('%s', (source, address) => expect(html(source)).toContain(link(address)));

  test('不写 https 的、邮箱，后面紧跟汉字也行', () => {
    expect(html('见www.a.cn，好')).toContain(link('http://www.a.cn', 'www.a.cn'));
    expect(html('邮箱a@b.cn，好')).toContain('<a href="mailto:a@b.cn">a@b.cn</a>，好');
  });

  test('没有主机的不是链接', () => {
    for (const source of ['https://，好', 'http://县科协.公益/x']) {
      expect(html(source)).not.toContain('<a');
      expect(renderBody(source).text).toBe(source);
    }
  });

  test('写成 Markdown 的链接、代码照旧', () => {
    expect(html('[https://a.cn，见](https://b.cn/)')).toContain(link('https://b.cn/', 'https://a.cn，见'));
    expect(html('`https://a.cn，见`')).toBe('<p><code>https://a.cn，见</code></p>');
    expect(html('```\nhttps://a.cn，见\n```')).toContain('https://a.cn，见');
  });

  test('旁边的花括号不影响别处', () => {
    const shown = html('## 标题\n\nhttps://a.cn/{id}，{x} https://b.cn/{\n\n- **好**');
    for (const part of ['<h2', '{x}', '<strong>好</strong>']) expect(shown).toContain(part);
  });

  test('任何网址后面跟着任何中文标点', () => {
    const address = fc
      .tuple(
        fc.constantFrom('http://', 'https://'),
        fc.constantFrom('kx.example.cn', 'a.cn:8080', '10.0.0.1'),
        fc.array(
          fc.constantFrom('/', 'a', '0', '-', '_', '~u', '%20', '?b=', '&c', '#d', '.x', '+', '@', '$'),
          {
            maxLength: 8,
          },
        ),
      )
      .map((parts) => `${parts.flat().join('')}/z`);
    const mark = fc.constantFrom(...'，。；：、！？）】》」』”’…—　的');
    fc.assert(
      fc.property(fc.array(fc.tuple(address, mark), { minLength: 1, maxLength: 4 }), (pairs) => {
        const source = pairs.map(([found, after]) => `见${found}${after}`).join('好');
        expect(bareAddresses(source).found.map((found) => found.address)).toEqual(
          pairs.map(([found]) => found),
        );
        const body = renderBody(source);
        const shown = [...body.html.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, words = '']) =>
          words.replaceAll('&amp;', '&'),
        );
        expect(shown).toEqual(pairs.map(([found]) => found));
        expect(body.text).toBe(source.trim());
        expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
      }),
    );
  });
});

describe('手写的 <a href> 是链接', () => {
  test.each([
    ['<a href="https://kx.example.cn/b">报名表</a>', link('https://kx.example.cn/b', '报名表')],
    ["<A HREF='https://kx.example.cn/b' target=_blank>报名表</A>", link('https://kx.example.cn/b', '报名表')],
    ['<a href="https://a.cn/">https://a.cn/</a>', link('https://a.cn/')],
    ['<a href="//a.cn/">甲</a>', link('https://a.cn/', '甲')],
    ['<a href="/x/">甲[1]</a>', '<a href="/x/">甲[1]</a>'],
    ['<a href="/x/"><b>粗</b>字</a>', '<a href="/x/"><strong>粗</strong>字</a>'],
    ['<a href="/x/" title="说明">甲</a>', '<a href="/x/" title="说明">甲</a>'],
    ['<a href="mailto:a@b.cn">a@b.cn</a>', '<a href="mailto:a@b.cn">a@b.cn</a>'],
    ['<a href="/x/">\n甲\n</a>', '<a href="/x/">\n甲\n</a>'],
  ])('%s', (source, shown) => {
    expect(html(source)).toBe(`<p>${shown}</p>`);
    expect(renderBody(source).problems).toEqual([]);
  });

  test.each([
    '<a href="javascript:alert(1)">坏</a>',
    '<a name="x">锚</a>',
    '<a href="/x"></a>',
    '<a href="/x">没完',
  ])('不能用的按文字显示，说明怎么写：%s', (source) => {
    expect(html(source)).not.toContain('<a');
    expect(renderBody(source).text).toBe(source);
    expect(renderBody(`好\n\n${source}`).problems[0]).toMatchObject({ line: 3, severity: 'warning' });
  });
});

describe('「//」开头的地址', () => {
  test('外站图片变成链接，别处不受影响', () => {
    const shown = html('## 准备\n\n- **化肥**\n\n![示意图](//www.example.com/a.png)\n\n[链接](//a.cn/)');
    expect(shown).toContain(link('https://www.example.com/a.png', '示意图'));
    expect(shown).toContain(link('https://a.cn/', '链接'));
    expect(shown).toContain('<strong>化肥</strong>');
  });

  test('链接里的外站图片只留说明，链接照旧', () => {
    expect(html('[![徽章](https://img.cn/x.svg)](https://a.cn/)')).toBe(
      `<p>${link('https://a.cn/', '徽章')} ${link('https://img.cn/x.svg', '原图')}</p>`,
    );
  });
});
