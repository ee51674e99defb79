import { expect, test } from 'vitest';
import { readSyllables, readTraditional } from './characters.ts';
import { readQuery } from './query.ts';
import { filesFor, keysOf, packTitles } from './shards.ts';
import { characterTables, readingsOf } from './indexing/tables.ts';
import { titleChars, type TitleRow } from './title-row.ts';

const tables = characterTables([]);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};
const known = new Set(characters.syllableOf.values());
const TITLES = [
  '青贮玉米怎样压实',
  '玉米螟防治',
  'WiFi 与手机',
  '科普 e 站开放',
  '奶山羊产羔护理',
  '地震来了怎么办',
];

const rowsOf = (titles: readonly string[]) =>
  titles.map((title, doc) => {
    const chars = titleChars(title);
    const row: TitleRow = [doc, title, `/x/${doc}/`, '文章'];
    return { row, keys: keysOf(chars, readingsOf(chars), [0, 2]) };
  });

const pack = (whole: number, size: number, titles = TITLES) =>
  packTitles(rowsOf(titles), whole, size).map((file) => JSON.parse(file) as TitleRow[]);

/** Numbers of the titles that a query fetches. */
const fetched = (typed: string, files: TitleRow[][]) =>
  filesFor(readQuery(typed, characters), known, files.length).flatMap((file) =>
    (files[file] as TitleRow[]).map(([doc]) => doc),
  );

test('标题按相邻两个字的读音、每个字的读音、词的首字母和其他词的开头编进索引，分不清的音算一个', () => {
  const rows = rowsOf(TITLES);
  expect(rows[0]?.keys).toEqual(expect.arrayContaining(['qin zu', 'qin', 'zu', 'si', '.qz', '.qzy', '.ym']));
  expect(rows[2]?.keys).toEqual(expect.arrayContaining(['_wi', 'sou']));
  expect(rows[3]?.keys).toContain('_e');
});

test('标题少就放在一个文件里，每次查询都取它', () => {
  const files = pack(10_000, 100);
  expect(files).toHaveLength(1);
  expect(fetched('随便', files)).toHaveLength(TITLES.length);
});

test('标题多就分几个文件，查询找得到每个相关标题所在的文件', () => {
  const files = pack(0, 60);
  expect(files.length).toBeGreaterThan(20);
  for (const [query, doc] of [
    ...['青贮', '青储玉米', '青储', '玉米青贮', 'qingzhu', 'qin', 'qz', 'qingz', '青zhu'].map((one) => [
      one,
      0,
    ]),
    ...[
      ['玉米', 1],
      ['wifi', 2],
      ['e站', 3],
      ['山羊产羔', 4],
      ['地震', 5],
      ['地阵', 5],
      ['地振来', 5],
      ['dizhen', 5],
    ],
  ] as [string, number][])
    expect(fetched(query, files), query).toContain(doc);
});

test('任何查询最多取三个文件', () => {
  const files = pack(0, 1);
  const query = readQuery('青贮玉米怎样压实地震来了怎么办 qingzhu', characters);
  expect(filesFor(query, known, files.length).length).toBeLessThanOrEqual(3);
});

test('几千个标题里都有的两个字，取的也不多，短的标题在里面', () => {
  const titles = Array.from({ length: 3000 }, (_, doc) => `${'小麦'.repeat(2 + (doc % 9))}${doc}`);
  const files = pack(0, 5000, [...titles, '小麦']);
  const docs = fetched('小麦', files);
  expect(docs).toContain(3000);
  expect(docs.length).toBeLessThan(2000);
});
