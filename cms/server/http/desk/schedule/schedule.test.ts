import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../../../src/store/index.ts';
import { readEntry } from '../../../../../src/model/entry.ts';
import { caravan } from '../../../../../src/types/caravan.ts';
import type { AuditEvent } from '../../../stores/audit.ts';
import { Newsroom } from '../../../services/newsroom/index.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { Repository } from '../../../stores/content/repository.ts';
import { seed } from '../../../stores/content/seed.ts';
import { scheduleSheetRoutes } from './index.ts';
import type { Signed } from '../../access.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-sheet-'));
process.env.PORTAL_NOW = '2026-11-23T10:00';
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});

const LISTS = {
  schools: '{ id: di-yi, name: 第一小学, township: seat, stages: [primary] }',
  townships: '{ id: seat, name: 城关镇, kind: town }',
  vehicles: '{ id: che-1, name: 一号车 }',
  'exhibit-sets': '{ id: light, name: 光 }',
};
const STOP =
  '---\ntitle: 大篷车到第一小学   # 已和学校说好\nuid: a@kx\nstart: 2026-12-01T09:00\nend: 2026-12-01T11:00\nstate: confirmed\nschool: di-yi\ntownship: seat\nvehicle: che-1\nexhibitSet: light\nopen: closed\npublished: 2026-11-01\n---\n\n同学们好。\n';
const zuo: Person = { id: 'zuo', name: '左', login: 'zuo', role: 'author' };
const you: Person = { id: 'you', name: '右', login: 'you', role: 'author' };

let repository: Repository;
let newsroom: Newsroom;
let app: Hono<Signed>;
let who = zuo;
const written: AuditEvent[] = [];

beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['seed/caravan', 'seed/data', 'content/uploads'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'seed/caravan/a.mdx'), STOP);
  for (const [name, item] of Object.entries(LISTS))
    writeFileSync(join(folder, `seed/data/${name}.yaml`), `items:\n  - ${item}\n`);
  const now = new Date('2026-11-23T02:00:00Z');
  repository?.close();
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, { content: join(folder, 'seed'), uploads: join(folder, 'none'), now });
  newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => ['final'],
    now: () => now,
    onPublished: () => {},
  });
  written.length = 0;
  who = zuo;
  app = new Hono<Signed>({ strict: false });
  app.use(async (context, next) => {
    context.set('person', who);
    context.set('content', content);
    await next();
  });
  app.route(
    '/admin/desk/schedule',
    scheduleSheetRoutes({
      readStops: () => newsroom.folder('content/caravan') ?? [],
      saveDraft: ({ person, ...request }) => newsroom.save(person, request),
      waiting: () => [],
      audit: { write: (event: AuditEvent) => void written.push(event) } as never,
    }),
  );
});
afterAll(() => {
  repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const AT = '/admin/desk/schedule/';
const get = (path = '') => app.request(AT + path);
const post = (path = '') => app.request(AT + path, { method: 'POST', body: new FormData() });
function upload(content: string | Uint8Array, name = '日程.csv') {
  const form = new FormData();
  form.set('file', new File([content as BlobPart], name));
  return app.request(AT, { method: 'POST', body: form });
}
const HEAD = '日历编号,学校,开始,结束,车辆,展品套组';
const SHEET = `${HEAD}\na@kx,第一小学,2026/12/8 9:00,11:00,一号车,光\n,第一小学,2026年12月9日 上午9点,,一号车,光\n,第九小学,2026/12/10 9:00,,一号车,光\n`;
const preview = async (content: string | Uint8Array) =>
  String((await upload(content)).headers.get('location')).replace('./', '');
const texts = () => (newsroom.folder('content/caravan') ?? []).map(({ text }) => text);

test('预览说明每一行会怎样，什么也不存；确认以后把没错的行存成草稿', async () => {
  const path = await preview(SHEET);
  const page = await (await get(path)).text();
  expect(page).toContain('新建 1 行，修改 1 行，没有变化 0 行，有错误 1 行');
  expect(page).toContain('没有「第九小学」这个学校');
  expect(page).toContain('学年已经排了');
  expect(page).toMatch(/开始：<del>2026-12-01 09:00<\/del>\s*→\s*<ins>2026-12-08 09:00<\/ins>/);
  expect(texts()).toEqual([STOP]);

  const saved = await post(path);
  expect(saved.status).toBe(303);
  const result = await (
    await app.request(new URL(saved.headers.get('location') ?? '', `http://x${AT}${path}`).pathname)
  ).text();
  expect(result).toContain('2 站已存成草稿');
  const stops = texts().map((text) => readEntry(caravan.schema, 'x', text, 'mdx').data);
  expect(stops.map((stop) => [stop?.start, stop?.title])).toEqual([
    ['2026-12-08T09:00', '大篷车到第一小学'],
    ['2026-12-09T09:00', '科普大篷车走进第一小学'],
  ]);
  expect(texts()[0]).toContain('# 已和学校说好');
  expect(texts()[0]).toContain('同学们好。');
  expect(newsroom.waiting(zuo)).toHaveLength(2);
  expect(written).toEqual([
    expect.objectContaining({ action: 'import', person: zuo, detail: '存成草稿 2 站，没有存下 0 站' }),
  ]);
  expect((await post(path)).status).toBe(404);
});

test('预览只归一个人，只能用一次，再上传一份就作废', async () => {
  const path = await preview(SHEET);
  who = you;
  expect((await get(path)).status).toBe(404);
  expect((await post(path)).status).toBe(404);
  who = zuo;
  await preview(SHEET);
  expect((await get(path)).status).toBe(404);
  expect(texts()).toEqual([STOP]);
});

test('预览以后同事改过的不覆盖，并说出来；别的行照存', async () => {
  const path = await preview(SHEET);
  const current = newsroom.read('content/caravan/a.mdx');
  await newsroom.save(you, {
    path: 'content/caravan/a.mdx',
    text: STOP.replace('light', 'light\ncrew: 4'),
    version: current?.version ?? null,
  });
  const saved = await post(path);
  const page = await (await get(`result/${path.split('/')[1]}/`)).text();
  expect(saved.status).toBe(303);
  expect(page).toMatch(/第 2 行「大篷车到第一小学」：.*(?:改过|变)/);
  expect(texts().join()).toContain('crew: 4');
  expect(texts()).toHaveLength(2);
});

test('导出的表再导入，没有任何变化', async () => {
  for (const format of ['csv', 'xlsx']) {
    const file = await get(`export.${format}?year=2026`);
    expect(file.headers.get('content-disposition')).toContain("attachment; filename*=UTF-8''");
    const path = await preview(new Uint8Array(await file.arrayBuffer()));
    expect(await (await get(path)).text(), format).toContain('没有变化 1 行，有错误 0 行');
  }
  const other = await (await get('export.csv?year=2020')).text();
  expect(other.trim().split('\n')).toHaveLength(1);
});

test('不是表格的文件用中文说明，文件名和格子里的只当文字', async () => {
  const refused = await upload(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('这不是表格文件');
  expect((await post()).status).toBe(422);
  const path = await preview(`${HEAD}\n,<script>alert(1)</script>,2026/12/9,,一号车,光\n`);
  expect(await (await get(path)).text()).not.toContain('<script>');
  expect((await get('preview/__proto__/')).status).toBe(404);
});
