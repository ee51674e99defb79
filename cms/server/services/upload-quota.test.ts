import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import type { StoredMedia } from '../../protocol/media.ts';
import type { Person } from '../../protocol/roles.ts';
import { openUploadQuota, type UploadQuota } from './upload-quota.ts';

const MB = 1024 * 1024;
const li: Person = { id: '1', name: '李编辑', login: 'li', role: 'author' };
const zhao: Person = { ...li, id: '2', login: 'zhao' };

let uploads: StoredMedia[] = [];
let clock = new Date('2026-11-23T01:00:00Z');
let quota: UploadQuota;
beforeEach(() => {
  uploads = [];
  clock = new Date('2026-11-23T01:00:00Z');
  quota = openUploadQuota({
    database: new DatabaseSync(':memory:'),
    limits: () => ({ uploadMbEach: 100, uploadMbAll: 250 }),
    uploads: () => uploads,
    now: () => clock,
  });
});

test('一个人三十天里传满了，说还剩多少、找谁；别人照常，三十天以后又能传', () => {
  quota.refuse(li, 60 * MB);
  quota.record(li, 60 * MB);
  expect(() => quota.refuse(li, 41 * MB)).toThrow(
    /你三十天里最多上传 100 MB，还剩 40 MB.*请管理员在「服务器设置」里放宽/,
  );
  quota.refuse(li, 40 * MB);
  quota.refuse(zhao, 100 * MB);
  clock = new Date('2026-12-23T01:00:01Z');
  quota.refuse(li, 100 * MB);
});

test('全部的放满了谁也传不了，快满时工作台提醒', () => {
  uploads = [{ path: 'uploads/a.mp4', size: 200 * MB }];
  expect(quota.room()).toEqual({ text: '上传的文件共 200 MB，最多 250 MB。', isProblem: false });
  expect(() => quota.refuse(li, 51 * MB)).toThrow(/全部上传的文件最多 250 MB，还剩 50 MB/);
  uploads = [{ path: 'uploads/a.mp4', size: 240 * MB }];
  expect(quota.room()).toMatchObject({ isProblem: true, text: expect.stringContaining('快满了') });
});
