import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { change, smallCounty } from '../support/project.ts';
import { closeWindows, field, newEntry, openEditorAs, save, start, visit, write } from './editor.ts';

/** The guided forms and lists with tick-boxes on a phone, and the same inputs in the editor. */

let office: Office;
let page: Page;
let folder: string;

const at = (path: string) => page.goto(`${office.url}admin/desk/${path}`);
const shot = async (name: string) => {
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/tasks-${name}.png`, fullPage: true });
};
/** Nothing to scroll sideways for, nothing that axe objects to. */
async function isFine(name: string) {
  await shot(name);
  expect(await axeViolations(page, 'normal'), name).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over, name).toBeLessThanOrEqual(0);
}

beforeAll(async () => {
  folder = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  // Three townships that say where they are: a click on the schematic map is about right then.
  const at = (longitude: number, latitude: number) =>
    `    coordinates: { longitude: ${longitude}, latitude: ${latitude}, system: gcj02 }\n`;
  const list = join(folder, 'data/townships.yaml');
  change(list, '    kind: town\n', `    kind: town\n${at(105.6, 34.6)}`);
  change(list, '    kind: township\n', `    kind: township\n${at(105.8, 34.6)}`);
  appendFileSync(
    list,
    `  - id: nan-yuan\n    name: 南塬镇\n    kind: town\n${at(105.7, 34.5)}    outline: ['100,900', '900,900', '900,1000', '100,1000']\n`,
  );
  office = await openNewsroom({ steps: ['final'], content: folder });
  ({ page } = await openEditorAs(office, office.administrator));
  await page.setViewportSize({ width: 390, height: 844 });
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('手机上发一个活动：六个问题，图上点一下，看一遍，送审', async () => {
  await at('tasks/');
  await isFine('first');
  await page.getByRole('link', { name: /^发活动/ }).click();
  await page.getByLabel('标题').fill('河山乡科普集市');
  await page.getByLabel('种类').selectOption({ label: '科普集市' });
  await page.getByLabel('哪一天').fill('下周三');
  await page.getByLabel('几点到几点').fill('上午9点到11点半');
  await page.getByLabel('地点', { exact: true }).fill('乡政府前广场');
  await page.getByText('在地图上指出来，或者粘贴高德链接').click();
  await isFine('event');
  const map = page.getByAltText('全县地图：点一下活动的地点');
  await map.click({ position: { x: 220, y: 144 } });
  // The page comes back with what the click says.
  await expect.poll(() => page.getByLabel('乡镇（街道）').inputValue()).toBe('heshan');
  expect(await page.getByLabel('标题').inputValue()).toBe('河山乡科普集市');
  expect(await page.getByLabel('高德链接或经纬度').inputValue()).toMatch(/^105\.[78]\d*,34\.[56]\d*$/);
  await page.getByLabel('高德链接或经纬度').fill('https://surl.amap.com/1aBc');
  await page.getByRole('button', { name: '下一步：看一遍' }).click();
  await page.getByText('这是短链接').first().waitFor();
  await isFine('faults');
  await page.getByLabel('高德链接或经纬度').fill('https://uri.amap.com/marker?position=105.724947,34.580863');
  await page.getByLabel('摘要').fill('四十个摊位，带旧电池来换种子。');
  await page.getByRole('button', { name: '下一步：看一遍' }).click();
  await page.getByText('经度 105.724947，纬度 34.580863').waitFor();
  await isFine('look');
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('「河山乡科普集市」已保存，现在是「待终审」').waitFor();
  await isFine('done');
});

test('手机上改期：访客会看到的话先给自己看', async () => {
  await at('tasks/change/');
  await isFine('change');
  await page.getByRole('link', { name: '改期：义诊' }).click();
  await page.getByLabel('新的日子').fill('2027年1月8日');
  await page.getByLabel('新的时间').fill('14：30');
  await page.getByLabel('原因').fill('预报大雪');
  await page.getByLabel('一句话（可不填）').fill('已报名的不用再报');
  await isFine('reschedule');
  await page.getByRole('button', { name: '下一步：看一遍' }).click();
  await page.getByRole('heading', { name: '访客会看到' }).waitFor();
  expect(await page.locator('section', { hasText: '访客会看到' }).textContent()).toMatch(
    /原定.*改为.*下午 2:30.*原因：预报大雪；已报名的不用再报。/s,
  );
  await isFine('announcement');
});

test('全部内容：按住 Shift 选一段，数着选了几条，一次送审', async () => {
  for (const name of ['jia', 'yi', 'bing', 'ding'])
    await office.administrator.call('PUT', 'file', {
      path: `content/news/${name}.mdx`,
      text: `---\ntitle: 通知${name}\nkind: news\nsummary: 一句话。\npublished: 2026-11-0${name.length}\n---\n\n正文。\n`,
      version: null,
    });
  await at('entries/?type=news&stage=draft');
  const boxes = page.getByRole('checkbox', { name: /^选中/ });
  expect(await boxes.count()).toBe(4);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('一条也没有选，请先勾选').waitFor();
  await boxes.nth(0).check();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await page.getByText('已选 3 条').waitFor();
  await page.getByLabel('全选这 4 条').check();
  await page.getByText('已选 4 条').waitFor();
  await isFine('entries');
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('4 条已提交审核').waitFor();
  await isFine('result');
  await at('overview/');
  await shot('overview');
});

test('后台的日期格、坐标格和列表：怎样写都认，粘链接就填好，列表通到多选处理', async () => {
  const editor = { page };
  await page.setViewportSize({ width: 1366, height: 768 });
  await start(editor, office);
  await newEntry(editor, 'events');
  await field(editor, '标题').fill('后台里写的活动');
  const day = field(editor, '开始');
  await day.fill('2026年12月20日');
  await page.getByLabel('几点').first().click();
  expect(await day.inputValue()).toBe('2026-12-20');
  await page.getByLabel('几点').first().fill('14：30');
  await day.click();
  expect(await page.getByLabel('几点').first().inputValue()).toBe('14:30');
  await page.getByLabel('几点').first().fill('半天');
  await day.click();
  await page.getByText('看不懂「半天」是几点').waitFor();
  await page.getByLabel('几点').first().fill('下午2点半');
  await day.click();
  await write(field(editor, '地点'), '县科技馆');
  await page.getByText('在地图上点，或者粘贴高德链接').click();
  await page.getByRole('img', { name: '全县地图，点一下地点' }).click();
  // The middle of the map, as near as a pixel is.
  await page.getByText(/^图上点的：105\.(?:69|70)\d*,34\.5/).waitFor();
  await page.getByLabel('高德链接或经纬度').fill('https://uri.amap.com/marker?position=105.724947,34.580863');
  await page.getByText('读到了：105.724947,34.580863').waitFor();
  await shot('editor');
  await save(editor);
  const file = await office.administrator.call(
    'GET',
    'file?path=content/events/2026-12-20-houtai-li-xiede-huodong.mdx',
  );
  expect(file.text).toContain('start: 2026-12-20T14:30\n');
  expect(file.text).toMatch(/longitude: 105.724947[\s\S]*latitude: 34.580863[\s\S]*system: gcj02/);
  await start(editor, office);
  await visit(editor, '#/collections/events');
  await page.getByRole('link', { name: '多选处理' }).click();
  await page.getByText('后台里写的活动').waitFor();
  await shot('desktop-entries');
  await at('tasks/event/');
  await shot('desktop-event');
  await at('overview/');
  await shot('desktop-overview');
});
