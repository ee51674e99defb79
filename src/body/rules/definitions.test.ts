import { describe, expect, test } from 'vitest';
import { renderBody } from '../index.ts';

const html = (source: string) => renderBody(source).html;

describe('像定义的一行话', () => {
  test.each(['[注]: 说明', '[注]: 这不是链接', '[1]: 见第3.5节', '[注]: https://a.cn/', '[甲]: /a/ "题"'])(
    '没有地方用到的是字：%s',
    (source) => expect(renderBody(source).text).toBe(source),
  );

  test('有地方用到、可是不是地址的，也是字', () => {
    expect(html('见[注]。\n\n[注]: 说明')).toBe('<p>见[注]。</p>\n<p>[注]: 说明</p>');
    expect(html('见[注][1]。\n\n[1]: 本表数据2024年')).toContain('[1]: 本表数据2024年');
    expect(html('[注]: 说明\n下一行')).toBe('<p>[注]: 说明<br>\n下一行</p>');
  });

  test('是地址的还是链接', () => {
    for (const address of ['https://a.cn/', '/articles/', '#节', './a', 'a.html', '图.png'])
      expect(html(`见[注]。\n\n[注]: ${address}`)).toContain('">注</a>');
  });
});

describe('脚注', () => {
  test('没有写内容的是错误，指出哪一行', () => {
    const { problems } = renderBody('甲[^1]\n\n乙[^2]和`[^3]`，[^0-9]\n\n[^1]: 好');
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        line: 3,
        column: 2,
        message: expect.stringContaining('[^2]'),
      }),
    ]);
  });

  test('没有用到的、写了两次的按文字显示，提醒', () => {
    const body = renderBody('甲[^1]\n\n[^1]: 好\n[^3]: 没人用\n\n[^1]: 又一次');
    expect(body.problems.map(({ severity, line }) => [severity, line])).toEqual([
      ['warning', 4],
      ['warning', 6],
    ]);
    for (const words of ['<p>[^3]: 没人用</p>', '[^1]: 又一次']) expect(body.html).toContain(words);
  });
});
