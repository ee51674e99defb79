import { expect, test } from 'vitest';
import { readSyllables, readTraditional, soundAlike } from './characters.ts';
import { characterTables, readingsOf } from './tables.ts';

const tables = characterTables(['奶山羊产羔']);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};

test('the table knows the syllables of common characters and of the given texts', () => {
  expect(characters.syllableOf.get('青')).toBe('qing');
  expect(characters.syllableOf.get('羔')).toBe('gao');
  expect(characters.syllableOf.get('绿')).toBe('lv');
});

test('the table leads from traditional to simplified characters', () => {
  expect(characters.simplifiedOf.get('貯')).toBe('贮');
  expect(characters.simplifiedOf.get('玉')).toBeUndefined();
});

test('readings follow the sentence', () => {
  expect(readingsOf(Array.from('银行 e站'.replace(' ', '')))).toEqual(['yin', 'hang', undefined, 'zhan']);
});

test('zh and z, n and l, ing and in sound alike; ba and pa do not', () => {
  expect(soundAlike('zhong', 'zong')).toBe(true);
  expect(soundAlike('nan', 'lan')).toBe(true);
  expect(soundAlike('jing', 'jin')).toBe(true);
  expect(soundAlike('ba', 'pa')).toBe(false);
});
