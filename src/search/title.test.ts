import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSyllables, readTraditional } from './characters.ts';
import { readQuery } from './query.ts';
import { characterTables } from './indexing/tables.ts';
import { readTitle } from './title-row.ts';
import { matchTitle } from './title.ts';

const tables = characterTables([]);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};
const titleOf = (title: string, readings?: string) =>
  readTitle([0, title, '/articles/x/', '文章', readings], characters.syllableOf);
const match = (title: string, query: string, readings?: string) =>
  matchTitle(titleOf(title, readings), readQuery(query, characters));
const how = (title: string, query: string) => match(title, query)?.how;

const SILAGE = '青贮玉米怎样压实：乳酸菌与密封';

test.each([
  ['整个标题', SILAGE],
  ['连着的几个字', '玉米怎样压'],
  ['隔着标点', '压实乳酸菌'],
  ['两个词', '密封 青贮'],
  ['全角字母和大小写', '青贮'],
  ['繁体', '青貯玉米'],
])('标题完全对得上：%s', (_, query) => {
  expect(how(SILAGE, query)).toBe('full');
});

test.each([
  ['全拼', 'qingzhu'],
  ['没打完的拼音', 'qingzhuyum'],
  ['首字母', 'qzym'],
  ['全拼加首字母', 'qingzym'],
  ['汉字加拼音', '青贮yumi'],
  ['不挨着的两个词', 'qingzhu mifeng'],
  ['不挨着的两个词，中间没有空格', 'qingzhumifeng'],
])('标题的读音对得上：%s', (_, query) => {
  expect(how(SILAGE, query)).toBe('spelled');
});

test('去掉疑问词以后的词在标题里，次序不同，不算完全对得上', () => {
  expect(how(SILAGE, '怎样密封青贮？')).toBe('words');
});

test('数字是一个更大的数的一部分，外文是一个词的一部分，不算对得上', () => {
  expect(how('2026年大篷车12月24日到桃河', '2月4日')).not.toBe('full');
  expect(how('2026年大篷车12月24日到桃河', '12月24日')).toBe('full');
  expect(how('PM2.5 是什么', 'pm2')).not.toBe('full');
});

test.each(['青禾小学', '青禾中心小学', '青禾镇小学', '青小', 'qhxx', 'qhzxxx'])(
  '校名可以少写：%s',
  (query) => {
    expect(['short', 'spelled']).toContain(how('青禾镇中心小学', query));
  },
);

test('九年制学校也叫小学、中学；初中、高中是中学', () => {
  expect(how('桃河乡九年制学校', '桃河小学')).toBe('short');
  expect(how('北川镇初级中学', '北川初中')).toBe('short');
  expect(how('北川镇初级中学', '青禾初中')).not.toBe('short');
});

test.each([
  ['同音字', '青煮玉米'],
  ['近音字', '青祖玉米'],
  ['错一个字', '青贮土米怎'],
  ['漏一个字', '青贮米怎样'],
  ['多一个字', '青贮的玉米'],
])('标题差不多对得上：%s', (_, query) => {
  expect(how(SILAGE, query)).toBe('near');
});

test.each([
  ['别的词', '地震避险'],
  ['一个字母', 'q'],
  ['不成词的字母', 'qzxx'],
  ['两个字里错一个', '青菜'],
  ['空', ''],
])('标题对不上：%s', (_, query) => {
  expect(how(SILAGE, query)).toBeUndefined();
});

test('问句只有一部分词在标题里，算部分对得上', () => {
  expect(how(SILAGE, '青贮玉米能喂牛羊吗')).toBe('part');
});

test('读音看句子，不看单个字', () => {
  expect(match('银行卡不外借', 'yinhang', '1:hang')?.how).toBe('spelled');
});

test('分数从高到低：整个标题、开头、中间；全拼高于首字母', () => {
  const score = (query: string) => match(SILAGE, query)?.score ?? 0;
  const queries = [SILAGE, '青贮玉米', '玉米怎样', '密封 青贮', 'qingzhu', 'qz'];
  const scores = queries.map(score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});

test('同音字比别字错得轻，漏字在两者之间', () => {
  const score = (query: string) => match(SILAGE, query)?.score ?? 0;
  expect(score('青煮玉米')).toBeGreaterThan(score('青米怎样'));
  expect(score('青贮米怎样')).toBeGreaterThan(score('青贮土米怎'));
});

test('任何标题和查询都比得出，分数在 0 到 1 之间', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('青', '贮', '玉', '米', 'a', 'q', 'i', 'n', 'g', ' '), maxLength: 80 }),
  );
  fc.assert(
    fc.property(text, text, (title, query) => {
      const score = match(title, query)?.score;
      if (score !== undefined) expect(score > 0 && score <= 1).toBe(true);
    }),
  );
});

test('每个标题用自己查都完全对得上', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('青', '贮', '，', 'e', '2', '站'), minLength: 1, maxLength: 60 }),
      (title) => {
        fc.pre(/[青贮e2站]/.test(title));
        expect(match(title, title)).toMatchObject({ how: 'full' });
      },
    ),
  );
});
