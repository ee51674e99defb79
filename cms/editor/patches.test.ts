import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { applyPatches, parse, type Patch, readPatches } from './patches.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const READ = 'node_modules/diff/package.json';

/** Runs the patches over the installed files that they change, as a bundle that loads each of them once. */
function patchInstalled(patches: Patch[], loaded = patches.flatMap(({ changes }) => changes)) {
  const plugin = applyPatches(patches);
  plugin.buildStart();
  const patched = [...new Set(loaded.map(({ path }) => path))].map(
    (path) => plugin.transform(readFileSync(`${PROJECT}${path}`, 'utf8'), `${PROJECT}${path}`)?.code,
  );
  plugin.buildEnd();
  return patched;
}

const patchOf = (path: string, line: string) =>
  parse(
    'rename-package.patch',
    `Why.\n\n--- a/${path}\n+++ b/${path}\n@@ -2 +2 @@\n-${line}\n+  "name": "other",\n`,
  );

describe('对 Decap 的补丁', () => {
  const patches = readPatches();

  test('一起用，和装着的版本都对得上', () => {
    expect(patchInstalled(patches)).not.toContain(undefined);
  });

  test.each(patches)('$name 不靠别的补丁也对得上', (patch) => {
    expect(patchInstalled([patch])).not.toContain(undefined);
  });

  test.each(patches)('$name 写了原因，和上游知不知道', ({ header }) => {
    expect(header).toMatch(/^[^\n]{40,}\n/);
    expect(header).toMatch(
      /\n\nUpstream: (?:not reported|https:\/\/github\.com\/\S+\/(?:issues|pull)\/\d+)\n\n$/,
    );
  });
});

test('按文件名的顺序打', () => {
  expect(readPatches().map(({ name }) => name)).toEqual(
    readPatches()
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('只改补丁写的那个文件', () => {
  const patch = patchOf(READ, '  "name": "diff",');
  expect(patchInstalled([patch])[0]).toContain('"name": "other"');
  expect(applyPatches([patch]).transform('  "name": "diff",', '/elsewhere/package.json')).toBeNull();
});

test('和装着的版本对不上就不打包，并说出是哪个补丁、哪个包', () => {
  expect(() => patchInstalled([patchOf(READ, '  "name": "diffs",')])).toThrow(
    /cms\/editor\/patches\/rename-package\.patch：diff \d+\.\d+\.\d+ 的 package\.json 和补丁对不上/,
  );
});

test('要改的文件没有打进来，也不打包', () => {
  expect(() => patchInstalled([patchOf(READ, '  "name": "diff",')], [])).toThrow(
    /rename-package\.patch：diff \d+\.\d+\.\d+ 的 package\.json 没有用到/,
  );
  const gone = patchOf('node_modules/not-installed/index.js', '');
  expect(() => patchInstalled([gone], [])).toThrow(/not-installed（没有装）的 index\.js 没有用到/);
});

test('对不上的一次全说；打包因为别的事失败时不说', () => {
  const plugin = applyPatches([patchOf(READ, 'a'), patchOf('node_modules/vite/package.json', 'b')]);
  expect(() => plugin.buildEnd()).toThrow(/\n.*diff .*\n.*vite /);
  expect(() => plugin.buildEnd(new Error('no memory'))).not.toThrow();
});

test('不完整的补丁不收', () => {
  const cut = 'Why.\n\n--- a/x.js\n+++ b/x.js\n@@ -1,2 +1,2 @@\n-one\n+two\n';
  expect(() => parse('cut.patch', cut)).toThrow(/cms\/editor\/patches\/cut\.patch 不是完整的补丁/);
  expect(() => parse('empty.patch', 'Why.\n')).toThrow(/empty\.patch 不是完整的补丁/);
});
