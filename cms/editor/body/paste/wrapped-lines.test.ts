import { expect, test } from 'vitest';
import { joinWrappedLines } from './wrapped-lines.ts';

const PDF = `为了做好今年的秋播工作，各乡镇要抓住墒情好的时
机，组织群众整地、施肥、选种，确保十月上旬播完小
麦，播量以每亩 12 kg 为宜。
一、整地要深耕细耙，上虚下实，没有明暗坷垃，做到
齐、平、松、碎、净。
二、施肥以有机肥为主。`;

test('PDF 在页边断开的行接成段落，新的一条另起一行', () => {
  expect(joinWrappedLines(PDF)).toEqual({
    text: `为了做好今年的秋播工作，各乡镇要抓住墒情好的时机，组织群众整地、施肥、选种，确保十月上旬播完小麦，播量以每亩 12 kg 为宜。
一、整地要深耕细耙，上虚下实，没有明暗坷垃，做到齐、平、松、碎、净。
二、施肥以有机肥为主。`,
    joined: 3,
  });
});

test('英文的词之间留空格', () => {
  const text = `The caravan brings exhibits to schools in the county and\nteachers ask for a visit on the page of the association\nevery term of the school year, as long as there are days\nleft.`;
  expect(joinWrappedLines(text).text).toBe(text.replaceAll('\n', ' '));
});

test.each([
  ['诗', '春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。'],
  ['名单', '城关镇\n石桥镇\n桃河镇\n南川镇'],
  [
    '聊天记录',
    '王老师 上午 9:20\n明天的活动改到几点\n李老师 上午 9:21\n改到下午两点半，地点不变，还在石桥镇中学的操场上',
  ],
  [
    '每段一行的文章',
    `${'科普大篷车走进校园。'.repeat(9)}\n${'同学们动手做实验。'.repeat(10)}\n${'老师说收获很大。'.repeat(11)}`,
  ],
])('%s照原样', (_, text) => {
  expect(joinWrappedLines(text)).toEqual({ text, joined: 0 });
});
