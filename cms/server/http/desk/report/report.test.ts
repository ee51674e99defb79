import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeInventedCounty, YEAR } from '../../../../../tests/fixtures/invented-county.ts';
import { openContent } from '../../../../../src/store/index.ts';
import type { Person } from '../../../../protocol/roles.ts';
import type { Signed } from '../../access.ts';
import { exportsPage } from '../exports.ts';
import { reportPage } from './index.ts';
import type { AuditEvent } from '../../../stores/audit.ts';
import { openReports, type Reports } from '../../../services/reports/index.ts';

const root = mkdtempSync(join(tmpdir(), 'reports-'));
const folder = join(root, 'content');
const zhang: Person = { id: 'zhang', name: '张三', login: 'zhang', role: 'author' };
const li: Person = { id: 'li', name: '李四', login: 'li', role: 'author' };

let reports: Reports;
let app: Hono<Signed>;
let who = zhang;
let at = new Date('2032-01-03T02:00:00Z');
const written: AuditEvent[] = [];

beforeAll(() => {
  writeInventedCounty({ folder });
  const content = openContent({ contentDir: folder, cacheDir: join(root, 'cache') });
  reports = openReports({ folder: join(root, 'reports'), content, now: () => at });
  app = new Hono<Signed>({ strict: false });
  app.use(async (context, next) => {
    context.set('person', who);
    context.set('content', content);
    await next();
  });
  const audit = { write: (event: AuditEvent) => void written.push(event) } as never;
  app.route('/admin/desk/report', reportPage({ reports, audit }));
  app.route('/admin/desk/exports', exportsPage({ reports, audit }));
});
afterAll(async () => {
  await reports.close();
  rmSync(root, { recursive: true, force: true });
});

const get = (path: string) => app.request(`http://a/admin/desk/${path}`);
const post = (path: string, fields: Record<string, string> = {}) =>
  app.request(`http://a/admin/desk/${path}`, { method: 'POST', body: new URLSearchParams(fields) });
const make = async (year: number) => {
  const answer = await post('report', { year: String(year) });
  await reports.settled();
  return answer;
};

test('按一下生成草稿：看得到进度，好了在列表里，写明什么时候、谁', async () => {
  expect(await (await get('report/')).text()).toContain('还没有草稿');
  const answer = await post('report', { year: String(YEAR) });
  expect(answer.status).toBe(303);
  const during = await (await get('report/')).text();
  expect(during).toContain('正在生成2031年的草稿');
  expect(during).toMatch(/<progress max="1" value="0\.\d+"/);
  expect(during).toContain('http-equiv="refresh"');
  expect((await post('report', { year: String(YEAR) })).status).toBe(422);
  await reports.settled();
  const after = await (await get('report/')).text();
  expect(after).not.toContain('http-equiv="refresh"');
  expect(after).toContain('张三');
  expect(after).toContain('2032年1月3日');
  expect(written.map(({ action, target }) => `${action} ${target}`)).toEqual(['export 2031年工作汇报']);
});

test('草稿可以看，可以下载 Word、Markdown 和一页摘要', async () => {
  const [draft] = reports.list();
  const page = await (await get(`report/draft/${draft?.id}/`)).text();
  expect(page).toContain('青石县科学技术协会2031年工作汇报');
  expect(page).toContain('培训5077人');
  expect(page).toContain('<mark>【待填】</mark>');
  expect(page).toContain('href="https://qingshi.example/events/chunxun/"');
  expect(draft?.files).toEqual([
    '青石县科协2031年工作汇报.docx',
    '青石县科协2031年工作汇报.md',
    '青石县科协2031年工作汇报摘要.docx',
    '青石县科协2031年工作汇报摘要.md',
  ]);
  for (const name of draft?.files ?? []) {
    const file = await get(`report/draft/${draft?.id}/file/${encodeURIComponent(name)}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent(name));
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(500);
  }
});

test('同一年的第二稿说明变了什么：数字由多少改为多少，多了哪条记录', async () => {
  const file = join(folder, 'events/chunxun.mdx');
  writeFileSync(file, readFileSync(file, 'utf8').replace('5077', '5088'));
  const congress = readFileSync(join(folder, 'events/congress.mdx'), 'utf8');
  writeFileSync(
    join(folder, 'events/xinzeng.mdx'),
    congress.replaceAll('congress', 'xinzeng').replace('第八次代表大会', '青年论坛'),
  );
  at = new Date('2032-01-09T02:00:00Z');
  await make(YEAR);
  const [draft] = reports.list();
  const page = await (await get(`report/draft/${draft?.id}/`)).text();
  expect(page).toContain('与上一稿相比');
  expect(page).toContain('由5077人改为5088人');
  expect(page).toContain('新增记录：《青石县科学技术协会青年论坛》');
  expect(reports.list().map(({ at: when }) => when.slice(0, 10))).toEqual(['2032-01-09', '2032-01-03']);
});

test('提纲写坏了，说明哪一行、怎样改，不留下半份草稿', async () => {
  const file = join(folder, 'data/report.yaml');
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, good.replace('{年份}', '{年分}'));
  const before = reports.list().length;
  await make(YEAR);
  const page = await (await get('report/')).text();
  expect(page).toContain('工作汇报的提纲有错误');
  expect(page).toMatch(/content\/data\/report\.yaml 第 \d+ 行/);
  expect(page).toContain('是不是 {年份}？');
  expect(reports.list()).toHaveLength(before);
  writeFileSync(file, good);
});

test('没有记录的年份给一份短的；不是年份的不收', async () => {
  await make(1999);
  const [draft] = reports.list();
  expect(await (await get(`report/draft/${draft?.id}/`)).text()).toContain('还没有1999年的记录');
  for (const year of ['', '二〇二二', '22', '99999', '../2022'])
    expect((await post('report', { year })).status, year).toBe(422);
});

test('只能拿草稿里有的文件；编造的编号、路径什么也拿不到', async () => {
  const [draft] = reports.list();
  mkdirSync(join(root, 'reports/2031/x'), { recursive: true });
  for (const path of [
    `report/draft/${draft?.id}/file/draft.json`,
    `report/draft/${draft?.id}/file/${encodeURIComponent('../draft.json')}`,
    'report/draft/x/',
    `report/draft/${encodeURIComponent('../..')}/`,
  ])
    expect((await get(path)).status, path).toBe(404);
});

test('自己的草稿自己能删；别人的要「发布」以上的人', async () => {
  const [draft] = reports.list();
  who = li;
  expect((await post(`report/draft/${draft?.id}/remove`)).status).toBe(422);
  expect(reports.read(draft?.id ?? '')).toBeDefined();
  who = { ...li, role: 'publisher' };
  expect((await post(`report/draft/${draft?.id}/remove`)).status).toBe(303);
  expect(reports.read(draft?.id ?? '')).toBeUndefined();
  who = zhang;
});

test('服务器重新启动，草稿都在', () => {
  const content = openContent({ contentDir: folder, cacheDir: join(root, 'cache') });
  const again = openReports({ folder: join(root, 'reports'), content, now: () => at });
  expect(again.list()).toEqual(reports.list());
  expect(again.list().length).toBe(2);
});

test('填报和导出：列出这一年的表格，点了才做，下载的名字是中文', async () => {
  const page = await (await get('exports/')).text();
  expect(page).toContain('青石县2031年科普统计.xlsx');
  const name = '青石县2031年荣誉一览.xlsx';
  const file = await get(`exports/file/2031/${encodeURIComponent(name)}`);
  expect(file.status).toBe(200);
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  expect((await get('exports/file/2031/x.xlsx')).status).toBe(404);
  expect((await get('exports/file/20x1/x.xlsx')).status).toBe(404);
});
