import { expect, test } from 'vitest';
import { explainDisk } from './disk.ts';

const told = (message: string, code?: string) =>
  explainDisk(Object.assign(new Error(message), code ? { code } : {}), {
    folder: '存内容的文件夹',
    consequence: '，没有保存',
    retry: '再保存一次',
  });

test.each([
  ['ENOSPC: no space left on device, write', 'ENOSPC'],
  ['EDQUOT: disk quota exceeded, open', 'EDQUOT'],
  ['git fast-import 没有成功（128）：fatal: write error: No space left on device'],
  ['git fast-import 没有成功（128）：error: unable to write loose object file: Disk quota exceeded'],
  ['git fast-import 没有成功（128）：error: unable to write loose object file'],
  [
    "git update-ref 没有成功（128）：fatal: Unable to create '/d/content.git/x.lock': No space left on device",
  ],
  ['database or disk is full', 'ERR_SQLITE_ERROR'],
])('磁盘满了：%s', (message, code?: string) => {
  expect(told(message, code)).toBe('服务器的磁盘满了，没有保存。请联系管理员清理磁盘，然后再保存一次');
});

test.each([
  ["EROFS: read-only file system, open '/d/x'", 'EROFS'],
  ["EACCES: permission denied, open '/d/x'", 'EACCES'],
  ['attempt to write a readonly database', 'ERR_SQLITE_ERROR'],
  ["git update-ref 没有成功（128）：fatal: Unable to create '/d/x.lock': Read-only file system"],
  ['error: insufficient permission for adding an object to repository database objects'],
])('写不了：%s', (message, code?: string) => {
  expect(told(message, code)).toBe(
    '服务器写不了存内容的文件夹，没有保存。请联系管理员检查文件夹的权限，然后再保存一次',
  );
});

test.each([
  ['disk I/O error', 'ERR_SQLITE_ERROR'],
  ['EIO: i/o error, read', 'EIO'],
  ['fatal: read error: Input/output error'],
])('磁盘坏了：%s', (message, code?: string) => {
  expect(told(message, code)).toMatch(/磁盘读写出错.*检查磁盘.*备份/);
});

test('别的错误不说是磁盘', () => {
  expect(told('fatal: not a valid object name')).toBeUndefined();
  expect(told('database is locked', 'ERR_SQLITE_ERROR')).toBeUndefined();
});
