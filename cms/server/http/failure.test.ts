import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../../tests/support/office.ts';
import { answerFailure } from './failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-failure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

let round = 0;
async function newOffice(): Promise<Office & { file: string }> {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const at = join(folder, String(round++));
  const office = await openOffice(at);
  office.app.onError(answerFailure);
  return { ...office, file: join(at, 'portal.db') };
}

test('别的程序占着数据库时，登录很快说明服务器正忙，过后照常', async () => {
  const office = await newOffice();
  await office.administrator();
  const other = new DatabaseSync(office.file);
  other.exec('BEGIN IMMEDIATE');
  const started = performance.now();
  const page = await office.browser().login('wang');
  expect(performance.now() - started).toBeLessThan(2000);
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('服务器正忙')]);
  const answer = await office.browser().call('POST', 'api/login', { login: 'wang', password: PASSWORD });
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { message: expect.stringContaining('请过一会儿再试') },
  ]);
  other.exec('ROLLBACK');
  other.close();
  expect((await office.browser().login('wang')).status).toBe(303);
});

test('没料到的错误用话说明，不透露错误的内容', async () => {
  const office = await newOffice();
  await office.administrator();
  office.database.exec('ALTER TABLE loginFailures RENAME TO away');
  const page = await office.browser().login('wang');
  const text = await page.text();
  expect([page.status, text]).toEqual([500, expect.stringContaining('服务器出错了')]);
  expect(text).not.toContain('loginFailures');
  expect(console.error).toHaveBeenCalledOnce();
});
