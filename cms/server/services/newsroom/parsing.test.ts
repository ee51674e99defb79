import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import { editingApi } from '../../http/api/index.ts';
import type { Signed } from '../../http/access.ts';
import type { Audit } from '../../stores/audit.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import type { Role } from '../../../protocol/roles.ts';
import { openPresence } from '../presence/index.ts';
import { revisedText } from '../revision.ts';
import { openWorkingCopies } from '../working-copies/index.ts';
import { Newsroom } from './index.ts';

/** How often a text is parsed on its way from the form to the site, through every route of the API that it takes. */

const parses = vi.hoisted(() => new Map<string, number>());
vi.mock('../../../../src/model/yaml.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../../src/model/yaml.ts')>();
  const parseYaml: typeof original.parseYaml = (source, lines) => {
    parses.set(source, (parses.get(source) ?? 0) + 1);
    return original.parseYaml(source, lines);
  };
  return { ...original, parseYaml };
});

const folder = mkdtempSync(join(tmpdir(), 'portal-parsing-'));
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});
const now = new Date('2026-11-23T01:00:00Z');

const ARTICLE = 'kind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n';
const EVENT =
  'kind: lecture\nsummary: 一句话。\nuid: abc@kx.example\nstart: 2026-12-01T09:00\nend: 2026-12-01T11:00\nstate: confirmed\nhosts: [县科协]\nplace: 礼堂\nopen: public\npublished: 2026-11-01\n';
const asFile = (yaml: string) => `---\n${yaml}---\n\n正文。\n`;

let repository: Repository | undefined;
let app: Hono<Signed>;
let role: Role = 'author';

beforeEach(async () => {
  repository?.close();
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['seed/articles', 'seed/events', 'seed/data'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'seed/data/topics.yaml'), 'items:\n  - id: crops\n    name: 种植\n');
  writeFileSync(join(folder, 'seed/articles/yi.mdx'), asFile(`title: 甲   # 定稿\n${ARTICLE}`));
  writeFileSync(join(folder, 'seed/events/yi.mdx'), asFile(`title: 甲   # 定稿\n${EVENT}`));
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, { content: join(folder, 'seed'), uploads: join(folder, 'none'), now });
  const newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => ['first', 'final'],
    now: () => now,
    revise: revisedText,
    onPublished: () => {},
  });
  const audit = { write: () => {} } as unknown as Audit;
  app = new Hono<Signed>();
  app.use(async (context, next) => {
    context.set('content', content);
    context.set('person', { id: role, name: role, login: role, role });
    await next();
  });
  const database = new DatabaseSync(':memory:');
  const workingCopies = openWorkingCopies({ database, newsroom, isFolder: () => true });
  app.route(
    '/api',
    editingApi({
      ...{ newsroom, audit, workingCopies, presence: openPresence() },
      incoming: folder,
      status: () => ({ state: 'idle' }),
    }),
  );
});
afterAll(() => {
  repository?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function call(who: Role, method: string, path: string, body?: object) {
  role = who;
  const response = await app.request(`/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { text: string; version: string };
}

/** Saves a text over the one that is there, submits, approves and publishes it. */
async function bringToSite(path: string, text: string): Promise<void> {
  const file = `file?path=${path}`;
  const { version } = await call('author', 'GET', file);
  await call('author', 'PUT', 'file', { path, text, version });
  const steps = [
    ['author', 'submit'],
    ['reviewer', 'approve'],
    ['publisher', 'publish'],
  ] as const;
  for (const [who, action] of steps)
    await call(who, 'POST', 'review', { path, version: (await call(who, 'GET', file)).version, action });
}

const countsOf = (...texts: string[]) => texts.map((text) => parses.get(text) ?? 0);

test('一篇文章从保存到上网站，写的人送来的、存下的、原来的各解析几次', async () => {
  parses.clear();
  await bringToSite('content/articles/yi.mdx', asFile(`title: 乙\n${ARTICLE}`));
  expect(
    countsOf(`title: 乙\n${ARTICLE}`, `title: 乙   # 定稿\n${ARTICLE}`, `title: 甲   # 定稿\n${ARTICLE}`),
  ).toEqual([1, 2, 2]);
});

test('活动发布时要改写，也只多解析改写的那一次', async () => {
  parses.clear();
  await bringToSite('content/events/yi.mdx', asFile(`title: 乙\n${EVENT.replace('礼堂', '广场')}`));
  const moved = EVENT.replace('礼堂', '广场');
  expect(
    countsOf(`title: 乙\n${moved}`, `title: 乙   # 定稿\n${moved}`, `title: 甲   # 定稿\n${EVENT}`),
  ).toEqual([1, 2, 3]);
});
