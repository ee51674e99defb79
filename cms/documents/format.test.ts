import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listSchema } from '../../src/store/index.ts';
import { articles } from '../../src/types/articles.ts';
import { readEntry } from '../../src/model/entry.ts';
import { indicators } from '../../src/types/statistics.ts';
import { types } from '../../src/types/index.ts';
import { listedText, parseEntry, stringifyEntry } from './entry-format.ts';
import { readFileParts, writeFile } from './format.ts';

const changedLines = (before: string, after: string) => {
  const old = before.split('\n');
  const now = after.split('\n');
  return {
    gone: old.filter((line) => !now.includes(line)),
    come: now.filter((line) => !old.includes(line)),
  };
};

const source = `---
# 编者注：题目定稿
title: "种麦看温度"
kind: season
summary: 一句话。
topic: crops   # 主题
audience: [farmers]
author: 编写组
published: 2024-09-12
sources:
  - title: 小麦学
    year: 1996
  - { title: 栽培学, year: 2013 }
related: [ ]
---

正文第一段，温度<30℃。

- 一
- 二
`;

const edit = (change: (data: Record<string, unknown>) => void, body?: string) => {
  const parts = readFileParts(source, 'mdx');
  change(parts.data);
  return writeFile({ data: parts.data, body: body ?? parts.body }, 'mdx', articles.schema, source);
};

test('打开又保存、什么也没改的文件，一个字节不变', () => {
  let checked = 0;
  for (const type of types) {
    const folder = `content/${type.name}`;
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const before = readFileSync(`${folder}/${name}`, 'utf8');
      const sent = stringifyEntry(parseEntry(before, type.format, type.schema), type.format, type.schema);
      const after = writeFile(readFileParts(sent, type.format), type.format, type.schema, before);
      expect(after, name).toBe(before);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(0);
});

test('改一个字段只动它自己的那几行，注释和引号照旧', () => {
  expect(
    changedLines(
      source,
      edit((data) => Object.assign(data, { title: '种麦看播量' })),
    ),
  ).toEqual({
    gone: ['title: "种麦看温度"'],
    come: ['title: "种麦看播量"'],
  });
  expect(
    changedLines(
      source,
      edit((data) => Object.assign(data, { audience: ['farmers', 'elders'] })),
    ),
  ).toEqual({
    gone: ['audience: [farmers]'],
    come: ['audience: [farmers, elders]'],
  });
});

test('改了的那一项，后面的注释照旧隔着几个空格', () => {
  expect(
    changedLines(
      source,
      edit((data) => Object.assign(data, { topic: 'farming' })),
    ),
  ).toEqual({ gone: ['topic: crops   # 主题'], come: ['topic: farming   # 主题'] });
});

test('从列表里拿掉一项，其余照原来的写法', () => {
  const after = edit((data) => (data.sources as unknown[]).shift());
  expect(changedLines(source, after)).toEqual({ gone: ['  - title: 小麦学', '    year: 1996'], come: [] });
});

test('新加的字段放在类型里规定的位置', () => {
  const after = edit((data) => Object.assign(data, { season: ['9'] }));
  expect(after).toContain('audience: [farmers]\nseason:\n  - "9"\nauthor: 编写组\n');
});

test('没有内容的字段不写进文件：空的、默认为否的、空的分组', () => {
  const after = edit((data) =>
    Object.assign(data, {
      featured: false,
      season: [],
      reviewer: '',
      cover: { src: '', alt: null },
      interests: null,
    }),
  );
  expect(after).toBe(source);
});

test('改正文不动文件开头，改字段不动正文', () => {
  expect(
    changedLines(
      source,
      edit(() => {}, '正文第一段，温度<30℃。\n\n- 一\n- 三'),
    ),
  ).toEqual({
    gone: ['- 二'],
    come: ['- 三'],
  });
  expect(edit((data) => Object.assign(data, { author: '甲' }))).toContain(
    '\n\n正文第一段，温度<30℃。\n\n- 一\n- 二\n',
  );
});

test('名录文件开头的注释留着，只有一份', () => {
  const before = '# 说明\nitems:\n  - id: a\n    name: 甲\n    unit: person\n    nature: flow\n';
  const parts = readFileParts(before, 'yaml');
  parts.data.items = [{ ...(parts.data.items as object[])[0], name: '乙' }];
  expect(writeFile(parts, 'yaml', listSchema(indicators), before)).toBe(before.replace('甲', '乙'));
});

test('表单自己加的字段从不写进文件', () => {
  const form = { ...parseEntry(source, 'mdx', articles.schema), _slug: 'x' };
  expect(form).toHaveProperty('_labels', { kind: '农时' });
  expect(stringifyEntry(form, 'mdx', articles.schema)).not.toMatch(/_slug|_labels|body:/);
});

test('文件开头只读 --- 之间的普通 YAML', () => {
  for (const bad of ['---js\nmodule.exports={}\n---\n', '正文', '---\ntitle: [\n---\n', '---\n- 甲\n---\n'])
    expect(() => readFileParts(bad, 'mdx'), bad).toThrow(/文件开头/);
});

test('编辑打进去的任何文字，读回来都一样', () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
        .map((text) => text.replace(/\s+/g, ' ').trim()),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      (title, body) => {
        fc.pre(title !== '');
        const parts = { data: { ...readFileParts(source, 'mdx').data, title }, body };
        for (const before of [undefined, source]) {
          const entry = readEntry(
            articles.schema,
            'x.mdx',
            writeFile(parts, 'mdx', articles.schema, before),
            'mdx',
          );
          expect(entry.problems).toEqual([]);
          expect(entry.data?.title).toBe(title);
          expect(entry.body.trim()).toBe(body.replace(/\r\n?/g, '\n').trim());
        }
      },
    ),
  );
});

test.each([
  ['a: &a [1]\nb: [*a, *a]\n', '不能使用 & 和 * 引用，请直接写出内容'],
  ['title: 甲\ntitle: 乙\n', '同一个字段写了两次，请删去一个'],
  [Array.from({ length: 20_000 }, (_, at) => `k${at}: 1\n`).join(''), '字段太多'],
  [`a: {${Array.from({ length: 5_000 }, (_, at) => `k${at}: 1`).join(', ')}}\n`, '字段太多'],
  [Array.from({ length: 150_000 }, (_, at) => `k${at}: 1\n`).join(''), '太长，请检查是否混入了正文'],
])('不能当文件开头的不收，并说明原因', (yaml, why) => {
  expect(() => readFileParts(`---\n${yaml}---\n正文`, 'mdx')).toThrow(why);
});

test('用了锚点的文件可以改成不用锚点再保存', () => {
  const before = '---\ntitle: &t 甲\nsummary: *t\n---\n\n正文\n';
  const after = writeFile(
    { data: { title: '甲', summary: '乙' }, body: '正文' },
    'mdx',
    articles.schema,
    before,
  );
  expect(after).toBe('---\ntitle: 甲\nsummary: 乙\n---\n\n正文\n');
});

test('字段名和 JavaScript 对象自带的一样，也照样比较、保存', () => {
  const odd = source.replace(
    'kind: season',
    'kind: season\ntoString: { valueOf: 1, constructor: a, hasOwnProperty: 2 }',
  );
  const { data, body } = readFileParts(odd, 'mdx');
  expect(writeFile({ data, body }, 'mdx', articles.schema, odd)).toBe(odd);
});

test('退回的一稿，列表里写着为什么；筛选和分组只认「退回」', () => {
  const labelsOf = (returned?: string) =>
    parseEntry(
      listedText({ path: 'content/articles/a.mdx', stage: 'draft', returned, data: { title: '甲' } }),
      'mdx',
      articles.schema,
    )._labels;
  expect(labelsOf()).toEqual({ _stage: '草稿', _standing: '草稿' });
  expect(labelsOf('来源\n要补上')).toEqual({ _stage: '退回', _standing: '退回：来源 要补上' });
  expect(labelsOf('字'.repeat(100))).toMatchObject({ _standing: `退回：${'字'.repeat(40)}…` });
});
