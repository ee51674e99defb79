import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../src/store/index.ts';
import { AUDIT_ACTIONS, type Audit, openAudit } from './audit.ts';
import { openDatabase } from './database.ts';
import { auditPage } from '../http/desk/audit.ts';
import type { Person } from '../../protocol/roles.ts';
import type { Signed } from '../http/access.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const li: Person = { id: '1', name: '李编辑', login: 'li', role: 'author' };
const wang: Person = { id: '2', name: '王主任', login: 'wang', role: 'administrator' };

let round = 0;
let database: ReturnType<typeof openDatabase>;
let audit: Audit;
let time: number;

beforeEach(() => {
  database = openDatabase(join(folder, `${round++}.db`));
  time = Date.parse('2026-11-23T08:00:00Z');
  audit = openAudit(database, { now: () => time });
});

test('操作记录只能添加和查看，不能改、不能删、不能顶替', () => {
  audit.write({ person: li, action: 'save', target: 'content/articles/silage.mdx' });
  const attempts = [
    "UPDATE audit SET name = '别人'",
    'DELETE FROM audit',
    "INSERT OR REPLACE INTO audit VALUES (1, '', '', '', '', '', '', '', '')",
    "REPLACE INTO audit VALUES (1, '', '', '', '', '', '', '', '')",
    "INSERT INTO audit VALUES (1, '', '', '', '', '', '', '', '') ON CONFLICT (id) DO UPDATE SET name = '别人'",
  ];
  for (const attempt of attempts) expect(() => database.exec(attempt), attempt).toThrow(/cannot be changed/);
  expect(audit.list()).toMatchObject([
    { at: '2026-11-23T08:00:00.000Z', name: '李编辑', login: 'li', action: 'save' },
  ]);
  expect(openAudit(database).count()).toBe(1);
});

test('按人、操作和县里的日期查找，新的在前', () => {
  // 00:30 on the 24th in the county, still the 23rd in UTC.
  for (const at of ['2026-11-23T08:00:00Z', '2026-11-23T16:30:00Z', '2026-11-24T16:30:00Z']) {
    time = Date.parse(at);
    audit.write({ person: li, action: 'save', target: at });
    audit.write({ person: wang, action: 'publish', target: at });
  }
  expect(audit.list({ login: 'li' }).map(({ target }) => target)).toEqual([
    '2026-11-24T16:30:00Z',
    '2026-11-23T16:30:00Z',
    '2026-11-23T08:00:00Z',
  ]);
  expect(audit.count({ action: 'publish' })).toBe(3);
  expect(audit.count({ from: '2026-11-24', to: '2026-11-24' })).toBe(2);
  expect(audit.count({ to: '2026-11-23' })).toBe(2);
  expect(audit.list({ limit: 2, offset: 4 }).map(({ login }) => login)).toEqual(['wang', 'li']);
  expect(audit.logins()).toEqual(['li', 'wang']);
});

const desk = () => {
  const app = new Hono<Signed>();
  app.use((context, next) => {
    context.set('content', openContent());
    context.set('person', wang);
    return next();
  });
  return app.route('/admin/desk/audit', auditPage(audit));
};

test('陌生人十五分钟里反复做的只有一条，记着次数；换地址换名字也只多几十条，同事的一条不少', () => {
  const attempt = (target: string, address: string) =>
    audit.tally({ action: 'login-failed', target, address });
  for (let second = 0; second < 600; second++) {
    time += 1000;
    attempt('wang', '192.0.2.1');
  }
  audit.write({ person: li, action: 'save', target: '一条' });
  audit.write({ person: li, action: 'save', target: '一条' });
  expect(audit.count({ action: 'login-failed' })).toBe(1);
  const [row] = audit.list({ action: 'login-failed' });
  expect(row).toMatchObject({
    times: 600,
    at: '2026-11-23T08:00:01.000Z',
    lastAt: '2026-11-23T08:10:00.000Z',
  });
  expect(audit.count({ login: 'li' })).toBe(2);

  time += 15 * 60_000;
  attempt('wang', '192.0.2.1');
  expect(audit.count({ action: 'login-failed' })).toBe(2);
  for (let index = 0; index < 5000; index++) attempt(`name${index}`, `2001:db8::${index.toString(16)}`);
  expect(audit.count({ action: 'login-failed' })).toBeLessThan(50);
  expect(audit.timesSince('login-failed', time - 60_000)).toBe(5001);
  for (const attack of ['UPDATE auditRepeats SET times = 1', 'DELETE FROM auditRepeats'])
    expect(() => database.exec(attack), attack).toThrow(/cannot be changed/);
});

test('页面把记下的内容按文字显示，可以筛选、翻页', async () => {
  audit.write({ person: li, action: 'save', target: '<script>alert(1)</script>', detail: '"><img src=x>' });
  for (let index = 0; index < 120; index++)
    audit.write({ person: wang, action: 'publish', target: `发布${index}` });
  const first = await (await desk().request('/admin/desk/audit')).text();
  expect(first).toContain('第 1 页，共 3 页（121 条）');
  expect(first).not.toContain('发布69');
  const last = await (await desk().request('/admin/desk/audit?page=99')).text();
  expect(last).toContain('&lt;script&gt;alert(1)');
  expect(last).not.toMatch(/<script|<img/);
  const saves = await (await desk().request('/admin/desk/audit?login=li&action=save')).text();
  expect(saves.match(/<tr>/g)).toHaveLength(2);
  const odd = await desk().request('/admin/desk/audit?from=2026-99-99&action=constructor&page=-1');
  expect(odd.status).toBe(200);
});

test('导出筛选出的全部记录，表格软件打开也安全，导出本身也记一笔', async () => {
  for (let index = 0; index < 60; index++) audit.write({ person: li, action: 'save', target: '=1+1' });
  const response = await desk().request('/admin/desk/audit/export.csv?login=li');
  const text = await response.text();
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect(text.split('\r\n')).toHaveLength(62);
  expect(text).toContain("2026-11-23 16:00:00,李编辑,li,保存,'=1+1");
  expect(audit.list({ limit: 1 })).toMatchObject([{ action: 'export', login: 'wang' }]);
  expect(AUDIT_ACTIONS.export).toBe('导出');
});

test('导出二十万条时，一次只读一小批，中间别的请求都轮得到', async () => {
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
    INSERT INTO audit (at, personId, name, login, action, target, detail, address)
    SELECT '2026-11-23T08:00:00.000Z', '1', '李编辑', 'li', 'save', '第 ' || i || ' 条', '', '' FROM n`);
  const response = await desk().request('/admin/desk/audit/export.csv');
  let turns = 0;
  let isDone = false;
  const others = (async () => {
    while (!isDone) {
      await yieldToEventLoop();
      turns++;
    }
  })();
  let lines = 0;
  let largest = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    largest = Math.max(largest, chunk.length);
    lines += Buffer.from(chunk).toString().split('\r\n').length - 1;
  }
  isDone = true;
  await others;
  expect(lines).toBe(200_001);
  expect(largest).toBeLessThan(100_000);
  expect(turns).toBeGreaterThanOrEqual(200_000 / 500);
  const page = await (await desk().request('/admin/desk/audit')).text();
  expect(page).toMatch(/共 200,001 条，2026-11-23 以来；数据库（连同账号和申请）\d+\.\d MB/);
});
