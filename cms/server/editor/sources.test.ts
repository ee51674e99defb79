import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBundleOf, keepSources, sourcesOf } from './sources.ts';

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const kept = () => join(root, 'cache/admin');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
  write('package-lock.json', '{}');
  write('cms/editor/patches/a.patch', 'a');
  write('src/pages/events/changes.astro', '');
  write('src/calendar/clock.ts', 'export const clock = 1;');
  write('src/style/index.css', "@import './reset.css' layer(reset);");
  write('src/style/reset.css', '* {}');
  write('node_modules/left-pad/index.js', '');
  write('cache/admin/bundle/main.js', 'editor');
  const modules = [
    join(root, 'src/calendar/clock.ts'),
    `${join(root, 'src/style/index.css')}?inline`,
    join(root, 'node_modules/left-pad/index.js'),
    '\0virtual:helpers',
  ];
  keepSources(kept(), sourcesOf(root, modules));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('什么也没改，打包好的后台接着用', () => {
  expect(isBundleOf(kept(), root)).toBe(true);
  write('src/calendar/terms.ts', '后台没有用到的文件');
  expect(isBundleOf(kept(), root)).toBe(true);
});

test.each([
  'src/calendar/clock.ts',
  'src/style/reset.css',
  'cms/editor/patches/a.patch',
  'package-lock.json',
  'src/pages/events/archive.astro',
])('改了 %s，后台重新打包', (file) => {
  write(file, '改过');
  expect(isBundleOf(kept(), root)).toBe(false);
});

test.each(['', 'edit', 'edltor'])('打包好的文件坏了，后台重新打包：「%s」', (text) => {
  write('cache/admin/bundle/main.js', text);
  expect(isBundleOf(kept(), root)).toBe(false);
});

test('用到的文件没有了，或清单坏了，后台重新打包', () => {
  rmSync(join(root, 'src/calendar/clock.ts'));
  expect(isBundleOf(kept(), root)).toBe(false);
  write('src/calendar/clock.ts', 'export const clock = 1;');
  expect(isBundleOf(kept(), root)).toBe(true);
  write('cache/admin/sources.json', '{');
  expect(isBundleOf(kept(), root)).toBe(false);
});
