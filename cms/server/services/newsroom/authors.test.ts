import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { FEW_RUNS } from '../../../../tests/support/random.ts';
import { openContent } from '../../../../src/store/index.ts';
import type { Action } from '../../../protocol/review.ts';
import type { Person, Role } from '../../../protocol/roles.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import { Refused } from '../refused.ts';
import { Newsroom } from './index.ts';

/** Whoever wrote in a text never passes it, however it was discarded, deleted, unpublished and brought back. */

const folder = mkdtempSync(join(tmpdir(), 'portal-authors-'));
const YI = 'content/articles/yi.mdx';
const article = (body: string) =>
  `---\ntitle: 甲\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${body}\n`;

const person = (login: string, role: Role): Person => ({ id: login, name: login, login, role });
const zuo = person('zuo', 'author');
const chu = person('chu', 'reviewer');
const fu = person('fu', 'reviewer');
const fa = person('fa', 'publisher');
const guan = person('guan', 'administrator');
const everybody = [zuo, chu, fu, fa, guan];

let repository: Repository | undefined;
let newsroom: Newsroom;
let round = 0;
let time = 0;

async function open(): Promise<void> {
  repository?.close();
  const at = join(folder, String(round++));
  for (const name of ['seed/articles', 'seed/data', 'content/uploads'])
    mkdirSync(join(at, name), { recursive: true });
  writeFileSync(join(at, 'seed/data/topics.yaml'), 'items:\n  - id: crops\n    name: 种植\n');
  time = Date.parse('2026-11-23T01:00:00Z');
  repository = await Repository.open(join(at, 'content.git'));
  await seed(repository, { content: join(at, 'seed'), uploads: join(at, 'none'), now: new Date(time) });
  newsroom = await Newsroom.open({
    repository,
    content: openContent({ contentDir: join(at, 'content'), uploadsDir: join(at, 'content/uploads') }),
    steps: () => ['first', 'final'],
    // Each step a second later: two discarded texts of one moment would be one.
    now: () => {
      time += 1000;
      return new Date(time);
    },
    onPublished: () => {},
  });
}
beforeEach(open);
afterAll(() => {
  repository?.close();
  rmSync(folder, { recursive: true, force: true });
});

const version = () => newsroom.read(YI)?.version ?? null;
const save = (who: Person, body: string) =>
  newsroom.save(who, { path: YI, text: article(body), version: version() });
const act = (who: Person, action: Exclude<Action, 'save'>) =>
  newsroom.act(who, YI, version() ?? '', { action, comment: '看过' });
const restoreLatest = async (who: Person) => {
  const [latest] = await newsroom.listDiscarded(who);
  if (!latest) throw new Refused(404, '回收站是空的');
  return newsroom.restore(who, latest.id);
};

test('审核的人写了、放弃了，别人恢复出来，他还是不能审自己写的', async () => {
  await save(chu, '初审自己写的。');
  await act(chu, 'discard');
  await restoreLatest(fa);
  expect((await newsroom.review(YI, fa)).authors.map(({ login }) => login)).toEqual(['chu', 'fa']);
  await act(fa, 'submit');
  await expect(act(chu, 'approve')).rejects.toThrow('你写过或改过这一稿');
  await act(fu, 'approve');
});

test('下线和删除以后再拿起来的，也记得是谁写的', async () => {
  await save(chu, '初审自己写的。');
  await act(chu, 'submit');
  await act(fu, 'approve');
  await act(fa, 'publish');
  await act(fa, 'unpublish');
  await act(zuo, 'submit');
  await expect(act(chu, 'approve')).rejects.toThrow('你写过或改过这一稿');
  await act(fu, 'approve');
  await act(fa, 'publish');
  await newsroom.remove(guan, YI);
  await restoreLatest(guan);
  await act(zuo, 'submit');
  await expect(act(chu, 'approve')).rejects.toThrow('你写过或改过这一稿');
});

const STEPS = [
  'save',
  'submit',
  'approve',
  'publish',
  'return',
  'discard',
  'restore',
  'unpublish',
  'remove',
] as const;

test('任意一串写稿、放弃、恢复、审核，写过的人从来没有审过自己写的', async () => {
  const step = fc.record({ who: fc.constantFrom(...everybody), what: fc.constantFrom(...STEPS) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (sequence) => {
      await open();
      /** Who wrote in each text; the text itself names its writers' lineage. */
      let writers = new Set<string>();
      const bin: Set<string>[] = [];
      for (const [index, { who, what }] of sequence.entries()) {
        const published = newsroom.read(YI)?.stage === 'published';
        try {
          if (what === 'save') {
            await save(who, `第 ${index} 稿。`);
            // What is published was passed by others: a new draft begins with its own writers.
            writers = published ? new Set([who.login]) : writers.add(who.login);
          } else if (what === 'restore') {
            await restoreLatest(who);
            writers = bin.pop() ?? new Set();
          } else if (what === 'remove') {
            await newsroom.remove(who, YI);
            bin.push(writers);
            writers = new Set();
          } else {
            await act(who, what);
            if (what === 'approve' || what === 'publish') expect([...writers]).not.toContain(who.login);
            if (what === 'discard') {
              bin.push(writers);
              writers = new Set();
            }
          }
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
        }
      }
    }),
    { numRuns: Math.ceil(FEW_RUNS / 3) },
  );
});
