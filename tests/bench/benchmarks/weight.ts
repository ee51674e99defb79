import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { type BuiltPage, pagesOf, visibleText } from '../../support/pages.ts';
import { quantile } from '../machine/median.ts';
import { pageTypes } from '../machine/page-types.ts';
import { builtSite, demoSite } from '../machine/portal.ts';
import { serveSite } from '../machine/serve-site.ts';
import { watchTraffic } from '../machine/traffic.ts';
import { costOf, failureOf, peerSite, peers } from '../peers/index.ts';
import { OWN, type Row } from '../report/result.ts';
import type { Context } from './context.ts';

const AIMS = { articleP95: 8, script: 5 };

/** Body text up to here counts towards an article's weight; what is above is the author's. */
const BODY_KB = 3;

/** How `build/compression.ts` compresses. */
const brotli = (text: string | Buffer): number =>
  brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  }).length / 1000;

const weightOf = (file: string): number =>
  existsSync(`${file}.br`) ? statSync(`${file}.br`).size / 1000 : brotli(readFileSync(file));

/** Share of a page's own text that is style sheets, in per cent. */
function styleShare(html: string): number {
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style = '']) => style);
  return (100 * Buffer.byteLength(styles.join(''))) / Buffer.byteLength(html);
}

/** What a first visit loads before anybody scrolls. */
async function loaded(browser: Browser, url: string): Promise<Row['figures']> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const traffic = await watchTraffic(page);
  await page.goto(url);
  await traffic.quiet();
  await context.close();
  return {
    styleFiles: traffic.bodies('Stylesheet') / 1000,
    script: traffic.bodies('Script') / 1000,
    pictures: traffic.bodies('Image') / 1000,
    total: traffic.bytes() / 1000,
  };
}

/** Weight of an article without the part of its body above `BODY_KB`. */
function articleWeight(outDir: string, { file, html }: BuiltPage): number {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const body = brotli(visibleText(main));
  return weightOf(join(outDir, file)) - Math.max(0, body - BODY_KB);
}

/** Size of one page of every page type, and of one article beside the peers' page of it. */
export async function benchWeight({ sheet, size }: Context): Promise<void> {
  const outDir = await demoSite();
  const site = await serveSite(outDir);
  const browser = await launchBrowser();
  let heaviest: { row: number; script: number } | undefined;
  try {
    for (const { label, page } of pageTypes(outDir, { isAll: true })) {
      const traffic = await loaded(browser, site.url + page.address);
      const html = weightOf(join(outDir, page.file));
      const row = sheet.row(OWN, label, { html, style: styleShare(page.html), ...traffic });
      const { script = 0 } = traffic;
      if (!page.template.startsWith('search/') && script > (heaviest?.script ?? -1))
        heaviest = { row, script };
    }
  } finally {
    await browser.close();
    await site.close();
  }
  if (heaviest)
    sheet.aim('搜索以外脚本最多的一种页面', { own: heaviest.row, metric: 'script', most: AIMS.script });
  const articles = pagesOf(outDir).filter(({ template }) => template === 'articles/[slug]/index.astro');
  const weights = articles.map((page) => articleWeight(outDir, page));
  const name = `演示县 ${articles.length} 篇文章的 p95，正文超过 ${BODY_KB} kB 的部分不算`;
  const p95 = sheet.row(OWN, name, { html: quantile(weights, 0.95) });
  sheet.aim('文章，p95', { own: p95, metric: 'html', most: AIMS.articleP95 });

  const own = join(await builtSite(size), 'articles/a0/index.html');
  const article = sheet.row(OWN, '同一篇文章', { html: weightOf(own) });
  for (const peer of peers().present) {
    if (!(await costOf(peer, size).catch((error) => sheet.note(failureOf(peer, size, error))))) continue;
    const bare = weightOf(peer.page(peerSite(peer, size), 'a0'));
    sheet.compare(article, sheet.row(peer.name, '同一篇文章，没有样式和导航', { html: bare }));
  }
  sheet.note(
    '每种页面取最长的一页，手机大小，第一次打开、不往下滚。HTML 是 brotli 以后的大小，里面的样式按压缩前算占比；样式文件、脚本、图片是压缩以后的大小；一共是传输的字节，连同响应头。',
  );
}
