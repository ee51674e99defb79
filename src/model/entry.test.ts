import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { articles } from '../types/articles.ts';
import { events } from '../types/events.ts';
import { types } from '../types/index.ts';
import { readEntry } from './entry.ts';
import { choice, date, group, line, list, optional, reference } from './fields.ts';
import { formatProblem, nearest } from './problems.ts';
import { labelOfPath, referencesIn } from './schema.ts';
import { FEW_RUNS } from '../../tests/support/random.ts';

const schema = z.strictObject({
  title: line({ label: '标题', max: 10 }),
  kind: choice({ label: '种类', options: { a: '甲', b: '乙' } }),
  when: optional(date({ label: '日期' })),
  base: optional(reference({ label: '基地', to: 'bases' })),
  sources: list(group({ name: line({ label: '题名' }) }, { label: '来源' }), { label: '资料来源' }),
});

const read = (source: string) => readEntry(schema, 'content/x/a.mdx', source, 'mdx');
const messages = (source: string) => read(source).problems.map(formatProblem);

describe('读一条内容', () => {
  test('字段、正文和正文起始行', () => {
    const entry = read('---\ntitle: 青贮\nkind: a\n---\n\n正文\n');
    expect(entry.data).toEqual({ title: '青贮', kind: 'a', sources: [] });
    expect(entry.body).toBe('\n正文\n');
    expect(entry.bodyLine).toBe(5);
  });

  test('BOM 和 Windows 换行照常读', () => {
    const entry = read('\uFEFF---\r\ntitle: 青贮\r\nkind: a\r\n---\r\n正文');
    expect(entry.data?.title).toBe('青贮');
    expect(entry.body).toBe('正文');
  });

  test('日期是文字，不会变成别的时区的时刻', () => {
    expect(read('---\ntitle: 青贮\nkind: a\nwhen: 2026-09-01\n---\n').data?.when).toBe('2026-09-01');
  });

  test('表单留下的空值等于没有填', () => {
    expect(read("---\ntitle: 青贮\nkind: a\nwhen: ''\nbase: null\n---\n").data).toEqual({
      title: '青贮',
      kind: 'a',
      sources: [],
    });
  });
});

describe('写错时说明文件、行、字段和怎么改', () => {
  test('太长', () => {
    expect(messages('---\nkind: a\ntitle: 一二三四五六七八九十一\n---\n')).toEqual([
      'content/x/a.mdx 第 3 行 「标题」超过 10 个字（现有 11 个字），请缩短',
    ]);
  });
  test('「#」后面的字会丢，标题也还在', () => {
    const { data, problems } = read('---\ntitle: 第1步 #备料\nkind: a # 种类，这是注释\n---\n');
    expect(data?.title).toBe('第1步');
    expect(problems.map(formatProblem)).toEqual([
      expect.stringContaining('content/x/a.mdx 第 2 行 「#备料」会丢掉'),
    ]);
    // It may be a remark, or the end of the title.
    expect(read('---\ntitle: 第1步 # 备料\nkind: a # 种类，这是注释\n---\n').problems).toMatchObject([
      { severity: 'warning', line: 2, message: expect.stringContaining('「# 备料」是注释，不会显示') },
    ]);
    expect(messages('---\ntitle: 第1步   # 老标题\nkind: a\n---\n')).toEqual([]);
    expect(messages("---\ntitle: '第1步 #备料'\nkind: a\n---\n")).toEqual([]);
    expect(messages('---\n# 说明\ntitle: C#入门\nkind: a\n---\n# 正文')).toEqual([]);
  });
  test('缺少', () => {
    expect(messages('---\nkind: a\n---\n')).toEqual(['content/x/a.mdx 第 1 行 「标题」不能为空']);
  });
  test('选项写成列表或一组字段，连 toString 也写了，都只是一条错误', () => {
    for (const kind of ['[a]', '{ toString: x }', '{ x: { toString: null } }', '[{ toString: x }]'])
      expect(messages(`---\ntitle: 青贮\nkind: ${kind}\n---\n`)).toEqual([
        expect.stringMatching(
          /^content\/x\/a\.mdx 第 3 行 「种类」这里只写一项，不是(列表|一组字段)；可以写：/,
        ),
      ]);
  });
  test('选项写错', () => {
    expect(messages('---\ntitle: 甲\nkind: c\n---\n')).toEqual([
      'content/x/a.mdx 第 3 行 「种类」没有「c」这一项；可以写：a（甲）、b（乙）',
    ]);
  });
  test('字段名拼错时给出最接近的', () => {
    expect(messages('---\ntitle: 甲\nkind: a\nwhem: 2026-09-01\n---\n')).toEqual([
      'content/x/a.mdx 第 4 行 「whem」没有这个字段。是不是「when」（日期）？',
    ]);
  });
  test('字段名是程序里有的词，也只是没有这个字段', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      expect(messages(`---\ntitle: 甲\nkind: a\n${name}: {title: 乙}\n---\n`)).toEqual([
        expect.stringMatching(new RegExp(`第 4 行 「${name}」没有这个字段`)),
      ]);
  });
  test('许多不认识的字段只列出二十个', () => {
    const fields = Array.from({ length: 500 }, (_, index) => `k${index}: 1`).join('\n');
    const told = messages(`---\ntitle: 甲\nkind: a\n${fields}\n---\n`);
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toBe(
      'content/x/a.mdx 第 24 行 还有 480 个不认识的字段没有列出，请检查是否混入了正文',
    );
  });
  test.each([
    ['方括号', '['.repeat(50_000)],
    ['成对的方括号', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['短横', `\n  ${'- '.repeat(50_000)}`],
  ])('一万层%s', (_name, value) => {
    expect(messages(`---\ntitle: 甲\nwhen: ${value}\n---\n`).join()).toContain('套得太深');
  });
  test('列表里的第几项', () => {
    expect(messages('---\ntitle: 甲\nkind: a\nsources:\n  - name: 书\n  - nam: 文\n---\n').join()).toContain(
      '「资料来源」第 2 项「题名」不能为空',
    );
  });
  test('没有这一天', () => {
    expect(messages('---\ntitle: 甲\nkind: a\nwhen: 2026-02-30\n---\n')).toEqual([
      'content/x/a.mdx 第 4 行 「日期」没有这一天，请检查月份和日期',
    ]);
  });
  test('同一个字段写了两次', () => {
    expect(messages('---\ntitle: 甲\nkind: a\ntitle: 乙\n---\n')).toEqual([
      'content/x/a.mdx 第 4 行 同一个字段写了两次，请删去一个',
    ]);
  });
  test('两万个字段的文件和写了两次的字段都读得完', () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(messages(`---\ntitle: 甲\nkind: a\n${fields}\n---\n`)).toEqual([
      'content/x/a.mdx 第 1002 行 字段太多，超过了 1000 个，请检查是否混入了正文',
    ]);
    expect(messages(`---\ntitle: 甲\nsources: [{ name: 书, name: 文 }]\nkind: a\n---\n`)).toEqual([
      'content/x/a.mdx 第 3 行 同一个字段写了两次，请删去一个',
    ]);
  });
  test.each([
    ['---js\ntitle: 1\n---\n', '第一行只能是「---」'],
    ['标题：青贮\n', '要以「---」开头'],
    ['---\ntitle: 甲\n', '没有找到结束的「---」'],
    ['---\na: &a [1]\nb: *a\n---\n', '不能使用 & 和 * 引用'],
  ])('文件开头不对，说明怎么不对：%j', (source, message) => {
    expect(messages(source).join()).toContain(message);
  });
});

test('任何文字都读得完，读不懂就有问题可看', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      '---',
      '---\n',
      '\n',
      'title: ',
      'kind: a\n',
      '- ',
      '  ',
      '"',
      '{',
      '[',
      '&a',
      '*a',
      '!!js/function',
      '? ',
      ': ',
      '|\n',
      '#',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      for (const source of [pieces.join(''), `---\n${pieces.join('')}\n---\n正文`])
        for (const type of types) {
          const entry = readEntry(type.schema, 'a.mdx', source, type.format);
          expect(entry.data === undefined).toBe(entry.problems.length > 0);
        }
    }),
    { numRuns: FEW_RUNS },
  );
});

test('辟谣要有流言、结论和依据', () => {
  const source =
    '---\ntitle: 谣\nkind: rumour\nsummary: 摘要\ntopic: food\nauthor: 科协\npublished: 2026-01-01\n---\n';
  const found = readEntry(articles.schema, 'a.mdx', source, 'mdx').problems.map((problem) => problem.field);
  expect(found).toEqual(['「流言」', '「结论」', '「依据」']);
});

test('改期要有原因；原定时间由发布时填', () => {
  const source =
    '---\ntitle: 讲座\nkind: lecture\nsummary: 摘要\nuid: a@b\nstart: 2026-09-01T09:00\nend: 2026-09-01T08:00\nstate: rescheduled\nplace: 礼堂\nopen: public\npublished: 2026-01-01\n---\n';
  const found = readEntry(events.schema, 'a.mdx', source, 'mdx').problems.map((problem) => problem.field);
  expect(found).toEqual(['「结束」', '「变更原因」']);
});

test('每一种内容的每个字段都有中文名称', () => {
  const nameless: string[] = [];
  const walk = (fields: Record<string, z.ZodType>, path: string) => {
    for (const [key, field] of Object.entries(fields))
      if (!/[\u4e00-\u9fff]/.test(labelOfPath(z.object(fields), [key])))
        nameless.push(`${path}.${key}:${String(field)}`);
  };
  for (const type of types) walk(type.schema.shape as unknown as Record<string, z.ZodType>, type.name);
  expect(nameless).toEqual([]);
});

test('引用连同所在位置都找得到', () => {
  const data = { title: '甲', kind: 'a', base: 'bee-base', sources: [] };
  expect([...referencesIn(schema, data)]).toEqual([{ path: ['base'], to: 'bases', slug: 'bee-base' }]);
});

test('最接近的词；差得太远就不猜', () => {
  expect(nearest('captoin', ['src', 'alt', 'caption'])).toBe('caption');
  expect(nearest('xyz', ['caption'])).toBeUndefined();
});
