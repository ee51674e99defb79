import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balancedLines } from './lines.ts';

/** One unit a character. */
const width = (text: string) => [...text].length;

describe('标题分行', () => {
  test('放得下就不分', () => expect(balancedLines('全国科普日', width, 11)).toEqual(['全国科普日']));
  test('优先在标点后面断开', () =>
    expect(balancedLines('人老觉少？分清正常变化和该看的病', width, 11)).toEqual([
      '人老觉少？',
      '分清正常变化和该看的病',
    ]));
  test('词不拆开', () =>
    expect(balancedLines('雷雨天气不要站在大树下面', width, 7)).toEqual(['雷雨天气不要', '站在大树下面']));
  test('空格后面的收尾标点也不到行首；太宽的一个词不从标点前断', () => {
    expect(balancedLines('麦？ ）麦麦麦麦麦', width, 8)).toEqual(['麦？ ）麦', '麦麦麦麦']);
    expect(balancedLines('ab1ab1ab，麦', width, 8)).toEqual(['ab1ab1a', 'b，麦']);
  });
  test('任何标题：一字不丢，行不超宽，行首没有收尾的标点，行尾没有起头的标点', () => {
    const character = fc.constantFrom(...'麦禾县科普，。“”（）《》：？ab1 ');
    fc.assert(
      fc.property(
        fc.array(character, { maxLength: 60 }),
        fc.integer({ min: 8, max: 20 }),
        (characters, max) => {
          const title = characters.join('');
          const lines = balancedLines(title, width, max);
          expect(lines.join('').replace(/\s/g, '')).toBe(title.replace(/\s/g, ''));
          const longMark = /[，。“”（）《》：？]{3}/u.test(title);
          for (const [index, line] of lines.entries()) {
            expect(width(line)).toBeLessThanOrEqual(max);
            if (!longMark && index > 0) expect(line).not.toMatch(/^[，。”）》：？]/u);
            if (!longMark && index < lines.length - 1) expect(line).not.toMatch(/[“（《]$/u);
          }
        },
      ),
    );
  });
});
