import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { NAME_WORDS, plainTitle, plainWords } from './names.ts';
import { ALL_FIGURES, COUNT_WORDS, TEXT_WORDS } from './words.ts';

test.each([
  ['“科技之春”技术培训（2022年，24场次）', '“科技之春”技术培训'],
  ['全国科普日特色活动优秀单位（推荐）', '全国科普日特色活动优秀单位'],
  ['贯彻《规划纲要（2021—2035年）》实施方案', '贯彻《规划纲要（2021—2035年）》实施方案'],
  ['2022年调研报告（未载题目的8篇）', undefined],
])('标题「%s」在句子里不带括号里的数', (title, plain) => {
  expect(plainTitle(title)).toBe(plain);
});

test.each([
  ['举办启动仪式，展出版面 340 面，印发 5 万份。', '举办启动仪式'],
  [
    '先后走进实验小学和另外三所小学（校名原报告未载），动手体验。',
    '先后走进实验小学和另外三所小学，动手体验',
  ],
  ['设立 6 个义诊点。', undefined],
  ['开展示范活动，场次原报告未载。', '开展示范活动'],
  [undefined, undefined],
])('说明「%s」只用到第一个数为止', (text, plain) => {
  expect(plainWords(text)).toBe(plain);
});

test('花括号里能写的词，docs/report.md 里都有说明', () => {
  const guide = readFileSync('docs/report.md', 'utf8');
  for (const word of [TEXT_WORDS, NAME_WORDS, COUNT_WORDS]
    .flatMap((words) => Object.keys(words))
    .concat(ALL_FIGURES))
    expect(guide).toMatch(new RegExp(`\\{${word}[|\\\\}]`));
});
