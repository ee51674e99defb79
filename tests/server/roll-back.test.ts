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
  await administrator.post('admin/desk/releases/', { id });
  expect(await home(office.url)).toBe(first);

  await office.served.close();
  const again = await start({ data: office.data, port: 0, base: '/', build });
  office.served = again;
  await again.settled();
  expect(await home(again.url)).toBe(first);
  const visitor = visitorOf(again.url);
  await visitor.post('admin/login/', { login: 'wang', password: PASSWORD });
  expect(await (await visitor.fetch('admin/desk/releases/')).text()).toContain('换回的旧版');
  await visitor.post('admin/desk/releases/', { id: 'again' });
  await again.settled();
  expect(await home(again.url)).toBe(second);
});
