import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKept, writeKept } from './kept-file.ts';

const file = join(mkdtempSync(join(tmpdir(), 'kept-')), 'sub/file.kept');

test('存下什么，读出来就是什么', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      writeKept(file, bytes);
      expect(new Uint8Array(readKept(file) ?? [])).toEqual(bytes);
    }),
    { numRuns: 20 },
  );
});

test('没有、截短、清空、改了一个字节的，都当作没有', () => {
  expect(readKept(join(file, 'none'))).toBeUndefined();
  writeKept(file, '一段内容');
  const whole = readFileSync(file);
  for (const length of [0, 1, 40, 63, 64, 65, 66, whole.length - 1]) {
    writeFileSync(file, whole);
    truncateSync(file, length);
    expect(readKept(file), `截到 ${length}`).toBeUndefined();
    const changed = Buffer.from(whole);
    changed[length] = (changed[length] ?? 0) ^ 1;
    writeFileSync(file, changed);
    expect(readKept(file), `改第 ${length} 个字节`).toBeUndefined();
  }
  writeFileSync(file, '{"version":"1"}\n乱写的');
  expect(readKept(file)).toBeUndefined();
});
