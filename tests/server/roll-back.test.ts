import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../../cms/server/start.ts';
import { type Office, openNewsroom, PASSWORD, visitorOf } from '../support/newsroom.ts';
import type { Build } from '../../cms/server/build/contract.ts';

/** After a rollback the release stays live until a user chooses another. */

const build: Build = async (folder, _previous, { commit }) => {
  writeFileSync(join(folder, 'index.html'), `<title>${commit}</title>`);
};

const PATH = 'content/news/tong-zhi.mdx';
const TEXT = '---\ntitle: 通知\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n';

let office: Office;
beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county', build });
});
afterAll(async () => {
  await office?.served.close();
  rmSync(office?.data, { recursive: true, force: true });
});

const home = async (url: string) => (await fetch(url)).text();

test('换回的旧版重启以后还在，工作台写明，按一下就换成最新的网站', async () => {
  const { administrator } = office;
  const first = await home(office.url);
  const { version } = await administrator.call('PUT', 'file', { path: PATH, text: TEXT, version: null });
  const published = await administrator.call('POST', 'review', { path: PATH, version, action: 'publish' });
  expect(published).toMatchObject({ status: 200, stage: 'published' });
  await office.served.settled();
  const second = await home(office.url);
  expect(second).not.toBe(first);

  const page = await (await administrator.fetch('admin/desk/releases/')).text();
  expect(page).not.toContain('换回的旧版');
  const [id = ''] = [...page.matchAll(/name="id" value="([\d-]+)"/g)].map(([, found]) => found);
  const question = await (await administrator.fetch(`admin/desk/releases/confirm/?id=${id}`)).text();
  expect(question).toContain('访客现在看到的');
  expect(question).toContain('这以后发布过 1 次');
  expect(await home(office.url)).toBe(second);
  await administrator.post('admin/desk/releases/', { id });
  expect(await home(office.url)).toBe(first);
  const session = await administrator.call('GET', 'session');
  expect(session.oldRelease).toMatch(/^\d{4}-/);

  await office.served.close();
  const again = await start({ data: office.data, port: 0, base: '/', build });
  office.served = again;
  await again.settled();
  expect(await home(again.url)).toBe(first);
  const visitor = visitorOf(again.url);
  await visitor.post('admin/login/', { login: 'wang', password: PASSWORD });
  expect(await (await visitor.fetch('admin/desk/releases/')).text()).toContain('换回的旧版');
  const desk = await (await visitor.fetch('admin/desk/overview/')).text();
  expect(desk).toMatch(/访客现在看到的是旧版[\s\S]*后来发布的 1 次都看不到[\s\S]*回到最新的网站/);
  const [, latest = ''] = /confirm\/\?id=([\d-]+)"/.exec(desk) ?? [];
  expect(await (await visitor.fetch(`admin/desk/releases/confirm/?id=${latest}`)).text()).toContain(
    '回到最新',
  );
  expect((await visitor.fetch('admin/desk/releases/confirm/?id=../..')).status).toBe(404);
  await visitor.post('admin/desk/releases/', { id: 'again' });
  await again.settled();
  expect(await home(again.url)).toBe(second);
  const after = await (await visitor.fetch('admin/desk/overview/')).text();
  expect(after).not.toContain('旧版');
  expect(after).toContain('访客现在看到的就是最新的');
});
