import { expect, test } from 'vitest';
import { readQuery } from './query.ts';
import { urgentFor, type UrgentGroup, urgentWords } from './urgent.ts';

const SYNONYMS = [
  ['海姆立克', '噎住', '噎着', '卡喉'],
  ['土豆', '马铃薯'],
];
const row = (doc: number, when: string, names: string[]): UrgentGroup => ({
  docs: [doc],
  file: '',
  words: urgentWords(when, SYNONYMS),
  names,
});
const URGENT = [
  row(1, '噎住了', ['120', '急救']),
  row(2, '烫伤、被狗咬', ['120', '急救']),
  row(3, '地震了', ['119']),
];
const found = (typed: string) => urgentFor(readQuery(typed), URGENT).flatMap(({ docs }) => docs);

test('出了什么事，用同义词怎么说都算', () => {
  expect(urgentWords('噎住了', SYNONYMS)).toEqual(['噎住', '海姆立克', '噎着', '卡喉']);
  expect(found('娃噎着了')).toEqual([1]);
  expect(found('狗咬了怎么办')).toEqual([2]);
  expect(found('地震了往哪里跑')).toEqual([3]);
});

test('只打急救、120，领头的是全部；号码夹在别的话里不算', () => {
  expect(found('120')).toEqual([1, 2]);
  expect(found('急救怎么办')).toEqual([1, 2]);
  expect(found('急救培训 11月')).toEqual([]);
  expect(found('投资 120 万')).toEqual([]);
});

test('别的查询没有领头的', () => {
  expect(found('土豆发芽')).toEqual([]);
  expect(found('')).toEqual([]);
});
