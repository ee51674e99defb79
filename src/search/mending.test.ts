import { expect, test } from 'vitest';
import { readSyllables } from './characters.ts';
import { ALIKE_SHAPES } from './indexing/shapes.ts';
import { characterTables } from './indexing/tables.ts';
import { mend, readMending, wordsSpelled } from './mending.ts';

const syllableOf = readSyllables(characterTables(['疯']).syllables);
const mending = readMending({
  words: { 2: '小麦青贮诈骗失眠中风中蜂播种核桃疫苗'.replace(/\s/g, ''), 3: '狂犬病黄曲霉', 4: '' },
  shapes: ALIKE_SHAPES,
});

test.each([
  ['青储', '青贮'],
  ['反乍骗', '反诈骗'],
  ['失眼', '失眠'],
  ['小脉', '小麦'],
  ['狂大病', '狂犬病'],
  ['黄曲酶', '黄曲霉'],
  ['疫描', '疫苗'],
  ['核逃', '核桃'],
])('%s 是 %s', (typed, meant) => {
  expect(mend(typed, syllableOf, mending)).toBe(meant);
});

test.each(['中风', '中蜂', '小麦播种', '手机', '羊'])('站上有的词、不像的词不改：%s', (typed) => {
  expect(mend(typed, syllableOf, mending)).toBeUndefined();
});

test('拼音认得出几个词，同音的也试', () => {
  expect(wordsSpelled('xiaomai bozhong', syllableOf, mending)).toEqual(['小麦 播种']);
  expect(wordsSpelled('xiaomaibozhong', syllableOf, mending)).toEqual(['小麦 播种']);
  expect(wordsSpelled('zhongfeng', syllableOf, mending)).toEqual(['中风', '中蜂']);
  expect(wordsSpelled('asdfgh', syllableOf, mending)).toBeUndefined();
});
