import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStatus } from '../status.ts';
import type { ClockGuard } from './clock-guard.ts';
import { openHealth } from './health.ts';

test('没有备份过、备份旧了、备份失败、工作失败，都说出来；好了就不说', () => {
  let now = new Date('2026-11-20T01:00:00Z');
  const status = openStatus(mkdtempSync(join(tmpdir(), 'health-')), () => now);
  const { troubles, jobs } = openHealth({
    status,
    clockGuard: {} as ClockGuard,
    daily: [{ name: 'purge', label: '删除到期的来校申请' }],
    damaged: () => [],
    now: () => now,
  });
  const told = () => troubles().map(({ message }) => message);
  expect(told()).toEqual([expect.stringMatching(/还没有备份过.*docs\/operate.md/)]);
  status.record('backup', { ok: true, message: '备份在 /mnt' });
  expect(told()).toEqual([]);
  now = new Date('2026-11-22T01:00:00Z');
  expect(told()).toEqual([]);
  status.record('backup', { ok: false, message: '没有备份：数据库 portal.db 有损坏。' });
  expect(told()).toEqual(['没有备份：数据库 portal.db 有损坏。']);
  now = new Date('2026-11-24T01:00:00Z');
  status.record('purge', { ok: false });
  expect(told()).toEqual([
    '没有备份：数据库 portal.db 有损坏。',
    '「删除到期的来校申请」没有做成。',
    expect.stringMatching(/最近一次好的备份已经是 4 天以前的了.*npm run backup/),
  ]);
  expect(jobs().map(({ label, ok }) => [label, ok])).toEqual([
    ['备份', false],
    ['删除到期的来校申请', false],
  ]);
  status.record('backup', { ok: true });
  status.record('purge', { ok: true });
  expect(told()).toEqual([]);
});
