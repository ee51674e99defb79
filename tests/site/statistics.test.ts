import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { decoded, pagesOf, visibleText } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** The pages of figures, as a visitor, a printer and a spreadsheet see them. */

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);
const htmlOf = (address: string) => pages.find((page) => page.address === address)?.html ?? '';
const file = (path: string) => readFileSync(join(outDir, path));

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Sheets of a printed page, and the size of the first in millimetres. */
async function printed(address: string) {
  const tab = await browser.newPage();
  await tab.goto(url + address);
  const pdf = (await tab.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  await tab.close();
  const [, width = 0, height = 0] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  const millimetres = (points: string | number) => Math.round((Number(points) / 72) * 25.4);
  return {
    sheets: pdf.match(/\/Type\s*\/Page\b/g)?.length,
    size: [millimetres(width), millimetres(height)],
  };
}

test('年度成绩单印出来正好一张 A3 横页，一样都没有切掉', async () => {
  for (const year of [2022, 2026]) {
    const address = `/statistics/${year}/scorecard/`;
    expect(await printed(address)).toEqual({ sheets: 1, size: [420, 297] });
    const tab = await browser.newPage({ viewport: { width: 1480, height: 1000 } });
    await tab.goto(url + address);
    await tab.emulateMedia({ media: 'print' });
    const cut = await tab.evaluate(() =>
      [...document.querySelectorAll('.card, .columns')]
        .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
        .map((box) => box.className),
    );
    expect(cut, address).toEqual([]);
    await tab.close();
  }
});

test('一年的数据印出来两张纸，未载的收成一行', async () => {
  const { sheets } = await printed('/statistics/2022/');
  expect(sheets).toBe(2);
  const text = visibleText(htmlOf('/statistics/2022/'));
  expect(text).toMatch(/另有 \d+ 项未载：/);
});

test('每张图有题目、说明，后面是同样数据的表；页面没有为图加脚本', () => {
  const charts = pages
    .filter(({ address }) => address.startsWith('/statistics/'))
    .flatMap(({ address, html }) =>
      // The parser of the other tests passes over what is in a drawing.
      [...html.matchAll(/<figure class="chart[\s\S]*?<\/figure>/g)].map(([chart]) => ({ address, chart })),
    );
  expect(charts.length).toBeGreaterThan(10);
  for (const { address, chart } of charts) {
    const [, title, description] = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(chart) ?? [];
    expect(chart, address).toMatch(new RegExp(`<title id="${title}"[^>]*>[^<]+</title>`));
    expect(chart, address).toMatch(new RegExp(`<desc id="${description}"[^>]*>[^<]+</desc>`));
    const [, names = ''] = /<g [^>]*class="name"[^>]*>(.*?)<\/g>/.exec(chart) ?? [];
    const labels = [...names.matchAll(/>([^<]*)<\/text>/g)].map(([, label = '']) => decoded(label));
    const rows = [...chart.matchAll(/<th scope="row"[^>]*>([\s\S]*?)<\/th>/g)].map(([, row = '']) =>
      decoded(row.replace(/<[^>]*>/g, '')).trim(),
    );
    expect(labels.length, address).toBeGreaterThan(1);
    // A long name is cut short in the drawing.
    for (const [index, label] of labels.entries())
      expect(rows[index]?.startsWith(label.replace(/…$/, '')), `${address} ${label}`).toBe(true);
  }
  const scripts = (html: string) => html.match(/<script[^>]*src=/g)?.length ?? 0;
  expect(scripts(htmlOf('/statistics/2026/'))).toBe(scripts(htmlOf('/teams/')) + 1);
});

test('图上的字在 360 像素宽的手机上不小于 12 像素，长辈模式更大', async () => {
  const tab = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await tab.goto(`${url}/statistics/2026/`);
  const smallest = () =>
    tab.evaluate(() =>
      Math.min(
        ...[...document.querySelectorAll<SVGSVGElement>('.chart svg')].map(
          (svg) => Number.parseFloat(getComputedStyle(svg).fontSize) * (svg.getScreenCTM()?.a ?? 0),
        ),
      ),
    );
  const usual = await smallest();
  expect(usual).toBeGreaterThanOrEqual(12);
  await tab.evaluate(() => {
    document.documentElement.dataset.mode = 'elder';
  });
  expect(await smallest()).toBeGreaterThan(usual);
  await tab.close();
});

test('没有记录的一年有页面，说明没有记录，不给成绩单和下载', () => {
  const html = htmlOf('/statistics/2024/');
  expect(visibleText(html)).toContain('2024 年没有留下记录');
  expect(html).toContain('name="robots" content="noindex"');
  const sitemap = file('sitemap-0.xml').toString();
  expect(sitemap).toContain('/statistics/2022/</loc>');
  expect(sitemap).not.toContain('/statistics/2024/');
  expect(html).not.toContain('/statistics/2024/scorecard/');
  expect(existsSync(join(outDir, 'api/statistics/2024.csv'))).toBe(false);
});

test('下载的三种文件说的是同样的数：CSV 有字节序标记，表格里数是数，JSON 和公布的格式对得上', async () => {
  const json = JSON.parse(file('api/statistics/2022.json').toString()) as {
    $schema: string;
    figures: ({ name: string; value: number | null } & Record<string, unknown>)[];
  };
  const csv = file('api/statistics/2022.csv').toString('utf8');
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const sheet = await readSheet(file('api/statistics/2022.xlsx'), '指标');
  expect(sheet.slice(1).map(([name, value]) => [name, value])).toEqual(
    json.figures.map(({ name, value }) => [name, value]),
  );
  for (const { name, value } of json.figures) expect(csv).toContain(`\r\n"${name}",${value ?? ''},`);
  const schema = JSON.parse(file('api/statistics.schema.json').toString());
  expect(json.$schema).toBe(schema.$id);
  const fields = Object.keys(schema.properties.figures.items.properties);
  for (const figure of json.figures) expect(Object.keys(figure)).toEqual(fields);
});

test('主办单位写的是名录里的名称，就链到那个单位，它的页面列出这次活动和数字', () => {
  expect(htmlOf('/events/2026-09-23-qiubo-peixun/')).toContain(
    'href="/organisations/agri-technology-center/"',
  );
  const html = htmlOf('/organisations/agri-technology-center/');
  expect(html).toContain('href="/events/2026-09-23-qiubo-peixun/"');
  expect(visibleText(html)).toContain('2026 年的数字');
  expect(html).toContain('href="/statistics/2026/#figure-people-trained"');
});

test('志愿服务分队的页面有它的活动场次和上传次数', () => {
  const text = visibleText(htmlOf('/teams/zhiyuan-fendui/'));
  expect(text).toMatch(/科技志愿服务活动\s*26 场/);
  expect(text).toMatch(/志愿服务平台上传活动\s*18 次/);
});

test('科普中国 App 的页面两个对不上的数都写，不替人挑', () => {
  expect(visibleText(htmlOf('/kepu-zhongguo-app/'))).toContain('1,278 或 1,283 人');
});
