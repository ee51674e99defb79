import { expect, test } from 'vitest';
import { readQuery } from './query.ts';
import { ledBy, placesOf, readSayings, type SayingsFile } from './sayings.ts';
import { readTitle } from './title-row.ts';
import { inPlainWords } from './words.ts';

const TITLES = ['噎住了，拍背五次', '被狗咬了，先冲洗', '狗咬了挤点血就行？', '蛇咬了别吸'];
const FILE: Pick<SayingsFile, 'sayings' | 'meanings'> = {
  sayings: [
    [['噎着', '卡…喉咙', '吞…扣子'], [0]],
    [
      ['狗…咬', '疯狗'],
      [1, 2],
    ],
    [['长虫…咬'], [3]],
  ],
  meanings: [[['碎娃', '娃'], '孩子']],
};
const sayings = readSayings(
  FILE,
  TITLES.map((title, doc) => readTitle([doc, title, `/${doc}/`, '文章'], new Map())),
);
const led = (typed: string, isSaid = true) =>
  ledBy(readQuery(typed, undefined, [], FILE.meanings), sayings)
    .filter((one) => one.isSaid === isSaid)
    .map(({ title }) => title.doc);

test('打的字里有说法，领到那一篇', () => {
  expect(led('娃噎着了咋办')).toEqual([0]);
  expect(led('青贮')).toEqual([]);
});

test('「…」代表中间的几个字，太远不算，次序反了不算', () => {
  expect(led('狗把娃咬了')).toEqual([1, 2]);
  expect(placesOf('狗把娃咬了', '狗…咬')).toEqual([0, 3]);
  expect(placesOf('狗不吃食三天以后咬', '狗…咬')).toEqual([]);
  expect(placesOf('咬了狗', '狗…咬')).toEqual([]);
});

test('没有这个说法，字大半相同，也算像', () => {
  expect(led('扣子吞下去了', false)).toEqual([0]);
});

test('土话换成书面的词，长的先换', () => {
  expect(inPlainWords('碎娃发烧', FILE.meanings)).toBe('孩子发烧');
  expect(inPlainWords('孩子和娃', FILE.meanings)).toBe('孩子和娃');
});
