import { expect, test } from 'vitest';
import { decoded, pagesOf, parsed, visibleText } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { htmlFaults } from '../support/validate.ts';

const { outDir } = await builtSite();
const pages = pagesOf(outDir);

test('每一页都是合格的 HTML', async () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(await htmlFaults(pages)).toEqual([]);
});

test('每一页有一个 h1、自己的标题、描述、规范网址、语言和读得懂的 JSON-LD', () => {
  const faults: string[] = [];
  const titles = new Map<string, string>();
  for (const { address, html } of pages) {
    const document = parsed(html);
    const expectThat = (holds: unknown, what: string) => {
      if (!holds) faults.push(`${address} ${what}`);
    };
    const attribute = (selector: string, name: string) =>
      document.querySelector(selector)?.getAttributeValue(name)?.trim() ?? '';
    const headings = document.querySelectorAll('h1');
    expectThat(headings.length === 1, `有 ${headings.length} 个 h1`);
    expectThat(headings[0]?.textContent.trim() || headings[0]?.querySelector('img[alt]'), 'h1 是空的');
    expectThat(attribute('html', 'lang') === 'zh-CN', '没有 lang');
    expectThat(attribute('meta[name="description"]', 'content').length > 3, '没有描述');

    const title = document.querySelector('title')?.textContent.trim() ?? '';
    expectThat(title, '没有标题');
    const canonical = attribute('link[rel="canonical"]', 'href');
    expectThat(/^https?:\/\/[^/]+\//.test(canonical), `规范网址不完整：${canonical}`);
    const own = decodeURI(new URL(canonical || 'http://x').pathname) === address;
    const sameTitle = titles.get(title);
    if (own && sameTitle) faults.push(`${address} 与 ${sameTitle} 同名：${title}`);
    if (own) titles.set(title, address);

    const data = document.querySelectorAll('script[type="application/ld+json"]');
    // Missing and embedded pages need no description.
    const described = address !== '/404.html' && !address.startsWith('/embed/');
    expectThat(data.length > 0 || !described, '没有 JSON-LD');
    for (const block of data) {
      const parsedData = JSON.parse(block.textContent) as { '@context'?: string; '@graph'?: unknown[] };
      expectThat(parsedData['@context'] === 'https://schema.org', 'JSON-LD 没有 @context');
      for (const node of parsedData['@graph'] ?? [parsedData])
        expectThat((node as Record<string, unknown>)['@type'], 'JSON-LD 有一项没有 @type');
    }
  }
  expect(faults).toEqual([]);
});

test('没有程序里漏出来的字样', () => {
  const faults = pages.flatMap(({ address, html }) => {
    const text = visibleText(html);
    const attributes = [...html.matchAll(/ (?:href|src|alt|title|aria-label|content)="([^"]*)"/g)]
      .map(([, value = '']) => decoded(value))
      .join('\n');
    const leaks = `${text}\n${attributes}`.match(
      /.{0,20}(?:\bundefined\b|\[object |\bNaN\b|Invalid Date|\{\{|\bnull\b).{0,20}/g,
    );
    return (leaks ?? []).map((leak) => `${address}：${leak}`);
  });
  expect(faults).toEqual([]);
});
