import { expect, test } from 'vitest';
import { z } from 'zod';
import { openContent } from '../store/index.ts';
import { readEntry } from '../model/entry.ts';
import type { CheckedFile } from './corpus.ts';
import { checkPrivateData, findPrivateData } from './private-data.ts';

const found = (text: string) => [...findPrivateData(text)].map(({ what }) => what);

test('个人手机号，连写或分段写都认得出', () => {
  expect(found('联系人 13812345678')).toEqual(['个人手机号']);
  expect(found('电话：138-1234-5678。')).toEqual(['个人手机号']);
  expect(found('电话 138 1234 5678')).toEqual(['个人手机号']);
});

test('办公电话、热线、网址和编号里的数字不是手机号', () => {
  expect(found('办公电话 0917-1234567')).toEqual([]);
  expect(found('拨打 12356 或 96110')).toEqual([]);
  expect(found('https://www.example.org/13812345678.html')).toEqual([]);
  expect(found('编号 2026138123456789')).toEqual([]);
});

test('身份证号按校验位认，随便十八位数字不算', () => {
  expect(found('身份证 11010519491231002X')).toEqual(['身份证号']);
  expect(found('流水号 110105194912310021')).toEqual([]);
});

test('银行卡号按校验位认', () => {
  expect(found('卡号 6222020000000000001')).toEqual([]);
  expect(found('卡号 4111111111111111')).toEqual(['银行卡号']);
});

const inBody = (body: string) => {
  const source = `---\ntitle: 通讯录\n---\n${body}`;
  const entry = readEntry(z.object({ title: z.string() }), 'content/x/a.mdx', source, 'mdx');
  const file = { file: 'content/x/a.mdx', data: {}, entry } as unknown as CheckedFile;
  return checkPrivateData({
    content: openContent(),
    files: [file],
    broken: [],
    slugs: new Map(),
    problems: [],
  });
};

test('同一个号码写了几处，每一处都指出自己的那一行', () => {
  const found = inBody('电话 13812345678\n\n再写一次 13812345678\n13912345678');
  expect(found.map(({ line }) => line)).toEqual([4, 6, 7]);
});

test('粘进整本通讯录时只列出前面的，说明还有', () => {
  const numbers = Array.from({ length: 60_000 }, (_, index) => `139${10_000_000 + index}`);
  const found = inBody(numbers.join('\n'));
  expect(found).toHaveLength(51);
  expect(found.slice(0, 50).map(({ line }) => line)).toEqual(numbers.slice(0, 50).map((_, at) => at + 4));
  expect(found.at(-1)).toMatchObject({
    severity: 'error',
    line: 54,
    message: '这样的问题还有，没有全部列出；请先改好列出的这些',
  });
});
