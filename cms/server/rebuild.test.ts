import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createRebuilder } from './rebuild.ts';

function site() {
  const outDir = join(mkdtempSync(join(tmpdir(), 'rebuild-')), 'dist');
  mkdirSync(outDir);
  writeFileSync(join(outDir, 'index.html'), '旧');
  return { outDir, shown: () => readFileSync(join(outDir, 'index.html'), 'utf8') };
}

const write = (folder: string, text: string) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), text);
};

test('saves during a build are covered by one build after it', async () => {
  const { outDir, shown } = site();
  let builds = 0;
  const rebuilder = createRebuilder(outDir, async (folder) => {
    builds++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    write(folder, `第 ${builds} 次`);
  });
  for (let save = 0; save < 10; save++) rebuilder.request();
  expect(rebuilder.status().state).toBe('building');
  expect(shown()).toBe('旧');
  await new Promise((resolve) => setTimeout(resolve, 5));
  rebuilder.request();
  await rebuilder.settled();
  expect([builds, shown()]).toEqual([2, '第 2 次']);
  expect(rebuilder.status()).toMatchObject({ state: 'idle', builtAt: expect.any(String) });
  expect(existsSync(`${outDir}.next`)).toBe(false);
});

test('a failed build leaves the site as it was, and the next one mends it', async () => {
  const { outDir, shown } = site();
  let broken = true;
  const rebuilder = createRebuilder(outDir, async (folder) => {
    write(folder, '半');
    if (broken) throw new Error('构建失败');
    write(folder, '新');
  });
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  rebuilder.request();
  await rebuilder.settled();
  expect(rebuilder.status()).toMatchObject({ state: 'failed', message: '构建失败' });
  expect(shown()).toBe('旧');
  expect(said).toHaveBeenCalledOnce();
  broken = false;
  rebuilder.request();
  await rebuilder.settled();
  expect([rebuilder.status().state, shown()]).toEqual(['idle', '新']);
});
