import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import type { Person } from '../../../protocol/roles.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import { Newsroom } from '../newsroom/index.ts';
import { openStatus } from '../status.ts';
import { clockTick } from './clock.ts';
import { openClockGuard } from './clock-guard.ts';
import { openJobs } from './jobs.ts';

/** A clock that is set wrong neither publishes what is embargoed nor deletes what is to be kept. */

const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'clock-'));
const YI = 'content/articles/yi.mdx';
const publisher: Person = { id: 'fa', name: '发布', login: 'fa', role: 'publisher' };

let repository: Repository;
let newsroom: Newsroom;
let wall = Date.parse('2026-11-23T01:00:00Z');
let steady = 0;
const purgedAt: string[] = [];

beforeAll(async () => {
  mkdirSync(join(folder, 'seed/data'), { recursive: true });
  writeFileSync(join(folder, 'seed/data/topics.yaml'), 'items:\n  - id: crops\n    name: 种植\n');
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, {
    content: join(folder, 'seed'),
    uploads: join(folder, 'none'),
    now: new Date(wall),
  });
  newsroom = await Newsroom.open({
    repository,
    content: openContent({
      contentDir: join(folder, 'content'),
      uploadsDir: join(folder, 'content/uploads'),
      cacheDir: join(folder, 'cache'),
    }),
    steps: () => [],
    now: () => new Date(wall),
    onPublished: () => {},
  });
});
afterAll(() => {
  repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const stage = () => newsroom.read(YI)?.stage;

test('时钟快了一年又回来：定时的不发布，到期的不删除；到了真的时间才做', async () => {
  const guard = openClockGuard({
    file: join(folder, 'clock.json'),
    newest: undefined,
    tell: () => {},
    wall: () => wall,
    steady: () => steady,
  });
  const jobs = openJobs({
    jobs: [
      {
        name: 'purge',
        label: '删除',
        advice: '',
        run: () => void purgedAt.push(new Date(wall).toISOString()),
      },
    ],
    status: openStatus(folder),
    steady: () => steady,
  });
  const tick = clockTick({
    newsroom,
    audit: { write: () => {} },
    guard,
    jobs,
    now: () => new Date(wall),
  });
  const pass = async (time: number) => {
    wall += time;
    steady += time;
    await tick();
    await jobs.settled();
  };
  const text = `---\ntitle: 禁发的\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n正文。\n`;
  await newsroom.save(publisher, { path: YI, text, version: null });
  const at = new Date(wall + 30 * DAY).toISOString();
  await newsroom.act(publisher, YI, newsroom.read(YI)?.version ?? '', { action: 'schedule', at });
  await pass(5000);
  expect([stage(), purgedAt.length]).toEqual(['scheduled', 1]);

  wall += 365 * DAY;
  for (let times = 0; times < 3; times++) await pass(5000);
  expect([stage(), purgedAt.length]).toEqual(['scheduled', 1]);
  wall -= 365 * DAY;
  await pass(5000);
  expect([stage(), purgedAt.length]).toEqual(['scheduled', 1]);

  wall -= 40 * DAY;
  await pass(5000);
  wall += 40 * DAY;
  await pass(30 * DAY);
  expect([stage(), purgedAt.length]).toEqual(['published', 2]);
  await jobs.close();
});
