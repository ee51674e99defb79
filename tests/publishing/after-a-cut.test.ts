import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Build } from '../../cms/server/releases.ts';
import { start } from '../../cms/server/start.ts';

/** The power goes, and comes back: pages written last may be empty on the disk, so the site is made anew. */

const data = mkdtempSync(join(tmpdir(), 'portal-cut-'));
const copy = `${data}-copy`;
afterAll(() => {
  for (const folder of [data, copy]) rmSync(folder, { recursive: true, force: true });
});

let built = 0;
const build: Build = async (folder) => {
  built++;
  writeFileSync(join(folder, 'index.html'), '首页');
};

const opened = async (folder: string) => {
  const before = built;
  const served = await start({ data: folder, content: 'tests/fixtures/county', port: 0, base: '/', build });
  await served.settled();
  return { served, builds: built - before };
};

test('after an orderly stop the site is there as it was; after a cut it is made once more, and only once', async () => {
  const first = await opened(data);
  expect(first.builds).toBe(1);
  // What is on the disk while a server runs is what a machine finds whose power went.
  cpSync(data, copy, { recursive: true });
  await first.served.close();

  const orderly = await opened(data);
  expect(orderly.builds).toBe(0);
  await orderly.served.close();

  const afterCut = await opened(copy);
  expect(afterCut.builds).toBe(1);
  await afterCut.served.close();
  const afterThat = await opened(copy);
  expect(afterThat.builds).toBe(0);
  await afterThat.served.close();
});
