import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultsOfJsonLd } from '../support/json-ld.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** What every page says about itself to search engines and to those who share it. */

const { outDir } = await builtSite();
const SITE = 'https://kepu.maihe.example/';
const pages = pagesOf(outDir);
const open = pages.filter(({ html }) => !/<meta name="robots" content="noindex">/.test(html));

const exists = (address: string): boolean => {
  const path = join(outDir, decodeURI(new URL(address).pathname));
  return existsSync(path) && (statSync(path).isFile() || existsSync(join(path, 'index.html')));
};
const metaOf = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`, 'g'))].map(
    ([, content]) => content ?? '',
  );

/** What several have, each with those that have it. */
function shared(of: readonly { address: string; text: string }[]): string[] {
  const byText = Map.groupBy(of, ({ text }) => text);
  return [...byText]
    .filter(([, all]) => all.length > 1)
    .map(([text, all]) => `${text}：${all.map(({ address }) => address).join(' ')}`);
}

describe('每一页', () => {
  test('有一句自己的说明，没有两页相同', () => {
    const described = pages.map(({ address, html }) => ({
      address,
      text: metaOf(html, 'description').join('|'),
    }));
    for (const { address, text } of described) expect(text.length, address).toBeGreaterThan(7);
    expect(described.filter(({ text }) => /[。：]。|undefined|\[object/.test(text))).toEqual([]);
    expect(shared(described)).toEqual([]);
  });

  test('有自己的题目', () => {
    const titled = open.map(({ address, html }) => ({
      address,
      text: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '',
    }));
    for (const { address, text } of titled) expect(text, address).not.toBe('');
    expect(shared(titled)).toEqual([]);
  });

  test('转发时有图、题目、说明、网址、语言，各一个；网址是完整的，也是搜索引擎该记的那个', () => {
    const once = [
      'og:type',
      'og:title',
      'og:description',
      'og:url',
      'og:site_name',
      'og:locale',
      'og:image',
      'twitter:card',
    ];
    for (const { address, html } of pages) {
      for (const name of once) expect(metaOf(html, name), `${address} ${name}`).toHaveLength(1);
      expect(metaOf(html, 'og:description'), address).toEqual(metaOf(html, 'description'));
      const [canonical = ''] = [...html.matchAll(/<link rel="canonical" href="([^"]*)"/g)].map(
        ([, href]) => href,
      );
      expect(metaOf(html, 'og:url'), address).toEqual([canonical]);
      expect(canonical.startsWith(SITE), address).toBe(true);
      expect(exists(canonical), `${address} ${canonical}`).toBe(true);
      expect(exists(metaOf(html, 'og:image')[0] ?? SITE), address).toBe(true);
    }
  });

  test('首页、名录、每一类的页面有各自的图', () => {
    const imageOf = (address: string) =>
      metaOf(pages.find((page) => page.address === address)?.html ?? '', 'og:image')[0];
    expect(imageOf('/')).toBe(`${SITE}og/site.png`);
    expect(imageOf('/help/')).toBe(`${SITE}og/site.png`);
    expect(imageOf('/teams/')).toBe(`${SITE}og/teams.png`);
    expect(imageOf('/caravan/list/')).toBe(`${SITE}og/caravan.png`);
    expect(imageOf('/townships/qinghe/')).toBe(`${SITE}og/townships.png`);
    expect(imageOf('/articles/cpr-aed/')).toBe(`${SITE}og/articles/cpr-aed.png`);
  });

  test('结构化数据合规矩：必要的都有，时间带时区，网址完整而且打得开', () => {
    const faults = pages.flatMap(({ address, html }) =>
      faultsOfJsonLd(html, { site: SITE, exists }).map((fault) => `${address} ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(pages.filter(({ html }) => html.includes('application/ld+json')).length).toBeGreaterThan(500);
  });
});

describe('结构化数据', () => {
  const nodesOf = (address: string) =>
    [
      ...(pages.find((page) => page.address === address)?.html ?? '').matchAll(
        /<script type="application\/ld\+json">([\s\S]*?)<\/script>/g,
      ),
    ].flatMap(([, block = '']) => JSON.parse(block)['@graph'] as Record<string, unknown>[]);

  test('品牌活动的每一项都有地点、状态和主办，地址的省是设置里的省', () => {
    const [series] = nodesOf('/campaigns/2022-keji-zhi-chun/').length
      ? nodesOf('/campaigns/2022-keji-zhi-chun/')
      : pages
          .filter(({ address }) => /^\/campaigns\/[^/]+\/$/.test(address))
          .map(({ address }) => nodesOf(address)[0]);
    const events = series?.subEvent as { location: { address: object } }[];
    expect(events.length).toBeGreaterThan(0);
    for (const { location } of events)
      expect(location.address).toMatchObject({ addressRegion: '陕西省', addressLocality: '麦禾县' });
  });

  test('还能参加的公开活动写明不收费，办完的、取消的、只给本校的不写', () => {
    const events = pages.flatMap(({ address }) =>
      nodesOf(address).filter((node) => node['@type'] === 'Event'),
    );
    const offered = events.filter(({ offers }) => offers);
    expect(offered.length).toBeGreaterThan(0);
    for (const { offers } of offered) expect(offers).toMatchObject({ price: 0, priceCurrency: 'CNY' });
    expect(offered.length).toBeLessThan(events.length);
  });
});

test('没有图、没有说明的页面会被发现', () => {
  const place = { site: SITE, exists };
  const block = (node: object) =>
    `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': [node] })}</script>`;
  const event = { '@type': 'Event', name: '讲座', url: `${SITE}mei-you/`, startDate: '2026-12-01T09:00' };
  const faults = faultsOfJsonLd(block(event), place).join('\n');
  expect(faults).toContain('没有 location');
  expect(faults).toContain('2026-12-01T09:00 写法不对');
  expect(faults).toContain('指到没有的');
  expect(readFileSync(join(outDir, 'index.html'), 'utf8')).toContain('og/site.png');
});
