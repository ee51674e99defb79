import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, show } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { SITE_NOW } from '../support/build.ts';
import { builtSite } from '../support/site.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const { url } = await builtSite();

let browser: Browser;
let context: BrowserContext | undefined;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(() => context?.close());
afterAll(() => browser.close());

/** A phone's tab with the same clock as the site. */
async function phone(options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext({ ...PHONE, ...options });
  // Nothing on these pages may ask where the visitor is.
  await context.addInitScript(() => {
    navigator.geolocation.getCurrentPosition = () => document.documentElement.setAttribute('data-asked', '');
  });
  const tab = await context.newPage();
  await tab.clock.setFixedTime(new Date(`${SITE_NOW}:00+08:00`));
  return tab;
}

const status = (tab: Page) => tab.locator('stop-filter [data-part=status]');
const shownRows = (tab: Page) => tab.locator('stop-filter li[data-start]:not([hidden])');
const chosen = (tab: Page, name: string) =>
  shownRows(tab).evaluateAll(
    (rows, attribute) => rows.map((row) => row.getAttribute(`data-${attribute}`)),
    name,
  );

describe('校长在手机上找自己的学校', () => {
  test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    '点乡镇，再点学校，两下到学校那一页，那里能订阅日历（%o）',
    async (options) => {
      const tab = await phone(options);
      await tab.goto(`${url}/caravan/`);
      const township = tab.locator('summary', { hasText: '青禾镇' });
      const box = await township.boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0), '不用滚动就看得见').toBeLessThanOrEqual(
        PHONE.viewport.height,
      );
      await township.tap();
      await tab.getByRole('link', { name: '青禾镇中心小学' }).first().tap();
      await tab.waitForURL(`${url}/caravan/school/qinghe-zhongxin-xiaoxue/`);
      expect(await tab.locator('a[href^="webcal:"], a[href$="calendar.ics"]').first().isVisible()).toBe(true);
    },
  );

  test.each(['石桥镇中学', '石桥 中学', 'shiqiaozhongxue'])('搜索框里打「%s」，点一下就到', async (words) => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/`);
    await tab.getByLabel('校名，或校名的拼音').fill(words);
    const schools = tab.locator('school-finder li:not([hidden]) a:visible');
    expect(await schools.allTextContents()).toHaveLength(1);
    await schools.first().tap();
    await tab.waitForURL(`${url}/caravan/school/shiqiao-zhongxue/`);
  });

  test('找不到时说怎么办，清空后又是全部乡镇', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/`);
    const box = tab.getByLabel('校名，或校名的拼音');
    const townships = tab.locator('school-finder details:visible');
    const all = await townships.count();
    await box.fill('没有这所');
    expect(await townships.count()).toBe(0);
    expect(await tab.locator('school-finder [role=status]').textContent()).toContain('没有找到');
    await box.fill('');
    expect(await townships.count()).toBe(all);
    expect(await tab.locator('school-finder details[open]').count()).toBe(0);
  });
});

describe('离我近的下一站', () => {
  test('选了乡镇就只看那里的，下次打开还记得，不问定位', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/`);
    const rows = tab.locator('near-stops li:visible');
    expect(await rows.count()).toBe(0);
    await tab.getByLabel('我在的乡镇').selectOption('桃河乡');
    expect(await rows.allTextContents()).toHaveLength(1);
    expect(await rows.first().textContent()).toContain('桃河乡九年制学校');
    expect(await tab.locator('near-stops [role=status]').textContent()).toContain('桃河乡九年制学校');
    await tab.reload();
    expect(await tab.getByLabel('我在的乡镇').inputValue()).toBe('taohe');
    expect(await rows.count()).toBe(1);
    expect(await tab.locator('html').getAttribute('data-asked')).toBeNull();
  });
  test('没有脚本时，每个乡镇的下一站都写着', async () => {
    const tab = await phone({ javaScriptEnabled: false });
    await tab.goto(`${url}/caravan/`);
    expect(await tab.locator('near-stops li:visible').count()).toBe(10);
  });
});

describe('筛选', () => {
  test('几项一起选，留下的每一站都符合，数目读出来，网址能转发', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/list/`);
    const all = await shownRows(tab).count();
    expect(await status(tab).textContent()).toBe(`本学年和以后共 ${all} 站。`);
    await tab.getByLabel('乡镇（街道）').selectOption('城关镇');
    await tab.getByText('更多条件').tap();
    await tab.getByLabel('学段').selectOption('小学');
    await tab.getByLabel('时间').selectOption('接下来');
    const found = await shownRows(tab).count();
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(all);
    expect(await status(tab).textContent()).toBe(`找到 ${found} 站。`);
    expect(new Set(await chosen(tab, 'township'))).toEqual(new Set(['chengguan']));
    for (const stages of await chosen(tab, 'stages')) expect(stages?.split(' ')).toContain('primary');
    for (const end of await chosen(tab, 'end')) expect((end ?? '') >= SITE_NOW.slice(0, 10)).toBe(true);

    expect(new URL(tab.url()).search).toBe('?township=chengguan&stage=primary&when=next');
    const shared = tab.url();
    const first = await shownRows(tab).first().textContent();
    await shownRows(tab).first().getByRole('link').tap();
    await tab.waitForURL(/\/caravan\/20/);
    await tab.goBack();
    expect(tab.url()).toBe(shared);
    expect(await shownRows(tab).first().textContent()).toBe(first);
    expect(await tab.getByLabel('学段').inputValue()).toBe('primary');
    await tab.getByRole('button', { name: '清空筛选' }).tap();
    expect(await shownRows(tab).count()).toBe(all);
    expect(new URL(tab.url()).search).toBe('');
  });

  test('打字找，停一下就有结果；没有结果时说去掉哪一项有几站', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/list/?township=taohe`);
    const inTownship = await shownRows(tab).count();
    await tab.getByLabel('找字').fill('没有这样的字');
    await status(tab).filter({ hasText: '没有找到' }).waitFor();
    expect(await shownRows(tab).count()).toBe(0);
    const offer = tab.getByRole('button', { name: `不限“没有这样的字”（${inTownship} 站）` });
    await offer.tap();
    expect(await shownRows(tab).count()).toBe(inTownship);
    expect(await tab.getByLabel('找字').inputValue()).toBe('');
    // The button is gone: the focus is where the answer is read.
    expect(await tab.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('status');
    expect(await tab.locator('[data-part=empty]').isVisible()).toBe(false);
  });

  test('换了乡镇，别的乡镇的学校不再选着', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/list/?township=shiqiao&school=shiqiao-zhongxue`);
    expect(await shownRows(tab).count()).toBeGreaterThan(0);
    await tab.getByLabel('乡镇（街道）').selectOption('taohe');
    expect(new URL(tab.url()).search).toBe('?township=taohe');
    expect(await shownRows(tab).count()).toBeGreaterThan(0);
  });

  test('要找以前学年的，自己取来；取不到时说清楚，可以再试', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/list/`);
    const before = await shownRows(tab).count();
    await context?.route('**/caravan/list/20*/', (route) => route.abort());
    await tab.getByLabel('时间').selectOption('所有学年');
    await status(tab).filter({ hasText: '没有取到' }).waitFor();
    await context?.unroute('**/caravan/list/20*/');
    await status(tab).getByRole('button', { name: '再试一次' }).tap();
    await tab.locator('li[data-start^="2022"]').first().waitFor();
    const after = await shownRows(tab).count();
    expect(after).toBeGreaterThan(before);
    expect(await status(tab).textContent()).toBe(`找到 ${after} 站。`);
    await tab.getByLabel('时间').selectOption('自己选日期');
    await tab.getByLabel('从这天').fill('2022-01-01');
    await tab.getByLabel('到这天').fill('2022-12-31');
    expect(new URL(tab.url()).search).toBe('?from=2022-01-01&to=2022-12-31');
    for (const start of await chosen(tab, 'start')) expect(start).toMatch(/^2022/);
    expect(await shownRows(tab).count()).toBe(after - before);
    // Of these stops only the year is known: they are in no shorter time.
    await tab.getByLabel('从这天').fill('2022-09-01');
    await tab.waitForURL(/from=2022-09-01/);
    expect(await shownRows(tab).count()).toBe(0);
  });

  test('人在纽约，时间照样是北京时间，今天以前和以后也按北京算', async () => {
    const here = await phone();
    await here.goto(`${url}/caravan/list/?when=next`);
    const texts = await shownRows(here).allTextContents();
    await context?.close();
    const there = await phone({ timezoneId: 'America/New_York', locale: 'en-US' });
    await there.goto(`${url}/caravan/list/?when=next`);
    expect(await shownRows(there).allTextContents()).toEqual(texts);
  });

  test('没有脚本时，列表是全的，按乡镇、按月的去处都在，没有不管用的表单', async () => {
    const tab = await phone({ javaScriptEnabled: false });
    await tab.goto(`${url}/caravan/list/`);
    expect(await tab.locator('li[data-start]:visible').count()).toBeGreaterThan(20);
    expect(await tab.locator('main form:visible').count()).toBe(0);
    expect(await tab.getByRole('navigation', { name: '按乡镇' }).getByRole('link').count()).toBe(10);
  });
});

describe('地图', () => {
  test('没有脚本，只用键盘也能放大，放大后在框里移动，不撑宽页面', async () => {
    const tab = await phone({ javaScriptEnabled: false });
    await tab.goto(`${url}/caravan/map/`);
    const width = () => tab.locator('map-zoom svg').evaluate((map) => map.getBoundingClientRect().width);
    const whole = await width();
    await tab.getByRole('radio', { name: '看全县' }).focus();
    await tab.keyboard.press('ArrowRight');
    await tab.keyboard.press('ArrowRight');
    expect(await width()).toBeGreaterThan(whole * 2.5);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      PHONE.viewport.width,
    );
  });
  test('图上画的，列表里都有', async () => {
    const tab = await phone();
    await tab.goto(`${url}/caravan/map/`);
    const drawn = await tab
      .locator('map-zoom a[data-township]')
      .evaluateAll((areas) => areas.map((area) => area.getAttribute('data-township')));
    expect(drawn.length).toBe(10);
    for (const id of drawn) expect(await tab.locator(`li#${id} h3 a`).count(), id ?? '').toBe(1);
    const counts = await tab.locator('map-zoom .square .count').allTextContents();
    const listed = await tab.locator('[data-on-map] a[href^="/bases/"]').count();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(listed);
  });
});

test.each([
  '/caravan/',
  '/caravan/list/?township=taohe&stage=senior',
  '/caravan/list/?q=青禾',
  '/caravan/map/',
  '/caravan/week/2026-w48/',
])('%s 用起来以后也没有无障碍问题，平常、长辈、深色都是', async (address) => {
  const tab = await phone();
  await tab.goto(url + address);
  const township = tab.locator('school-finder summary').first();
  if ((await township.count()) > 0) await township.tap();
  const more = tab.locator('stop-filter summary');
  if ((await more.count()) > 0 && !(await tab.getByLabel('学段').isVisible())) await more.tap();
  for (const mode of ['normal', 'elder', 'dark'] as const) {
    await show(tab, mode);
    expect(await axeViolations(tab, mode), mode).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth), mode).toBeLessThanOrEqual(360);
  }
});
