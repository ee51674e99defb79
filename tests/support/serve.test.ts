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

test('文件夹给出里面的 index.html，类型和另加的响应头都对', async () => {
  const response = await get('/kexie/about/');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('x-test')).toBe('1');
  expect(await response.text()).toBe('简介');
  expect((await get('/kexie/data.json')).headers.get('content-type')).toBe('application/json; charset=utf-8');
});

test('文件夹的地址少了斜杠，就转到有斜杠的', async () => {
  const response = await get('/kexie/about');
  expect([response.status, response.headers.get('location')]).toEqual([301, '/kexie/about/']);
});

test('没有的、不在子路径下的、跑出文件夹的，都给 404.html，状态 404', async () => {
  for (const path of ['/kexie/missing/', '/about/', '/kexie/%2e%2e/%2e%2e/etc/passwd', '/kexie/%ff']) {
    const response = await get(path);
    expect(response.status, path).toBe(404);
    expect(await response.text()).toBe('没有这一页');
  }
});
