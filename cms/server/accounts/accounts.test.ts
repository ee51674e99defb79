import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openOffice, PASSWORD } from '../../../tests/support/office.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-accounts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let round = 0;
const newOffice = () => openOffice(join(folder, String(round++)));

test('the one-time link makes the administrator, who is then signed in; the link is void', async () => {
  const office = await newOffice();
  const path = office.accounts.setupPath() as string;
  const browser = office.browser();
  expect(await (await browser.get(path)).text()).toContain('建立管理员账号');
  const token = path.split('token=')[1] as string;
  const form = { token, name: '王主任', login: 'Wang', password: PASSWORD, again: PASSWORD };
  const made = await browser.post('admin/setup/', form);
  expect([made.status, made.headers.get('location')]).toEqual([303, '../../admin/desk/']);
  for (const page of ['people', 'account', 'audit'])
    expect((await browser.get(`admin/desk/${page}/`)).status, page).toBe(200);
  expect((await office.browser().get(path)).status).toBe(403);
  expect((await office.browser().post('admin/setup/', { ...form, login: 'zweiter' })).status).toBe(403);
  expect(office.accounts.setupPath()).toBeUndefined();
  expect(office.accounts.people()).toMatchObject([{ name: '王主任', login: 'wang', role: 'administrator' }]);
});
