import { describe, expect, test } from 'vitest';
import { normalizeBody, renderBody } from '../index.ts';

const around = (source: string) => `## 标题\n\n> **甲**\n\n好\n\n${source}\n\n| 乙 |\n|---|\n| 1 |`;

function expectRestShown(html: string) {
  for (const part of ['<h2', '<strong>甲</strong>', '<table>']) expect(html).toContain(part);
}

describe('一处写错，只有那一段按普通文字显示，指出是哪一行', () => {
  test.each([
    [
      '引用套得太深',
      Array.from({ length: 70 }, (_, depth) => `${'  '.repeat(depth)}- 字`).join('\n'),
      /套了超过 60 层/,
    ],
    ['一行里套得太深', `${'> '.repeat(61)}字 https://a.cn/，好`, /套了超过 60 层/],
    ['一段太长', '科普'.repeat(16_000), /超过了 30000 个字/],
    ['一段里的符号太多', '字*'.repeat(9000), /符号超过了 8000 个/],
    ['一张表太大', `${'|字'.repeat(200)}\n${'|-'.repeat(200)}\n${'|a\n'.repeat(200)}`, /表格超过了 30000 格/],
  ])('%s', (_name, source, message) => {
    const body = renderBody(around(source));
    expectRestShown(body.html);
    expect(body.problems).toEqual([
      expect.objectContaining({ severity: 'error', line: 7, message: expect.stringMatching(message) }),
    ]);
    const normal = normalizeBody(around(source));
    expect(normalizeBody(normal)).toBe(normal);
    const count = (words: string) => words.match(/字/g)?.length ?? 0;
    expect(count(body.text)).toBe(count(source));
  });

  test('两处太多的各说各的', () => {
    const { problems } = renderBody(around(`${'科普'.repeat(16_000)}\n\n好\n\n${'字<'.repeat(9000)}`));
    expect(problems.map(({ line }) => line)).toEqual([7, 11]);
  });

  test('太多的东西在代码里时，全文按文字显示：那里的反斜杠会看得见', () => {
    const body = renderBody(around(`\`\`\`\n${'> '.repeat(61)}字\n\`\`\``));
    expect(body.problems).toEqual([expect.objectContaining({ severity: 'error' })]);
    expect(body.text).not.toContain('\\');
  });
});
