import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Migration, MIGRATIONS, migrate, readFormat } from './migrations.ts';

let data: string;
const folder = () => ({ data, format: join(data, 'format') });
const read = (name: string) => readFileSync(join(data, name), 'utf8');
const write = (name: string, text: string) => {
  mkdirSync(join(data, name, '..'), { recursive: true });
  writeFileSync(join(data, name), text);
};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'migrations-'));
  write('portal.db', '');
  write('list.json', '[1]');
  write('folder/a.txt', '甲');
});

/** Each appends its number to the list. */
const step = (format: number, more: Partial<Migration> = {}): Migration => ({
  format,
  what: `第 ${format} 步`,
  changes: ['list.json', 'folder', 'new.txt'],
  run: () => write('list.json', JSON.stringify([...JSON.parse(read('list.json')), format])),
  ...more,
});

test('步骤的号码从 1 起一个接一个', () => {
  expect(MIGRATIONS.map(({ format }) => format)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('缺哪几步按顺序做哪几步，记下来，不做第二遍，安全副本不留', async () => {
  const steps = [step(1), step(2), step(3)];
  write('format', '1\n');
  expect(await migrate(folder(), steps)).toEqual(['第 2 步', '第 3 步']);
  expect(JSON.parse(read('list.json'))).toEqual([1, 2, 3]);
  expect(read('format')).toBe('3\n');
  expect(JSON.parse(read('migrations.json'))).toMatchObject([
    { format: 2, what: '第 2 步' },
    { format: 3, what: '第 3 步' },
  ]);
  expect(await migrate(folder(), steps)).toEqual([]);
  expect(existsSync(join(data, 'before-format-2'))).toBe(false);
});

test('新的文件夹本来就是最新的格式，一步也不用做', async () => {
  data = mkdtempSync(join(tmpdir(), 'migrations-'));
  expect(await migrate(folder(), [step(1), step(2)])).toEqual([]);
  expect(read('format')).toBe('2\n');
});

const fails = step(2, {
  run() {
    write('list.json', '改坏了');
    write('folder/b.txt', '多出来的');
    write('new.txt', '新的');
    throw new Error('磁盘满了');
  },
});
const expectUntouched = () => {
  expect(read('list.json')).toBe('[1,1]');
  expect(read('folder/a.txt')).toBe('甲');
  expect([existsSync(join(data, 'folder/b.txt')), existsSync(join(data, 'new.txt'))]).toEqual([false, false]);
};

test('一步失败，那一步改的全部恢复原样，以前的步骤算数，话里说怎么办', async () => {
  await expect(migrate(folder(), [step(1), fails, step(3)])).rejects.toThrow(
    /升级到格式 2（第 2 步）没有成功，已经恢复原样：磁盘满了。请先用原来的程序/,
  );
  expectUntouched();
  expect(read('format')).toBe('1\n');
});

test('做到一半断电，下次先恢复原样再做', async () => {
  await migrate(folder(), [step(1)]);
  // What is there when the power goes in the middle of a step: the safety copy, and half of the change.
  const cut = step(2, {
    run() {
      write('new.txt', '新的');
      write('list.json', '改了一半');
      return new Promise(() => {});
    },
  });
  void migrate(folder(), [step(1), cut]);
  await Promise.resolve();
  expect(existsSync(join(data, 'before-format-2'))).toBe(true);
  const seen: string[] = [];
  const again = step(2, {
    run: () => void seen.push(read('list.json'), String(existsSync(join(data, 'new.txt')))),
  });
  await migrate(folder(), [step(1), again]);
  expect(seen).toEqual(['[1,1]', 'false']);
});

test('更新的格式、读不懂的格式不碰，说怎么办', () => {
  expect(readFormat(folder(), [step(1)])).toBe(0);
  write('format', '2\n');
  expect(() => readFormat(folder(), [step(1)])).toThrow(
    /更新的版本写的（格式 2，这里只到 1）.*升级到那个版本/,
  );
  for (const text of ['', '二', '1 2']) {
    write('format', text);
    expect(() => readFormat(folder(), [step(1)])).toThrow(/读不懂.*从备份恢复这个文件.*就写 1/);
  }
});
