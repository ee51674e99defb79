import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from './serve.ts';

let served: Served;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  mkdirSync(join(folder, 'about'));
  writeFileSync(join(folder, 'index.html'), '首页');
  writeFileSync(join(folder, '404.html'), '没有这一页');
  writeFileSync(join(folder, 'about/index.html'), '简介');
  writeFileSync(join(folder, 'data.json'), '{}');
  served = await serve(folder, { base: '/kexie/', headers: { 'x-test': '1' } });
});
afterAll(() => served.close());

const get = (path: string) => fetch(served.url + path, { redirect: 'manual' });

test('folders serve their index.html with the right content type and the given headers', async () => {
  const response = await get('/kexie/about/');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('x-test')).toBe('1');
  expect(await response.text()).toBe('简介');
  expect((await get('/kexie/data.json')).headers.get('content-type')).toBe('application/json; charset=utf-8');
});

test('a folder without its slash is redirected', async () => {
  const response = await get('/kexie/about');
  expect([response.status, response.headers.get('location')]).toEqual([301, '/kexie/about/']);
});

test('what does not exist, lies outside the base or outside the folder gets 404.html with status 404', async () => {
  for (const path of ['/kexie/missing/', '/about/', '/kexie/%2e%2e/%2e%2e/etc/passwd', '/kexie/%ff']) {
    const response = await get(path);
    expect(response.status, path).toBe(404);
    expect(await response.text()).toBe('没有这一页');
  }
});
