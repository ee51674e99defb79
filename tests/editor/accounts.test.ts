import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HTML_RULES } from '../support/validate.ts';
import { type Mode, show, axeViolations } from '../support/axe.ts';
import { type Office, openOffice, PASSWORD } from '../support/office.ts';
import { codeOf } from '../support/totp.ts';
import { closeWindows, newWindow } from './editor.ts';

/** Accounts as the office meets them, in a real browser on a telephone: only plain pages and forms. */

const folder = mkdtempSync(join(tmpdir(), 'portal-accounts-'));
const htmlValidate = new HtmlValidate({
  ...HTML_RULES,
  // What HTML takes them for without a type, text and submit, is what they are.
  rules: { ...HTML_RULES.rules, 'no-implicit-input-type': 'off', 'no-implicit-button-type': 'off' },
});
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let office: Office;
let server: Awaited<ReturnType<Office['listen']>>;
beforeAll(async () => {
  office = await openOffice(folder);
  server = await office.listen();
});
afterAll(async () => {
  await closeWindows();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A new browser context without JavaScript; its console messages are collected. */
async function open(viewport = PHONE) {
  const { page } = await newWindow();
  await page.setViewportSize(viewport);
  const browserErrors: string[] = [];
  page.on('console', (message) => browserErrors.push(message.text()));
  page.on('pageerror', (error) => browserErrors.push(error.message));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.url))
      browserErrors.push(request.url());
  });
  return { page, browserErrors };
}

/** Saves a picture to look at where `SHOTS` names a folder, and says what is wrong with the page. */
async function inspect(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const mode of ['normal', 'dark', 'elder'] satisfies Mode[]) {
    await show(page, mode);
    faults.push(...(await axeViolations(page, mode)).map((fault) => `${name} ${mode}: ${fault}`));
    if (process.env.SHOTS && mode !== 'elder')
      await page.screenshot({ path: join(process.env.SHOTS, `${name}-${mode}.png`), fullPage: true });
  }
  await show(page, 'normal');
  if (process.env.SHOTS) {
    await page.setViewportSize(DESKTOP);
    await page.screenshot({ path: join(process.env.SHOTS, `${name}-wide.png`), fullPage: true });
    await page.setViewportSize(PHONE);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) faults.push(`${name}: ${wide} px too wide`);
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, .button, input:not([type=hidden], [hidden]), select, nav a, summary',
      ),
    ]
      .filter((element) => element.checkVisibility())
      .map((element) =>
        element.matches('[type=radio], [type=checkbox]') ? (element.closest('label') ?? element) : element,
      )
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  faults.push(...small.map((element) => `${name}: too small ${element}`));
  const report = await htmlValidate.validateString(
    await page.evaluate(async () => (await fetch(location.href)).text()),
  );
  for (const { messages } of report.results)
    faults.push(...messages.map(({ ruleId, message, line }) => `${name} ${line}: ${ruleId} ${message}`));
  return faults;
}

const submit = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function fill(page: Page, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(value);
}

test('管理员建立编辑部和账号，新同事用手机开启两步验证，每一页都合格', async () => {
  const faults: string[] = [];
  const { page: wang, browserErrors } = await open();
  await wang.goto(`${server.url}${office.accounts.setupPath()}`);
  faults.push(...(await inspect(wang, 'setup')));
  await fill(wang, { 姓名: '王主任', 登录名: 'wang', 新密码: PASSWORD, 再输入一次: PASSWORD });
  await submit(wang, '建立账号');
  await wang.waitForURL('**/admin/desk/audit/');

  await wang.locator('summary', { hasText: '菜单' }).click();
  faults.push(...(await inspect(wang, 'audit')));
  await wang.getByRole('link', { name: '账号', exact: true }).click();
  await fill(wang, { 姓名: '李编辑', 登录名: 'li' });
  await wang.getByLabel('审核').check();
  await submit(wang, '新建');
  const temporary = await wang.locator('code.big').innerText();
  faults.push(...(await inspect(wang, 'temporary')));
  await wang.getByRole('link', { name: '记下了' }).click();
  faults.push(...(await inspect(wang, 'people')));
  await wang.getByRole('link', { name: '李编辑' }).click();
  faults.push(...(await inspect(wang, 'person')));

  const { page: li, browserErrors: others } = await open();
  await li.goto(`${server.url}admin/desk/account/`);
  await li.waitForURL('**/admin/login/**');
  faults.push(...(await inspect(li, 'login')));
  await fill(li, { 登录名: 'li', 密码: 'falsch-falsch' });
  await submit(li, '登录');
  await li.getByRole('alert').getByText('登录名或密码不对').waitFor();
  expect(await li.getByLabel('登录名').inputValue()).toBe('li');
  await fill(li, { 密码: temporary });
  await submit(li, '登录');
  await li.waitForURL('**/admin/account/password/');
  faults.push(...(await inspect(li, 'change')));
  await fill(li, { 新密码: PASSWORD, 再输入一次: PASSWORD });
  await submit(li, '换密码');

  await li.waitForURL('**/admin/desk/account/');
  faults.push(...(await inspect(li, 'account')));
  await li.locator('section', { hasText: '两步验证' }).getByLabel('现在的密码').fill(PASSWORD);
  await submit(li, '开启两步验证');
  const secret = (await li.locator('li code').innerText()).replaceAll(' ', '');
  expect((await li.locator('svg.qr').boundingBox())?.width).toBeGreaterThan(200);
  faults.push(...(await inspect(li, 'two-step')));
  await fill(li, { '验证器显示的 6 位数字': codeOf(secret) });
  await submit(li, '完成');
  const recovery = await li.locator('.codes li').allInnerTexts();
  expect(recovery.length).toBeGreaterThanOrEqual(8);
  faults.push(...(await inspect(li, 'codes')));
  await li.getByRole('link', { name: '抄好了' }).click();
  await li.getByText('已开启').waitFor();
  await submit(li, '退出');
  await li.waitForURL('**/admin/login/');

  await fill(li, { 登录名: 'li', 密码: PASSWORD });
  await submit(li, '登录');
  await fill(li, { 验证码: recovery[0] as string });
  await submit(li, '继续');
  await li.waitForURL('**/admin/desk/account/');
  await li.goto(`${server.url}admin/desk/people/`);
  await li.getByText('这一页要「管理员」以上的人来用').waitFor();

  expect(faults).toEqual([]);
  // A page that answers with 401, 403 or 422 is a line in the browser's console.
  expect([...browserErrors, ...others].filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
});
