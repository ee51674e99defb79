import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt, highlight, type Piece } from './excerpt.ts';

const plain = (pieces: Piece[]) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

test('长的词优先于里面的短词', () => {
  expect(plain(highlight('青贮玉米和玉米', ['青贮玉米', '玉米']))).toBe('[青贮玉米]和[玉米]');
});

test('大小写和繁体不影响标出命中的词', () => {
  expect(plain(highlight('WiFi 與青貯', ['wifi', '青贮'], new Map([['貯', '贮']])))).toBe('[WiFi] 與[青貯]');
});

test('摘录取查询词最集中的一处，从那一句的开头起', () => {
  const text = `${'前面说了很多别的事情。'.repeat(20)}收割以后，青贮玉米要马上压实，一层一层压。${'后面也说了很多。'.repeat(20)}玉米。`;
  const shown = plain(excerpt(text, ['青贮玉米', '玉米']));
  expect(shown).toContain('[青贮玉米]要马上压实');
  expect(shown).toMatch(/^….*…$/);
});

test('没有命中时摘录取开头', () => {
  expect(plain(excerpt('短短一句。', ['没有']))).toBe('短短一句。');
});

test('不论标什么词，文字不变', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string({ minLength: 1, maxLength: 3 })),
      (text, terms) => {
        expect(
          highlight(text, terms)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});

test('任何文字的摘录都短，不掺别处的字', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('青', '贮', '。', ' ', 'a', '🙂'), maxLength: 600 }),
      (text) => {
        const shown = excerpt(text, ['青贮', '青', 'a'])
          .map((piece) => piece.text)
          .join('');
        expect(shown.length).toBeLessThanOrEqual(94);
        expect(text.replace(/\s+/g, ' ')).toContain(shown.replace(/…/g, ''));
        expect(shown.isWellFormed()).toBe(true);
      },
    ),
  );
});
