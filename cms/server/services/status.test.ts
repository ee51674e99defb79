import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { hasFailed, openStatus } from './status.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'status-'));

test('记下每项工作上次成功和失败的时间，重开以后还在，只有本机用户能读', () => {
  const data = folder();
  let now = new Date('2026-11-23T01:00:00Z');
  const status = openStatus(data, () => now);
  expect(status.all()).toEqual({});
  status.record('purge', { ok: true });
  now = new Date('2026-11-24T01:00:00Z');
  status.record('purge', { ok: false, message: '磁盘满了' });
  status.record('pack', { ok: true });

  const { purge, pack } = openStatus(data).all();
  expect(purge).toEqual({
    ok: false,
    lastSuccess: '2026-11-23T01:00:00.000Z',
    lastFailure: '2026-11-24T01:00:00.000Z',
    message: '磁盘满了',
  });
  expect([purge, pack].map((job) => job && hasFailed(job))).toEqual([true, false]);
  if (process.platform !== 'win32') expect(statSync(join(data, 'status.json')).mode & 0o777).toBe(0o600);

  now = new Date('2026-11-25T01:00:00Z');
  status.record('purge', { ok: true });
  expect(status.all().purge).toMatchObject({ lastFailure: '2026-11-24T01:00:00.000Z' });
  expect(status.all().purge?.message).toBeUndefined();
});

test.each(['', '{"purge":', '[1]', '{"purge":{"ok":5}}'])('坏掉的文件移到一旁，重新开始：%s', (text) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const data = folder();
  writeFileSync(join(data, 'status.json'), text);
  const status = openStatus(data);
  expect(status.all()).toEqual({});
  expect(readFileSync(join(data, 'status.json.broken'), 'utf8')).toBe(text);
  status.record('pack', { ok: true });
  expect(Object.keys(openStatus(data).all())).toEqual(['pack']);
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
});
