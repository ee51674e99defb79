import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git } from './git.ts';
import { MAIN, RefConflict, Repository } from './repository.ts';
import type { RefUpdate } from './journal.ts';

/** The power goes while Git puts references in place, one after the other. */

const folder = mkdtempSync(join(tmpdir(), 'portal-repository-'));
const store = join(folder, 'content.git');
const DRAFT = 'refs/drafts/news/yi';
const MOVED = 'refs/drafts/news/er';
let repository: Repository;
let old = '';
let next = '';

const commit = (text: string, from?: string) =>
  repository.commit({
    by: { name: '甲', login: 'jia' },
    message: text,
    at: Date.parse('2026-11-26T00:00:00Z'),
    from,
    changes: new Map([['content/news/yi.mdx', text]]),
  });
const reopen = async () => {
  repository?.close();
  repository = await Repository.open(store);
};
const standing = async () => {
  const all = await repository.listRefs();
  return [MAIN, DRAFT, MOVED].map((ref) => all.get(ref) ?? null);
};

beforeEach(async () => {
  rmSync(store, { recursive: true, force: true });
  await reopen();
  old = await commit('旧');
  next = await commit('新', old);
  await repository.updateRefs([
    { ref: MAIN, from: null, to: old },
    { ref: DRAFT, from: null, to: next },
  ]);
});
afterEach(() => {
  repository.close();
  rmSync(store, { recursive: true, force: true });
});

/** What publishing under a new address does. */
const updates = (): RefUpdate[] => [
  { ref: MAIN, from: old, to: next },
  { ref: MOVED, from: null, to: next },
  { ref: DRAFT, from: next, to: null },
];

/** The machine stops when so many of the moves are in place. */
async function cutAfter(count: number): Promise<void> {
  await repository.updateRefs([{ ref: 'refs/portal/other', from: null, to: old }]);
  writeFileSync(join(store, 'portal-moves.json'), JSON.stringify(updates()));
  for (const { ref, to } of updates().slice(0, count))
    await git(store, to ? ['update-ref', ref, to] : ['update-ref', '-d', ref]);
}

test.each([0, 1, 2, 3])('三处改好了 %i 处时断电，重启后不是全改就是全不改', async (count) => {
  await cutAfter(count);
  await reopen();
  expect(await standing()).toEqual(count === 0 ? [old, next, null] : [next, null, next]);
  expect(existsSync(join(store, 'portal-moves.json'))).toBe(false);
  expect(await repository.fsck()).toBe('');
});

test('日志只写了一半，就是还没开始', async () => {
  await cutAfter(0);
  const journal = join(store, 'portal-moves.json');
  writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, 60));
  await reopen();
  expect(await standing()).toEqual([old, next, null]);
});

test('断电以后别人又改过的，照别人的', async () => {
  await cutAfter(1);
  const theirs = await commit('别人的', next);
  await git(store, ['update-ref', DRAFT, theirs]);
  await reopen();
  expect(await standing()).toEqual([next, theirs, next]);
});

test('要改的引用已经不在原处，就一处也不改', async () => {
  const wrong = updates().map((move) => (move.ref === DRAFT ? { ...move, from: old } : move));
  await expect(repository.updateRefs(wrong)).rejects.toThrow(RefConflict);
  expect(await standing()).toEqual([old, next, null]);
  await repository.updateRefs(updates());
  expect(await standing()).toEqual([next, null, next]);
});

test('没人再拿着的锁不碍事，还有人拿着的锁照认', async () => {
  const lock = join(store, `${DRAFT}.lock`);
  writeFileSync(lock, '');
  await expect(repository.updateRefs(updates())).rejects.toThrow(RefConflict);
  const before = new Date(Date.now() - 60_000);
  utimesSync(lock, before, before);
  await repository.updateRefs(updates());
  expect(await standing()).toEqual([next, null, next]);
});
