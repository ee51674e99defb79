import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { git, gitText, ObjectReader } from './git.ts';

const store = mkdtempSync(join(tmpdir(), 'portal-git-'));
const reader = new ObjectReader(store);
const stored = (content: Buffer) => gitText(store, ['hash-object', '-w', '--stdin'], content);

/** Bytes that differ from place to place, line feeds among them. */
const bytes = (size: number) =>
  Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 7) ^ (at >> 8)));

beforeAll(() => git(store, ['init', '--quiet', '--bare']));
afterAll(() => {
  reader.close();
  rmSync(store, { recursive: true, force: true });
});

test('一次要很多大大小小的对象，不论 Git 的回答断在哪里，都完整、按次序拿到', async () => {
  // Git's pipe gives 64 KB at a time: the first lines of answers lie on either side of the cuts.
  const sizes = [0, 1, 65_536, 3_000_000, ...Array.from({ length: 40 }, (_, index) => 65_400 + 5 * index), 2];
  const names: string[] = [];
  for (const size of sizes) names.push(await stored(bytes(size)));
  const read = await Promise.all([...names, 'no-such-object', ...names].map((name) => reader.read(name)));
  const expected = sizes.map((size) => bytes(size));
  const isSame = [...expected, undefined, ...expected].map((content, at) =>
    content ? read[at]?.equals(content) : read[at] === undefined,
  );
  expect(isSame).toEqual(isSame.map(() => true));
});

/** Opens files until there are no more, asks Git twice, lets go, and asks again. */
const AT_THE_LIMIT = `
  import { closeSync, openSync } from 'node:fs';
  import { git, ObjectReader } from './cms/server/stores/content/git.ts';
  const outcome = (asked) => asked.then(() => 'ok', ({ code, message }) => code ?? message);
  const reader = new ObjectReader('.git');
  const open = [];
  for (;;) try { open.push(openSync('package.json')); } catch { break; }
  const told = [await outcome(git('.git', ['--version'])), await outcome(reader.read('HEAD'))];
  for (const file of open) closeSync(file);
  told.push(await outcome(git('.git', ['--version'])));
  console.log(told.join());`;

test.skipIf(process.platform === 'win32')('打开的文件到了上限，Git 起不来只是这一次没做成，松开以后照常', () => {
  const run = spawnSync(
    'sh',
    ['-c', 'ulimit -n 60; exec "$0" --input-type=module-typescript -e "$1"', process.execPath, AT_THE_LIMIT],
    { encoding: 'utf8' },
  );
  expect([run.stdout.trim(), run.status], run.stderr).toEqual(['EMFILE,EMFILE,ok', 0]);
  expect(run.stderr).toContain('到了上限（60）');
});
