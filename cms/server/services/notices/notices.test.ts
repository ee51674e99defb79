import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LOOPBACK, openMailServer, openRobot } from '../../../../tests/support/notice-receivers.ts';
import type { Person, Role } from '../../../protocol/roles.ts';
import type { ReviewEvent } from '../newsroom/index.ts';
import { type Notices, openNotices } from './index.ts';
import { PUBLIC_ONLY } from './outgoing.ts';
import { robotProblem } from './settings.ts';

/** Notices on their way, to a mail server and to robots that really answer. */

const folder = mkdtempSync(join(tmpdir(), 'notices-'));
const keyFile = join(folder, 'requests.key');
let mailServer: Awaited<ReturnType<typeof openMailServer>>;
let robot: Awaited<ReturnType<typeof openRobot>>;
let database: DatabaseSync;
let notices: Notices;
let time: number;

const person = (login: string, role: Role): Person => ({ id: login, login, name: login, role });
const wang = person('wang', 'author');
const li = person('li', 'reviewer');
const zhang = person('zhang', 'publisher');

const open = (more: Partial<Parameters<typeof openNotices>[0]> = {}) =>
  openNotices({
    database,
    keyFile,
    now: () => new Date(time),
    people: () => [wang, li, zhang],
    steps: () => ['first', 'final'],
    siteName: () => '麦河科普',
    siteAddress: () => 'https://kepu.maihe.example/',
    rules: LOOPBACK,
    collectMs: 0,
    ...more,
  });

beforeAll(async () => {
  mailServer = await openMailServer();
  robot = await openRobot();
});
beforeEach(() => {
  time = Date.parse('2026-11-24T01:00:00Z');
  database = new DatabaseSync(':memory:');
  mailServer.mails.length = 0;
  mailServer.refuse(undefined);
  robot.calls.length = 0;
  robot.answer({ errcode: 0 });
  notices = open();
});
afterEach(() => notices.close());
afterAll(async () => {
  await mailServer.close();
  await robot.close();
  rmSync(folder, { recursive: true, force: true });
});

const withMail = () => {
  notices.settings.change({
    ...notices.settings.current(),
    mail: {
      ...{ host: 'smtp.maihe.example', port: mailServer.port, security: 'none', user: 'kepu' },
      ...{ password: '很长的授权码', from: 'kepu@maihe.example', isInternal: false },
    },
  });
  for (const { login } of [wang, li, zhang])
    notices.preferences.change(login, { email: `${login}@maihe.example`, off: [] });
};

const SUBMITTED: ReviewEvent = {
  path: 'content/articles/mai-zi-you-du.mdx',
  kind: '文章',
  action: 'submit',
  by: wang,
  stage: 'first',
  authors: [wang],
  waitsFor: [li, zhang],
};

/** Headers and text of a mail, decoded. */
function read(source: string): string {
  const [head = '', ...body] = source.split('\n\n');
  const text = body.join('\n\n');
  const words = head.replace(/=\?UTF-8\?B\?([^?]*)\?=\s*/gi, (_whole, code) =>
    Buffer.from(code, 'base64').toString(),
  );
  if (/quoted-printable/i.test(head))
    return `${words}\n${decodeURIComponent(
      text
        .replace(/=\n/g, '')
        .replace(/%/g, '%25')
        .replace(/=(?=[0-9A-F]{2})/g, '%'),
    )}`;
  return /base64/i.test(head) ? `${words}\n${Buffer.from(text, 'base64').toString()}` : `${words}\n${text}`;
}

test('提交以后，能审的人各收到一封：只说是什么事，没有标题和网址名，网址要登录', async () => {
  withMail();
  notices.tell(SUBMITTED);
  await notices.deliver();
  expect(mailServer.mails.map(({ to }) => to)).toEqual(['li@maihe.example', 'zhang@maihe.example']);
  const mail = read(mailServer.mails[0]?.source ?? '');
  expect(mail).toContain('一篇文章在等你初审');
  expect(mail).not.toMatch(/mai-zi|麦子/);
  const [, id = ''] =
    /https:\/\/kepu\.maihe\.example\/admin\/desk\/review\/of\/([0-9a-f]{24})\//.exec(mail) ?? [];
  expect(notices.pathOf(id)).toBe(SUBMITTED.path);
  expect(notices.state()).toMatchObject({ waiting: 0, sent: 2, failed: 0 });
});

test('退回、通过、发布、意见告诉写稿的人；自己做的不告诉自己；不要的不发', async () => {
  withMail();
  notices.preferences.change('wang', { email: 'wang@maihe.example', off: ['published'] });
  for (const action of ['return', 'approve', 'publish', 'comment', 'opinion'] as const)
    notices.tell({ ...SUBMITTED, action, by: li, stage: 'draft', waitsFor: [] });
  notices.tell({ ...SUBMITTED, action: 'comment', stage: 'draft', waitsFor: [] });
  await notices.deliver();
  expect(mailServer.mails.map(({ to }) => to)).toEqual(['wang@maihe.example']);
  const mail = read(mailServer.mails[0]?.source ?? '');
  expect(mail).toContain('有 4 件事要看');
  for (const words of ['退回了', '通过了一步审核', '有了新的意见', '收到了外面的意见'])
    expect(mail).toContain(words);
  expect(mail).not.toContain('发布了');
});

test('一次送审四十篇，只发一封', async () => {
  withMail();
  for (let count = 0; count < 40; count++)
    notices.tell({ ...SUBMITTED, path: `content/articles/a-${count}.mdx`, waitsFor: [li] });
  await notices.deliver();
  expect(mailServer.mails).toHaveLength(1);
  expect(read(mailServer.mails[0]?.source ?? '')).toContain('还有 30 件');
});

test('先发后审，能补审的人收到', async () => {
  withMail();
  notices.tell({ ...SUBMITTED, action: 'urgent', by: zhang, stage: 'published', waitsFor: [] });
  await notices.deliver();
  expect(mailServer.mails.map(({ to }) => to)).toEqual(['wang@maihe.example']);
  expect(read(mailServer.mails[0]?.source ?? '')).toContain('先发布了，随后补审');
});

test('对方停了：留着，越来越久再试一次，重新启动以后还在；通了就发出去', async () => {
  withMail();
  robot.answer('busy', 503);
  notices.settings.change({
    ...notices.settings.current(),
    robots: { wecom: { url: robot.url, secret: '', keyword: '' } },
  });
  notices.tell({ ...SUBMITTED, waitsFor: [] });
  await notices.deliver();
  expect(notices.state()).toMatchObject({
    waiting: 1,
    troubles: [{ channel: 'wecom', attempts: 1, lastError: '对方没有收下（503）' }],
  });
  await notices.deliver();
  expect(robot.calls).toHaveLength(1);
  time += 61_000;
  await notices.deliver();
  expect(robot.calls).toHaveLength(2);
  await notices.close();
  notices = open();
  robot.answer({ errcode: 0 });
  time += 6 * 60_000;
  await notices.deliver();
  expect(robot.calls).toHaveLength(3);
  expect(notices.state()).toMatchObject({ waiting: 0, sent: 1 });
});

test('一直不通的不再试，列出来，可以叫它再试', async () => {
  notices.settings.change({
    ...notices.settings.current(),
    robots: { wecom: { url: robot.url, secret: '', keyword: '' } },
  });
  robot.answer({ errcode: 93000 });
  notices.tell({ ...SUBMITTED, waitsFor: [] });
  for (let count = 0; count < 12; count++) {
    await notices.deliver();
    time += 24 * 3_600_000;
  }
  expect(robot.calls).toHaveLength(8);
  expect(notices.state()).toMatchObject({ waiting: 0, failed: 1 });
  expect(notices.state().troubles[0]?.lastError).toContain('可能已经从群里删除');
  robot.answer({ errcode: 0 });
  notices.retryAll();
  await expect.poll(() => notices.state().sent).toBe(1);
});

test('收件人不对的，不再试', async () => {
  withMail();
  mailServer.refuse(550);
  notices.tell({ ...SUBMITTED, waitsFor: [li] });
  await notices.deliver();
  expect(notices.state()).toMatchObject({ waiting: 0, failed: 1 });
});

test('企业微信、钉钉、飞书各照自己的格式，加签和关键词都对', async () => {
  const message = { ...SUBMITTED, waitsFor: [] };
  const secret = 'SEC-test';
  for (const kind of ['wecom', 'dingtalk', 'feishu'] as const)
    notices.settings.change({
      ...notices.settings.current(),
      robots: { ...notices.settings.current().robots, [kind]: { url: robot.url, secret, keyword: '通知' } },
    });
  robot.answer({ errcode: 0, code: 0 });
  notices.tell(message);
  await notices.deliver();
  const [wecom, dingtalk, feishu] = robot.calls;
  expect(wecom?.body).toMatchObject({
    msgtype: 'markdown',
    markdown: { content: expect.stringMatching(/一篇文章在等初审.*\[打开\]\(https:\/\/kepu/s) },
  });
  const timestamp = String(time);
  const sign = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');
  expect(Object.fromEntries(dingtalk?.url.searchParams ?? [])).toEqual({
    key: 'secret-key',
    timestamp,
    sign: sign(secret, `${timestamp}\n${secret}`),
  });
  expect(dingtalk?.body).toMatchObject({ markdown: { title: expect.stringContaining('通知') } });
  const seconds = String(Math.floor(time / 1000));
  expect(feishu?.body).toMatchObject({
    timestamp: seconds,
    sign: sign(`${seconds}\n${secret}`, ''),
    msg_type: 'post',
    content: { post: { zh_cn: { title: expect.stringContaining('（通知）') } } },
  });
});

test('密码和机器人的地址，数据库里没有一个字；没有钥匙就打不开，并说出来', async () => {
  withMail();
  const file = join(folder, 'kept.db');
  const kept = new DatabaseSync(file);
  const own = open({ database: kept });
  own.settings.change({
    ...notices.settings.current(),
    robots: {
      feishu: { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/abcdef', secret: '', keyword: '' },
    },
  });
  await own.close();
  kept.close();
  const bytes = readFileSync(file, 'latin1');
  expect(bytes).not.toContain(Buffer.from('很长的授权码').toString('latin1'));
  expect(bytes).not.toContain('abcdef');
  const again = new DatabaseSync(file);
  const known = open({ database: again });
  expect(known.settings.current().mail?.password).toBe('很长的授权码');
  await known.close();
  const locked = open({ database: again, keyFile: join(folder, 'other.key') });
  expect(locked.settings.current().mail).toBeUndefined();
  expect(locked.settings.isLocked()).toBe(true);
  await locked.close();
});

test('只往 https 和认得的主机发', () => {
  const problem = (url: string, extraHosts: string[] = []) => robotProblem('wecom', url, { extraHosts });
  expect(problem('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1')).toBeUndefined();
  for (const url of [
    'http://qyapi.weixin.qq.com/send',
    'https://qyapi.weixin.qq.com.evil.example/send',
    'https://qyapi.weixin.qq.com:8443/send',
    'https://a@qyapi.weixin.qq.com/send',
    'https://169.254.169.254/latest/',
    'file:///etc/passwd',
    'qyapi.weixin.qq.com',
  ])
    expect(problem(url), url).toBeDefined();
  expect(problem('https://robot.maihe.example/send', ['robot.maihe.example'])).toBeUndefined();
});

test.each([
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['169.254.169.254', false],
  ['169.254.169.254', true],
  ['127.0.0.1', true],
])('名字查出来是 %s 的邮件服务器不去连（说是内部网络：%s）', async (address, isInternal) => {
  const own = open({
    database: new DatabaseSync(':memory:'),
    rules: { ...PUBLIC_ONLY, resolve: async () => [{ address, family: 4 }] },
  });
  own.settings.change({
    ...own.settings.current(),
    mail: {
      ...{ host: 'smtp.maihe.example', port: 465, security: 'tls', user: '', password: '' },
      ...{ from: 'kepu@maihe.example', isInternal },
    },
  });
  await expect(own.sendTest('mail', 'a@maihe.example')).rejects.toThrow('内部网络');
  own.settings.change({
    ...own.settings.current(),
    robots: { wecom: { url: 'https://qyapi.weixin.qq.com/send', secret: '', keyword: '' } },
  });
  await expect(own.sendTest('wecom')).rejects.toThrow('内部网络');
  await own.close();
});
