import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeBody, renderBody } from '../index.ts';

const html = (source: string) => renderBody(source).html;

describe('编辑打的换行看得见', () => {
  test.each([
    ['防止冻\n裂和虫卵', '防止冻<br>\n裂和虫卵'],
    ['1、带身份证\n2、带水杯', '1、带身份证<br>\n2、带水杯'],
    ['甲  \n乙\\\n丙 \n丁', '甲<br>\n乙<br>\n丙<br>\n丁'],
    ['甲\n　　乙', '甲<br>\n　　乙'],
    ['**粗\n体**和[链\n接](/a/)', '<strong>粗<br>\n体</strong>和<a href="/a/">链<br>\n接</a>'],
    ['Mon\nTue', 'Mon<br>\nTue'],
    ['甲\\\\\n乙', '甲\\<br>\n乙'],
  ])('%j', (source, shown) => expect(html(source)).toBe(`<p>${shown}</p>`));

  test('自己写了 <br> 的只换一行', () => {
    expect(html('甲<br>\n乙\n<br>丙')).toBe('<p>甲<br>\n乙\n<br>丙</p>');
  });

  test('列表、引用、内容块里也一样', () => {
    expect(html('- 甲\n  乙')).toContain('甲<br>\n乙');
    expect(html('> 甲\n> 乙\n丙')).toContain('甲<br>\n乙<br>\n丙');
    expect(html('<Callout>\n甲\n乙\n</Callout>')).toContain('甲<br>\n乙');
  });

  test('代码里的换行照代码，汉字之间没有空隙', () => {
    expect(html('```\n甲\n乙\n```')).toContain('甲\n乙');
    expect(html('`防止\n冻裂`')).toBe('<p><code>防止冻裂</code></p>');
  });

  test('任何文字之间的一次回车都是一个换行，汉字之间没有空隙', () => {
    const words = fc.constantFrom(
      '防止冻',
      '裂',
      '1、带水杯',
      'PM2.5',
      'abc',
      '20',
      '℃',
      '（一）',
      '。',
      '**粗**',
      '3~5天',
    );
    const gap = fc.constantFrom('\n', ' \n', '  \n', '\n ', '\n　');
    fc.assert(
      fc.property(words, fc.array(fc.tuple(gap, words), { minLength: 1, maxLength: 5 }), (first, rest) => {
        const source = `甲${first}${rest.map((pair) => pair.join('')).join('')}`;
        const shown = html(source);
        expect(shown.match(/<br>\n/g)).toHaveLength(rest.length);
        expect(shown.replaceAll('<br>\n', '')).not.toContain('\n');
        expect(renderBody(source).text.replace(/\s/g, '')).toBe(source.replace(/[\s*]/g, ''));
        expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
      }),
    );
  });
});

describe('跨行的代码和公式', () => {
  test.each([
    ['代码 `\n<b>\n` 结束', '<code>&lt;b&gt;</code>'],
    ['代码 `a\n{b}` 结束', '<code>a {b}</code>'],
    ['代码 `a\n<Callout>\nb` 结束', '<code>a &lt;Callout&gt; b</code>'],
    ['> 代码 `a\n> <b>` 结束', '<code>a &lt;b&gt;</code>'],
    ['公式 $a\n<b$ 结束', '<math'],
  ])('%j 不影响别处', (source, shown) => {
    const body = renderBody(`## 标题\n\n- **乙**\n\n${source}\n\n1. 丙`);
    expect(body.html).toContain(shown);
    for (const part of ['<h2', '<strong>乙</strong>', '<ol>']) expect(body.html).toContain(part);
    expect(body.problems).toEqual([]);
  });
});
