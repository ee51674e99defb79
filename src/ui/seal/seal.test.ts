import { describe, expect, test } from 'vitest';
import { sealCharacters } from './seal.ts';

describe('印章', () => {
  test('四个字从右列起、自上而下', () => {
    const [first, second, third, fourth] = sealCharacters('麦禾科普');
    expect([first?.character, second?.character, third?.character, fourth?.character].join('')).toBe(
      '麦禾科普',
    );
    expect(first?.x).toBe(second?.x);
    expect((first?.x ?? 0) > (third?.x ?? 0)).toBe(true);
    expect((first?.y ?? 0) < (second?.y ?? 0)).toBe(true);
    expect(third?.y).toBe(first?.y);
  });
  test('名字更长时取前四个字，空名字不画字', () => {
    expect(sealCharacters('青山县科普门户')).toHaveLength(4);
    expect(sealCharacters('')).toEqual([]);
  });
  test('三个字时左列一个字居中', () => expect(sealCharacters('看科普')[2]).toMatchObject({ x: 29, y: 50 }));
});
