import { expect, test } from 'vitest';
import { readSyllables, readTraditional } from './characters.ts';
import { readQuery } from './query.ts';
import { keysOf, type Manifest, packShards, shardsFor } from './shards.ts';
import { characterTables, readingsOf } from './indexing/tables.ts';
import { titleChars, type TitleRow } from './title-row.ts';

const tables = characterTables([]);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};
const TITLES = [
  '青贮玉米怎样压实',
  '玉米螟防治',
  'WiFi 与手机',
  '科普 e 站开放',
  '奶山羊产羔护理',
  '地震来了怎么办',
];

const rows = TITLES.map((title, doc) => {
  const chars = titleChars(title);
  return { row: [doc, title, `/x/${doc}/`, 0] as TitleRow, keys: keysOf(chars, readingsOf(chars), [0, 2]) };
});

const manifestOf = (whole: number, limit: number) => {
  const { shards, counts } = packShards(rows, whole, limit);
  const files = shards.map(({ first }, index) => ({ first, file: String(index) }));
  const manifest: Manifest = {
    syllables: '',
    traditional: '',
    facets: '',
    kinds: [],
    synonyms: [],
    shards: files,
    counts,
  };
  return { shards, manifest };
};

test('标题按音节、词的首字母和其他词的开头编进索引', () => {
  expect(rows[0]?.keys).toEqual(expect.arrayContaining(['qing', 'zhu', 'shi', '.qz', '.ym']));
  expect(rows[2]?.keys).toEqual(expect.arrayContaining(['_wi', 'shou']));
  expect(rows[3]?.keys).toContain('_e');
});

test('标题少就放在一个文件里，每次查询都取它', () => {
  const { shards, manifest } = manifestOf(10_000, 100);
  expect(shards).toHaveLength(1);
  expect(shardsFor(readQuery('随便', characters), manifest)).toEqual([0]);
});

test('标题多就分几个文件，查询找得到每个相关标题所在的文件', () => {
  const { shards, manifest } = manifestOf(0, 60);
  expect(shards.length).toBeGreaterThan(3);
  for (const query of ['青贮', '青储玉米', '玉米', 'wifi', 'e站', 'qingzhu', 'qin', 'qz', '山羊产羔', '地震'])
    expect(
      shardsFor(readQuery(query, characters), manifest).flatMap((index) =>
        shards[index]?.rows.map(([doc]) => doc),
      ),
      query,
    ).toContain({ 玉米: 1, wifi: 2, e站: 3, 山羊产羔: 4, 地震: 5 }[query] ?? 0);
});

test('任何查询最多取四个文件', () => {
  const { manifest } = manifestOf(0, 1);
  const query = readQuery('青贮玉米怎样压实地震来了怎么办 qingzhu', characters);
  expect(shardsFor(query, manifest).length).toBeLessThanOrEqual(4);
});
