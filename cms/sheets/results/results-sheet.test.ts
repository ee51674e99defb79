import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, test } from 'vitest';
import { readEntry } from '../../../src/model/entry.ts';
import { caravan } from '../../../src/types/caravan.ts';
import { events } from '../../../src/types/events.ts';
import { readFileParts } from '../../documents/format.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import type { Indicator } from '../../results/figure.ts';
import { csv } from '../csv.ts';
import { readTableOf } from '../reading.ts';
import { resultsColumns, resultsSpec } from './columns.ts';
import { planResults } from './importing.ts';
import { resultsRows, resultsXlsx } from './writing.ts';

const DICTIONARY: Indicator[] = [
  {
    id: 'handouts',
    name: '发放科普资料',
    unit: 'copy',
    nature: 'flow',
    headline: false,
    summable: true,
    kinds: ['fair'],
  },
  {
    id: 'tickets',
    name: '发放参观门票',
    unit: 'ticket',
    nature: 'flow',
    headline: false,
    summable: true,
    kinds: ['tour'],
  },
  {
    id: 'people-trained',
    name: '培训人数',
    unit: 'person',
    nature: 'flow',
    headline: false,
    summable: true,
    kinds: ['training'],
  },
];
const COLUMNS = resultsColumns(DICTIONARY, false);

const JISHI = `---
title: 石桥集市   # 老标题
kind: fair
summary: 一句话。
uid: jishi@kx
start: 2026-10-24T08:00
state: confirmed
place: 东街
open: public
published: 2026-10-09
---

正文。
`;
const PEIXUN = `---
title: 培训
kind: training
summary: 一句话。
uid: peixun@kx
start: 2026-10-25
state: completed
place: 文化站
open: public
results:
  - { indicator: people-trained, value: 45, method: measured, evidence: 签到表 }
  - { indicator: tickets, value: 10, item: 博物馆 }
  - { indicator: tickets, value: 20, item: 科技馆 }
  - { indicator: handouts, value: 650, approximate: true }
published: 2026-10-09
---
`;
const ZHAN = `---
title: 大篷车到第一小学
uid: zhan@kx
start: 2026-11-01T09:00
state: completed
school: di-yi
township: seat
vehicle: che-1
exhibitSet: light
open: closed
published: 2026-10-01
---
`;
const stored = (path: string, text: string): StoredFile => ({
  path,
  text,
  version: `v ${path}`,
  stage: 'published',
});
const FILES = [
  stored('content/events/jishi.mdx', JISHI),
  stored('content/events/peixun.mdx', PEIXUN),
  stored('content/caravan/zhan.mdx', ZHAN),
];

const planOf = async (bytes: Uint8Array) =>
  planResults(await readTableOf(bytes, resultsSpec(COLUMNS)), {
    files: FILES,
    dictionary: DICTIONARY,
    now: '2026-11-23T10:00',
    makeUid: () => 'made',
    inspect: (path, text) => {
      const type = path.includes('/caravan/') ? caravan : events;
      return readEntry(type.schema, path, text, 'mdx').problems;
    },
  });
const plan = (rows: (string | number | undefined)[][]) => planOf(Buffer.from(csv(rows)));
const told = (row: Awaited<ReturnType<typeof plan>>[number] | undefined) =>
  row?.problems.map(({ severity, field = '', message }) => `${severity} ${field}${message}`) ?? [];

describe('模板', () => {
  test('活动已经填好，数是数，约数写「约」；分几笔的、没有的空着；原样导入什么也不变', async () => {
    const rows = resultsRows(FILES, COLUMNS);
    expect(rows.map((row) => [row[0], row[2], ...row.slice(6, 9), row.at(-1)])).toEqual([
      ['标题', '种类', '发放科普资料（份）', '发放参观门票（张）', '培训人数（人）', '日历编号'],
      ['石桥集市', '科普集市', undefined, undefined, undefined, 'jishi@kx'],
      ['培训', '培训', '约650', undefined, 45, 'peixun@kx'],
      ['大篷车到第一小学', '大篷车站次', undefined, undefined, undefined, 'zhan@kx'],
    ]);
    const planned = await planOf(await resultsXlsx(rows, COLUMNS));
    expect(planned.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(planned.flatMap(told)).toEqual([]);
  });

  test('第二张表说明每一列怎样填', async () => {
    const bytes = await resultsXlsx(resultsRows([], COLUMNS), COLUMNS);
    const { default: readXlsxFile } = await import('read-excel-file/node');
    const guide = (await readXlsxFile(bytes)).find(({ sheet }) => sheet === '填表说明');
    expect(guide?.data.map(([label]) => label)).toEqual(
      expect.arrayContaining(['培训人数（人）', '日历编号', '依据']),
    );
  });
});

describe('导入', () => {
  test('填了数就是完成；只动这几处，空着的格子什么也不改', async () => {
    const [jishi, peixun] = await plan([
      ['标题', '发放科普资料', '培训人数（人）', '得数方法', '依据', '日历编号'],
      ['石桥集市', '约1,800', '', '估计', '登记表', 'jishi@kx'],
      ['培训', '', 48, '', '', 'peixun@kx'],
    ]);
    expect(jishi).toMatchObject({ kind: 'changed', isGuess: false, problems: [] });
    expect(jishi?.changes).toEqual([
      { label: '状态', from: '确认', to: '完成' },
      { label: '发放科普资料（份）', from: '', to: '约1800（估计，登记表）' },
    ]);
    expect(jishi?.text).toContain('title: 石桥集市   # 老标题\n');
    expect(peixun?.changes).toEqual([
      { label: '培训人数（人）', from: '45（实测，签到表）', to: '48（实测，签到表）' },
    ]);
    expect(peixun?.text).toBe(PEIXUN.replace('value: 45', 'value: 48'));
  });

  test('没有编号的，按标题和日期认；认不出又写全了的是新活动', async () => {
    const [known, fresh, short] = await plan([
      ['标题', '开始', '种类', '地点', '培训人数', '日历编号'],
      ['石桥集市', '2026/10/24', '', '', '', ''],
      ['果园冬剪', '2026年11月20日', '培训', '果园', 30, ''],
      ['没写全', '2026/11/21', '', '', 5, ''],
    ]);
    expect(known).toMatchObject({ kind: 'unchanged', isGuess: true });
    expect(fresh).toMatchObject({ kind: 'new', path: 'content/events/2026-11-20-guoyuan-dong-jian.mdx' });
    expect(readFileParts(fresh?.text ?? '', 'mdx').data).toMatchObject({
      title: '果园冬剪',
      kind: 'training',
      state: 'completed',
      place: '果园',
      uid: 'made',
      results: [{ indicator: 'people-trained', value: 30 }],
    });
    expect(told(fresh)).toEqual([expect.stringMatching(/^warning 「摘要」不能为空（可以先存成草稿/)]);
    expect(short?.kind).toBe('error');
    expect(told(short).join('\n')).toMatch(/「种类」没有认出是哪个活动[\s\S]*「地点」没有认出/);
  });

  test('填错的逐格说明，别的行照样', async () => {
    const rows = await plan([
      [
        '标题',
        '种类',
        '开始',
        '地点',
        '状态',
        '发放科普资料',
        '培训人数',
        '发放参观门票',
        '得数方法',
        '日历编号',
      ],
      ['', '', '', '', '', '很多', '', '', '', 'jishi@kx'],
      ['', '', '', '', '', '-5', '3639人次', '', '', 'jishi@kx'],
      ['', '', '', '', '', '', '', 40, '大概', 'peixun@kx'],
      ['', '', '', '', '', '', '', '', '', 'mei-you@kx'],
      ['串了行', '', '', '', '', '', '', '', '', 'zhan@kx'],
      ['到第二小学', '大篷车站次', '2026-11-02', '第二小学', '办好了', '', '', '', '', ''],
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual(['error', 'error', 'error', 'error', 'unchanged', 'error']);
    expect(told(rows[0])).toContainEqual(expect.stringContaining('「发放科普资料（份）」「很多」不是数字'));
    expect(told(rows[1])).toEqual([
      expect.stringContaining('和第 2 行是同一个活动'),
      expect.stringContaining('「发放科普资料（份）」不能是负数'),
      expect.stringContaining('「培训人数（人）」写的是「人次」'),
    ]);
    expect(told(rows[2]).join('\n')).toMatch(/「得数方法」只能写[\s\S]*分几笔记的（博物馆、科技馆）/);
    expect(told(rows[3])[0]).toContain('没有日历编号是「mei-you@kx」的活动');
    expect(told(rows[4])).toEqual([expect.stringContaining('请看是不是串了行')]);
    expect(told(rows[5]).join('\n')).toMatch(/大篷车站次要用「日程表格」新建[\s\S]*没有「办好了」/);
  });

  test('不认识的列说出来，同一列两次拒绝', async () => {
    const table = await readTableOf(
      Buffer.from(
        csv([
          ['标题', '日历编号', '天气'],
          ['石桥集市', 'jishi@kx', '晴'],
        ]),
      ),
      resultsSpec(COLUMNS),
    );
    expect(table.unknown).toEqual(['天气']);
    await expect(
      plan([
        ['标题', '培训人数', '培训人数（人）'],
        ['', 1, 2],
      ]),
    ).rejects.toThrow('有两个');
    await expect(
      plan([
        ['甲', '乙'],
        ['', 1],
      ]),
    ).rejects.toThrow('没有找到列名');
  });

  test('Excel 的日期和数照样认', async () => {
    const bytes = await writeXlsxFile([
      {
        sheet: '说明',
        data: [[{ value: '先看这里', type: String }]],
      },
      {
        sheet: '成果',
        data: [
          ['标题', '开始', '培训人数（人）'].map((value) => ({ value, type: String })),
          [
            { value: '培训', type: String },
            { value: new Date('2026-10-25T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
            { value: 50, type: Number },
          ],
        ],
      },
    ]).toBuffer();
    const [row] = await planOf(bytes);
    expect(row).toMatchObject({ kind: 'changed', isGuess: true, path: 'content/events/peixun.mdx' });
  });
});
