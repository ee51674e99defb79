import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RECALL } from '../../src/shell/preferences/recall.ts';
import { hostileEntries, TRAP } from '../support/hostile.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import {
  closeWindows,
  openEditorAs,
  openEntry,
  openPreview,
  reviewOf,
  start,
  visit,
  waitForIdle,
} from './editor.ts';

/** XSS: scripts typed into every field never run, in the editor, on the desk or on the site. */

const CONTENT = 'tests/fixtures/county';

let office: Office;
let page: Page;
/** Calls of the trap, the function that the injected scripts call. */
const sprung: string[] = [];

const entries = hostileEntries(CONTENT);

beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: CONTENT, build: 'site' });
  ({ page } = await openEditorAs(office, office.administrator));
  await page.context().exposeFunction(TRAP, () => sprung.push(page.url()));
  page.on('dialog', (dialog) => sprung.push(dialog.message()));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});
afterEach(() => expect(sprung.splice(0)).toEqual([]));

/** What is left of an entry once everything that the gate refuses is out: without the offending lines of the body. */
async function publish({ path, text }: (typeof entries)[number]): Promise<void> {
  const { administrator } = office;
  const act = async (version: unknown, accepted?: string[]) =>
    administrator.call('POST', 'review', { path, version, action: 'publish', accepted });
  const saved = await administrator.call('PUT', 'file', { path, text, version: null });
  expect(saved.status, `${path} ${saved.message}`).toBe(200);
  let { version } = saved;
  let rest = text;
  for (let round = 0; round < 12; round++) {
    let answer = await act(version);
    const found = (answer.problems ?? []) as { severity: string; message: string }[];
    if (found.length > 0 && found.every(({ severity }) => severity === 'warning'))
      answer = await act(
        version,
        found.map(({ message }) => message),
      );
    if (answer.status === 200) return;
    const problems = answer.problems as { severity: string; line?: number; message: string }[];
    const lines = problems.filter(({ severity }) => severity === 'error').flatMap(({ line }) => line ?? []);
    expect(lines, `${path}：${JSON.stringify(problems)}`).not.toEqual([]);
    const [, head = '', body = ''] = /^(---\n[\s\S]*?\n---\n\s*\n?)([\s\S]*)$/.exec(rest) ?? [];
    rest =
      head +
      body
        .split('\n')
        .filter((_, index) => !lines.includes(index + 1))
        .join('\n');
    const again = await administrator.call('PUT', 'file', { path, text: rest, version });
    expect(again.status, `${path} ${again.message}`).toBe(200);
    ({ version } = again);
  }
  throw new Error(`${path} 发布不了`);
}

test('每种内容的字段都真的写进了程序', () => {
  for (const { path, fields } of entries) expect(fields, path).toContain('title');
  expect(entries.flatMap(({ fields }) => fields).length).toBeGreaterThan(60);
});

test('后台的列表、表单、预览、历史和搜索里，程序只是文字', async () => {
  for (const { path, text } of entries)
    await office.administrator.call('PUT', 'file', { path, text, version: null });
  await start({ page }, office);
  for (const { type, slug } of entries) {
    await openEntry({ page }, type.name, slug);
    await reviewOf({ page }).getByRole('button', { name: '历史' }).click();
    await page.locator('dialog.portal-versions').getByText(TRAP).first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('img[src="x"], [onerror], [onload], [onclick]').count(), slug).toBe(0);
    const frame = page.frameLocator('iframe').first();
    if (await page.getByRole('button', { name: '预览', exact: true }).count()) {
      await openPreview({ page });
      await frame.locator('body').getByText(TRAP).filter({ visible: true }).first().waitFor();
      expect(
        await frame.locator('img[src="x"], [onerror], [onload], [onclick], script:not([src])').count(),
        slug,
      ).toBe(0);
    }
  }
  await visit({ page }, `#/search/${TRAP}`);
  await page.getByRole('link', { name: TRAP }).first().waitFor();
  await waitForIdle({ page });
});

test('工作台的每一页里，程序只是文字', async () => {
  for (const path of [
    'overview',
    'schedule',
    'fairness',
    'requests',
    'releases',
    'settings',
    'audit',
    'people',
    'account',
    'deleted',
  ]) {
    await page.goto(`${office.url}admin/desk/${path}/`);
    expect(await page.locator('img[src="x"], [onerror], [onload], [onclick]').count(), path).toBe(0);
  }
});

test('网站的页面和订阅里都没有程序', async () => {
  for (const entry of entries) {
    const { version } = await office.administrator.call('GET', `file?path=${entry.path}`);
    await office.administrator.call('POST', 'review', { path: entry.path, version, action: 'discard' });
    await publish(entry);
  }
  await office.served.settled();
  expect(await office.administrator.call('GET', 'status')).toMatchObject({ state: 'idle' });

  await page.goto(office.url);
  const root = join(office.data, 'releases');
  const live = JSON.parse(readFileSync(join(root, 'live.json'), 'utf8')) as Record<string, string>;
  const folder =
    Object.values(live)
      .map((value) => join(root, String(value)))
      .find((candidate) => readdirSync(root).includes(candidate.split('/').at(-1) ?? '')) ?? '';
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
    /\.(html|xml)$/.test(file),
  );
  let met = 0;
  for (const file of files) {
    const source = readFileSync(join(folder, file), 'utf8');
    if (source.includes(TRAP)) met++;
    const faults = await page.evaluate(
      ([text = '', kind = '', own = '']) => {
        const parsed = new DOMParser().parseFromString(text, kind as DOMParserSupportedType);
        const found: string[] = [...parsed.querySelectorAll('parsererror')].map(
          (error) => error.textContent ?? '',
        );
        for (const element of parsed.querySelectorAll('*')) {
          if (
            element.localName === 'script' &&
            !element.hasAttribute('src') &&
            element.textContent !== own &&
            !/json|speculationrules/.test(element.getAttribute('type') ?? '')
          )
            found.push(element.outerHTML);
          if (['iframe', 'object', 'embed', 'base'].includes(element.localName))
            found.push(element.outerHTML);
          for (const { name, value } of element.attributes) {
            if (/^on/i.test(name) || name === 'srcdoc') found.push(`${name}=${value}`);
            if (/^\s*(?:javascript|vbscript|data:text)/i.test(value.replace(/[\t\n\r]/g, '')))
              found.push(`${name}=${value}`);
          }
        }
        return found;
      },
      [source, file.endsWith('.xml') ? 'application/xml' : 'text/html', RECALL],
    );
    expect(faults, file).toEqual([]);
  }
  expect(met).toBeGreaterThan(entries.length);
  for (const { type, slug } of entries) {
    const address = type.address?.(slug);
    if (address) await page.goto(office.url + address.slice(1));
  }
});
