import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContent } from '../../src/store/index.ts';
import { openAudit } from '../../cms/server/stores/audit.ts';
import { openDatabase } from '../../cms/server/stores/database.ts';
import { deskOf } from '../../cms/server/http/desk/desk.ts';
import { requestRoutes } from '../../cms/server/http/requests/index.ts';
import { openRequests } from '../../cms/server/services/requests/index.ts';
import { siteHandler } from '../../cms/server/http/site/index.ts';
import { type Mode, show, axeViolations } from '../support/axe.ts';
import { knowsClient } from '../../cms/server/http/client.ts';
import { ownOrigins, ownPagesOnly } from '../../cms/server/http/own-pages.ts';
import { type Signed, providesContent } from '../../cms/server/http/access.ts';
import { launchBrowser } from '../support/browser.ts';
import { SITE_NOW } from '../support/build.ts';
import { builtSite } from '../support/site.ts';

/** Asking for a visit on a phone: over the built site alone, and with the publishing server's own routes before it. */

const PHONE = { width: 360, height: 740 };
const SCHOOL = '/caravan/school/shiyan-xiaoxue/';
const { url: staticUrl, outDir } = await builtSite();

const folder = mkdtempSync(join(tmpdir(), 'site-requests-'));
const drafts: { path: string; text: string }[] = [];
const content = openContent();
let clock = new Date(`${SITE_NOW}:00+08:00`);
let database: DatabaseSync;
let server: Server;
let url = '';
let browser: Browser;

beforeAll(async () => {
  database = openDatabase(join(folder, 'portal.db'));
  const requests = requestRoutes({
    requests: openRequests({ database, content, keyFile: join(folder, 'requests.key'), now: () => clock }),
    audit: openAudit(database),
    createDraft: async ({ path, text }) => void drafts.push({ path, text }),
  });
  const app = new Hono<Signed>({ strict: false });
  const port = () => (server.address() as AddressInfo).port;
  app.use(
    providesContent(content),
    knowsClient(() => ({ proxy: '' })),
  );
  app.use(
    ownPagesOnly({
      origins: () => ownOrigins(port(), { network: false, publicUrl: '' }),
      open: ['/api/requests'],
    }),
  );
  app.route('/api/requests', requests.publicRoutes);
  app.use('/admin/*', async (context, next) => {
    context.set('person', { id: '1', name: '周干事', login: 'zhou', role: 'reviewer' });
    await next();
  });
  app.route(
    '/',
    deskOf([{ path: 'requests', label: '大篷车申请', least: 'reviewer', routes: requests.deskRoutes }]),
  );
  const office = getRequestListener(app.fetch);
  const site = siteHandler({
    folder: () => outDir,
    uploads: resolve('public/uploads'),
    editor: folder,
    base: '/',
    mayEdit: () => false,
  });
  server = createServer((request, response) =>
    /^\/(api\/requests|admin)\//.test(request.url ?? '') || request.url?.startsWith('/admin/desk.css')
      ? void office(request, response)
      : site(request, response),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${port()}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function onPhone(
  look: (tab: Page, context: BrowserContext) => Promise<void>,
  options: { javaScriptEnabled?: boolean } = {},
) {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const faults: string[] = [];
  const tab = await context.newPage();
  tab.on('console', (message) => {
    // Answers that refuse a form are part of the tests.
    if (message.type() === 'error' && !message.text().includes('422')) faults.push(message.text());
  });
  tab.on('pageerror', (error) => faults.push(error.message));
  await look(tab, context);
  await context.close();
  expect(faults).toEqual([]);
}

/** Fills in what the school does not know already; a while passes. */
async function fill(tab: Page, phone: string) {
  await tab.getByLabel('参加人数（人）').fill('420');
  await tab.getByLabel('想要的日子').fill('2026-12-16');
  await tab.getByLabel('时段').selectOption({ label: '上午' });
  await tab.getByLabel('联系人').fill('秦可欣');
  await tab.getByLabel('联系电话').fill(phone);
  const consent = tab.getByLabel('我看过了，同意');
  expect(await consent.isChecked()).toBe(false);
  await consent.check();
  clock = new Date(clock.getTime() + 60_000);
  await tab.getByRole('button', { name: '提交申请' }).click();
}
const fitsPhone = (tab: Page) =>
  tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

async function passesAxe(tab: Page) {
  for (const mode of ['normal', 'elder', 'dark'] satisfies Mode[]) {
    await show(tab, mode);
    expect(await axeViolations(tab, mode), `${tab.url()} ${mode}`).toEqual([]);
    expect(await fitsPhone(tab), `${tab.url()} ${mode}`).toBe(true);
  }
  await show(tab, 'normal');
}

test('手机上：学校页两下到申请表，填错了退回不丢字，改好提交，拿到编号，查得到状态，办公室看得到', async () => {
  await onPhone(async (tab) => {
    await tab.goto(url + SCHOOL);
    await tab.getByRole('link', { name: '请大篷车来' }).click();
    await tab.getByRole('heading', { name: '在网上填写' }).waitFor();
    expect(await tab.getByLabel('学校', { exact: true }).inputValue()).toBe('shiyan-xiaoxue');
    await passesAxe(tab);

    await fill(tab, '12345');
    await tab.waitForURL(/\/api\/requests\/form\//);
    expect(await tab.getByRole('alert').textContent()).toContain('应当是手机号');
    expect(await tab.getByLabel('联系人').inputValue()).toBe('秦可欣');
    expect(await tab.getByLabel('参加人数（人）').inputValue()).toBe('420');
    expect(await tab.getByLabel('我看过了，同意').isChecked()).toBe(true);
    await passesAxe(tab);

    await tab.getByLabel('联系电话').fill('13912345678');
    await tab.getByRole('button', { name: '提交申请' }).click();
    await tab.waitForURL(/receipt/);
    const reference =
      /DP26-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await tab.locator('main').textContent()) ?? '')?.[0] ?? '';
    expect(reference).not.toBe('');
    expect(await tab.locator('main').textContent()).toContain('申请不等于确认');
    await passesAxe(tab);

    await tab.getByRole('link', { name: '查办到哪一步' }).click();
    expect(await tab.locator('main').textContent()).toContain('新到');
    await passesAxe(tab);

    await tab.getByRole('link', { name: '看全文或者删除自己的申请' }).click();
    await passesAxe(tab);

    await tab.goto(`${url}/admin/desk/requests/`);
    await passesAxe(tab);
    await tab.getByRole('link', { name: reference }).click();
    expect(await tab.locator('main').textContent()).toContain('13912345678');
    await passesAxe(tab);
    await tab.getByRole('button', { name: '转为草拟站次' }).click();
    await tab.getByText('草稿建好了').waitFor();
    expect(drafts.at(-1)?.path).toBe('content/caravan/2026-12-16-shiyan-xiaoxue.mdx');
    expect(drafts.at(-1)?.text).not.toContain('13912345678');
  });
});

test('没有脚本：按钮打开同一张表单，普通提交也拿到编号和口令，凭它们看自己填的、删除', async () => {
  await onPhone(
    async (tab) => {
      await tab.goto(`${url}/caravan/request/shiyan-xiaoxue/`);
      await tab.getByRole('button', { name: '在网上填写' }).click();
      await tab.waitForURL(/form/);
      await fill(tab, '0913-6666666');
      await tab.waitForURL(/receipt/);
      const [reference = '', secret = ''] = await tab.locator('.reference').allTextContents();
      expect(reference).toMatch(/^DP26-/);
      await tab.getByRole('link', { name: '看自己填的内容' }).click();
      await tab.getByLabel('编号').fill(reference);
      await tab.getByLabel('口令').fill(secret.toLowerCase());
      await tab.getByRole('button', { name: '查看' }).click();
      expect(await tab.locator('main').textContent()).toContain('0913-6666666');
      await tab.getByLabel('确定删除').check();
      await tab.getByRole('button', { name: '删除这份申请' }).click();
      expect(await tab.locator('main').textContent()).toContain('已经删除');
      await tab.goto(`${url}/admin/desk/requests/`);
      expect(await tab.locator('main').textContent()).toContain('申请人已删除');
    },
    { javaScriptEnabled: false },
  );
});

test('没有发布服务器：不出现网上表单，也没有打不开的请求，Word 申请表下得到，纸质怎么交写得清楚', async () => {
  await onPhone(async (tab) => {
    const failed: string[] = [];
    tab.on('response', (response) => {
      if (response.status() >= 400) failed.push(response.url());
    });
    const asked = tab.waitForResponse(/api\/requests\/open/);
    await tab.goto(`${staticUrl}/caravan/request/shiyan-xiaoxue/`);
    expect(await (await asked).json()).toEqual({ open: false });
    expect(await tab.getByRole('heading', { name: '在网上填写' }).isVisible()).toBe(false);
    const main = await tab.locator('main').textContent();
    for (const said of ['申请不等于确认', '送到：', '麦禾县实验小学']) expect(main).toContain(said);

    const download = tab.waitForEvent('download');
    await tab.getByRole('link', { name: '下载 Word 申请表' }).click();
    const file = await (await download).path();
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(failed).toEqual([]);
    expect((await tab.goto(`${staticUrl}/api/requests/form/`))?.status()).toBe(200);
    expect(await tab.locator('main').textContent()).toContain('没有开通');
  });
});

test('给家长的通知一按就复制，没有脚本也能选中', async () => {
  const page = '/caravan/school/qinghe-zhongxin-xiaoxue/';
  await onPhone(async (tab, context) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: staticUrl });
    await tab.goto(staticUrl + page);
    const notice = tab.getByLabel('复制下面这段话');
    await tab.getByRole('button', { name: '复制通知' }).click();
    await tab.getByText('已复制').waitFor();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await notice.inputValue());
    expect(copied).toContain('青禾镇中心小学');
  });
  await onPhone(
    async (tab) => {
      await tab.goto(staticUrl + page);
      expect(await tab.getByLabel('复制下面这段话').inputValue()).toContain('各位家长');
      expect(await tab.getByRole('button', { name: '复制通知' }).isVisible()).toBe(false);
    },
    { javaScriptEnabled: false },
  );
});

test('打印申请页，只印出一张 A4 的申请表', async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`${staticUrl}/caravan/request/shiyan-xiaoxue/`);
  const pdf = await tab.pdf({ preferCSSPageSize: true });
  await context.close();
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
