import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noteDigests, removeDamaged } from './astro-cache.ts';

test('上次做好的页面里，空了的、变了的、不认识的都不再用，好的留着', () => {
  const folder = mkdtempSync(join(tmpdir(), 'astro-cache-'));
  const write = (name: string, text: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const left = () =>
    ['dist/a.html', 'dist/og/b.png', 'manifest.json'].filter((name) => existsSync(join(folder, name)));
  write('dist/a.html', '甲');
  write('dist/og/b.png', '图');
  write('manifest.json', '{}');
  noteDigests(folder);
  removeDamaged(folder);
  expect(left()).toEqual(['dist/a.html', 'dist/og/b.png', 'manifest.json']);
  write('dist/og/b.png', '');
  removeDamaged(folder);
  expect(left()).toEqual(['dist/a.html', 'manifest.json']);
  write('digests.json', '{"dist/a.html":""}');
  removeDamaged(folder);
  expect(left()).toEqual([]);
});
