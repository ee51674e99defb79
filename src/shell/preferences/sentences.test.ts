import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentencesOf } from './sentences.ts';

const read = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

describe('朗读断句', () => {
  test('句号、问号、感叹号后断开，引号跟着前一句', () => {
    expect(read('什么是青贮？“把青玉米存起来。”老李说。')).toEqual([
      '什么是青贮？',
      '“把青玉米存起来。”',
      '老李说。',
    ]);
  });
  test('没有标点的标题自成一句', () =>
    expect(read('种子包衣\n为什么要包衣')).toEqual(['种子包衣\n', '为什么要包衣']));
  test('没有文字的地方不读', () => expect(read('——。！\n')).toEqual([]));
  test('任何文字都不漏读、不重读，每段不超过 120 个字', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'麦禾，。！？\n “”a1；'), maxLength: 600 }),
        (text) => {
          const sentences = sentencesOf(text);
          let last = 0;
          for (const { start, end } of sentences) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(text.slice(last, start)).not.toMatch(/[\p{L}\p{N}]/u);
            expect(end - start).toBeLessThanOrEqual(120);
            last = end;
          }
          expect(text.slice(last)).not.toMatch(/[\p{L}\p{N}]/u);
        },
      ),
    );
  });
});
