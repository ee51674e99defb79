import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Started, start } from '../../cms/server/start.ts';
import { smallCounty } from '../support/project.ts';

/** The first start of an office, with the real build: pages can be read before there is a site. */

const folder = mkdtempSync(join(tmpdir(), 'portal-first-start-'));
let listening: Started;
let whole: Promise<Started>;

beforeAll(async () => {
  const content = await smallCounty(join(folder, 'county'));
  listening = await new Promise((resolve, reject) => {
    whole = start({ data: join(folder, 'data'), content, port: 0, base: '/', onListening: resolve });
    whole.catch(reject);
  });
});
afterAll(async () => {
  await (await whole).close();
  rmSync(folder, { recursive: true, force: true });
});

test('网站还在生成，首页和文章已经能看，与生成好以后一字不差', async () => {
  const read = async (path: string) => {
    const response = await fetch(listening.url + path);
    return response.status === 200 ? response.text() : undefined;
  };
  const early = await vi.waitFor(
    async () => {
      const page = await read('articles/mai-zi/');
      expect(page).toBeDefined();
      return page;
    },
    { timeout: 120_000, interval: 100 },
  );
  expect(listening.pages(), '网站已经生成好了，这一页不是当场画的').toBeUndefined();
  const home = await read('');
  const missing = await fetch(`${listening.url}articles/mei-you/`);
  expect(missing.status).toBe(404);
  await whole;
  expect(early).toContain('麦子什么时候种');
  expect(early).toBe(await read('articles/mai-zi/'));
  expect(home).toBe(await read(''));
  expect(listening.unfinished()).toBe('');
});
