import { expect, test } from 'vitest';
import { readSyllables, readTraditional, soundAlike } from './characters.ts';
import { characterTables, readingsOf } from './indexing/tables.ts';

const tables = characterTables(['奶山羊产羔']);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};

test('字表里有常用字和所给文字的读音', () => {
  expect(characters.syllableOf.get('青')).toBe('qing');
  expect(characters.syllableOf.get('羔')).toBe('gao');
  expect(characters.syllableOf.get('绿')).toBe('lv');
});

test('字表从繁体查到简体', () => {
  expect(characters.simplifiedOf.get('貯')).toBe('贮');
  expect(characters.simplifiedOf.get('玉')).toBeUndefined();
});

test('读音看句子', () => {
  expect(readingsOf(Array.from('银行 e站'.replace(' ', '')))).toEqual(['yin', 'hang', undefined, 'zhan']);
});

test('zh 和 z、n 和 l、ing 和 in 算近音，ba 和 pa 不算', () => {
  expect(soundAlike('zhong', 'zong')).toBe(true);
  expect(soundAlike('nan', 'lan')).toBe(true);
  expect(soundAlike('jing', 'jin')).toBe(true);
  expect(soundAlike('ba', 'pa')).toBe(false);
});
