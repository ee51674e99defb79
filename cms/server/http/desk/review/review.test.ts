import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOOPBACK, openMailServer } from '../../../../../tests/support/notice-receivers.ts';
import { type Office, openNewsroom, type Visitor } from '../../../../../tests/support/newsroom.ts';

/** A leader reads, talks about and passes on a draft; somebody without an account looks at it and answers. */

let office: Office;
let mail: Awaited<ReturnType<typeof openMailServer>>;
let author: Visitor;
let reviewer: Visitor;
let publisher: Visitor;

const PATH = 'content/news/gao-bie.mdx';
const PAGE = 'admin/desk/review/news/gao-bie/';
const OVERVIEW = 'admin/desk/overview/';

const entry = (body: string, fields = 'kind: news\nsummary: 一句话。\n') =>
  `---\ntitle: 讲座改了时间\n${fields}published: 2026-11-01\n---\n\n${body}\n`;
const FIRST = entry('讲座在周一举行。地点在文化馆。\n\n欢迎大家参加。');
const SECOND = entry('讲座在周二举行。地点在文化馆。\n\n欢迎大家参加。', 'kind: notice\nsummary: 一句话。\n');

beforeAll(async () => {
  mail = await openMailServer();
  office = await openNewsroom({
    steps: ['first', 'final'],
    content: 'tests/fixtures/county',
    outgoing: LOOPBACK,
  });
  author = await office.member('xiaowang', 'author', '小王');
  reviewer = await office.member('laoli', 'reviewer', '老李');
  publisher = await office.member('zhangjie', 'publisher', '张姐');
});
afterAll(async () => {
  await office?.close();
  await mail?.close();
});

const wordsOf = (html: string) =>
  html
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ');
const open = async (who: Visitor, path = PAGE) => {
  const html = await (await who.fetch(path)).text();
  return { html, text: wordsOf(html) };
};
const versionOf = (html: string) => /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '';
/** Presses a button of the page. */
async function press(who: Visitor, action: string, fields: Record<string, string> = {}) {
  const { html } = await open(who);
  const response = await who.post(PAGE, { version: versionOf(html), action, ...fields });
  const page = response.status === 303 ? await open(who) : { html: await response.text(), text: '' };
  return { status: response.status, ...page, text: page.text || wordsOf(page.html) };
}
const save = async (who: Visitor, text: string) => {
  const { version = null } = await who.call('GET', `file?path=${PATH}`);
  expect(await who.call('PUT', 'file', { path: PATH, text, version })).toMatchObject({ status: 200 });
};
const state = (who: Visitor) => who.call('GET', `review?path=${PATH}`);

test('新的一稿看得到全文，写稿的人可以提交，别人的按钮他没有', async () => {
  await save(author, FIRST);
  const { html, text } = await open(author);
  expect(text).toContain('「讲座改了时间」');
  expect(text).toContain('第一次写，全文都是新的');
  expect(text).toMatch(/摘要 一句话。/);
  expect(text).toContain('讲座在周一举行。地点在文化馆。');
  expect(html).toContain('value="submit"');
  expect(html).not.toContain('value="approve"');
  expect((await press(author, 'submit')).text).toContain('待初审');
  expect((await press(author, 'approve')).status).toBe(403);
});

test('一句一句提意见、回复、说解决了；提交和通过以前说还有几条', async () => {
  const comment = (who: Visitor, fields: Record<string, string>) =>
    who.fetch(`${PAGE}comments/`, { method: 'POST', body: new URLSearchParams(fields) });
  const csrfOf = async (who: Visitor) =>
    /name="csrf" value="([^"]+)"/.exec((await open(who)).html)?.[1] ?? '';
  const made = await comment(reviewer, {
    ...{
      csrf: await csrfOf(reviewer),
      do: 'add',
      field: 'body',
      quote: '地点在文化馆。',
      text: '<b>哪个厅？</b>',
    },
    ...{ paragraph: '讲座在周一举行。地点在文化馆。', index: '4' },
  });
  expect(made.status).toBe(303);
  const { html, text } = await open(author);
  expect(text).toContain('&lt;b&gt;哪个厅');
  expect(html).not.toContain('<b>哪个厅');
  const { comments } = (await state(author)) as unknown as { comments: { id: string }[] };
  const [{ id = '' } = {}] = comments;
  expect((await open(reviewer)).text).toContain('还有 1 条意见没有解决');
  await comment(author, { csrf: await csrfOf(author), do: 'reply', id, text: '一楼报告厅' });
  await author.call('POST', 'comments', { path: PATH, request: { do: 'resolve', id } });
  const settled = await open(reviewer);
  expect(settled.text).toContain('一楼报告厅');
  expect(settled.text).toContain('小王');
  expect(settled.text).not.toContain('还有 1 条意见没有解决');
  expect(
    await author.call('POST', 'comments', { path: PATH, request: { do: 'resolve', id: 'x' } }),
  ).toMatchObject({
    status: 403,
  });
});

test('退回要写原因；列表和待办里都是「退回：原因」', async () => {
  expect((await press(reviewer, 'return')).text).toContain('退回时请写明要改什么');
  const { text } = await press(reviewer, 'return', { comment: '写明在哪个厅' });
  expect(text).toContain('退回：写明在哪个厅');
  expect((await open(author, OVERVIEW)).text).toContain('退回：写明在哪个厅');
  const listed = (await author.call('GET', 'files?folder=content/news')).items as {
    path: string;
    returned?: string;
  }[];
  expect(listed.find(({ path }) => path === PATH)).toMatchObject({
    stage: 'draft',
    returned: '写明在哪个厅',
  });
  expect((await press(author, 'submit')).text).toContain('待初审');
  expect((await open(author, OVERVIEW)).text).not.toContain('退回：写明');
});

test('通过、发布在这一页上做完，每一步由不同的人', async () => {
  expect((await press(reviewer, 'approve')).text).toContain('待终审');
  expect((await press(publisher, 'publish')).text).toContain('已发布');
});

test('改过的一稿和网站上的比，字段和选项说中文', async () => {
  await save(author, SECOND);
  const { html, text } = await open(reviewer);
  expect(text).toContain('和网站上的一版比');
  expect(text).not.toMatch(/kind|notice\b/);
  expect(html).toMatch(/<del>.*?一<\/del><ins>.*?二<\/ins>|<del>.*?周一<\/del><ins>.*?周二<\/ins>/);
  expect(text).toMatch(/种类 .*删去：动态加上：公告.*…… 3 项没有改 ……/);
});

test('没有人能做的步骤，提交以前就说，并说找谁', async () => {
  const { stuck } = (await state(author)) as unknown as { stuck: string[] };
  expect(stuck).toEqual([]);
  await save(reviewer, entry('讲座在周二举行。地点在文化馆一楼。'));
  await save(publisher, entry('讲座在周二上午举行。地点在文化馆一楼。'));
  await save(office.administrator, entry('讲座在周二上午九点举行。地点在文化馆一楼。'));
  const { text } = await open(author);
  expect(text).toContain('初审没有人能做：能做的「王主任」、「老李」、「张姐」都写过或审过这一稿');
  expect(text).toContain('请管理员「王主任」在「账号」里给');
});

test('先发后审：要写原因，马上发布；待办里列着，由别人补审完才去掉，操作记录里有', async () => {
  expect((await press(author, 'urgent', { comment: '改期' })).status).toBe(403);
  expect((await press(publisher, 'urgent')).text).toContain('要写明为什么来不及审');
  const { text } = await press(publisher, 'urgent', { comment: '明天的讲座改期' });
  expect(text).toContain('先发后审');
  expect(await state(author)).toMatchObject({
    stage: 'published',
    urgent: { reason: '明天的讲座改期', pending: ['first', 'final'] },
  });
  expect((await open(author, OVERVIEW)).text).toMatch(
    /先发后审，等补审（1）.*讲座改了时间.*还要补初审、终审：明天的讲座改期/,
  );
  expect((await press(publisher, 'reviewed')).text).toContain('这一条是你先发的');
  expect((await press(reviewer, 'reviewed')).text).toContain('你写过或改过这一稿');
  const second = await office.member('laoqian', 'publisher', '老钱');
  const third = await office.member('laosun', 'publisher', '老孙');
  expect((await press(second, 'reviewed')).text).toContain('还要补终审');
  expect((await press(second, 'reviewed')).status).toBe(403);
  await press(third, 'reviewed');
  expect((await open(author, OVERVIEW)).text).not.toContain('先发后审，等补审');
  const { text: audit } = await open(office.administrator, 'admin/desk/audit/');
  expect(audit).toContain('先发后审');
  expect(audit).toContain('补审通过');
});

test('已发布的，和网站上的前一版比', async () => {
  const { text } = await open(author);
  expect(text).toContain('和网站上的前一版比');
  expect(text).not.toContain('没有差别');
  const history = (await author.call('GET', `history?path=${PATH}`)).items as { isPublished?: boolean }[];
  expect(history.filter(({ isPublished }) => isPublished).length).toBeGreaterThanOrEqual(2);
});

test('下线马上做，也要别人看过', async () => {
  const { version } = await publisher.call('GET', `file?path=${PATH}`);
  const request = { path: PATH, version, action: 'unpublish', comment: '电话写错了' };
  expect(await publisher.call('POST', 'review', request)).toMatchObject({
    stage: 'draft',
    urgent: { action: 'unpublish', pending: ['final'] },
  });
  expect((await open(author, OVERVIEW)).text).toMatch(/先下线，还要补终审：电话写错了/);
  expect((await press(office.administrator, 'reviewed')).status).toBe(303);
  expect(await state(author)).not.toHaveProperty('urgent');
});

/** Makes a link for looking; its address below the office's own. */
async function linkFor(who: Visitor, fields: Record<string, string>) {
  const { html } = await open(who);
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ csrf, do: 'make', days: '3', which: 'follow', ...fields });
  const page = await (await who.fetch(`${PAGE}links/`, { method: 'POST', body })).text();
  return /(api\/look\/[\w-]+\/)/.exec(page)?.[1] ?? '';
}

test('给没有账号的人看的网址：看得到那一稿，别的看不到；回的意见写稿的人看得到，算不得审核', async () => {
  await save(author, entry('<script>alert(1)</script>讲座照常。'));
  const address = await linkFor(author, {});
  expect(address).toMatch(/^api\/look\/[\w-]{43}\/$/);
  const stranger = office.visitor();
  const response = await stranger.fetch(address);
  expect(response.headers.get('x-robots-tag')).toContain('noindex');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const page = await response.text();
  expect(wordsOf(page)).toContain('讲座照常。');
  expect(page).not.toContain('<script>alert');
  expect(page).not.toMatch(/老李|张姐|电话写错了|csrf/);
  const answer = (fields: Record<string, string>) =>
    stranger.fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  expect((await answer({ agrees: 'no', name: '陈专家' })).status).toBe(422);
  expect((await answer({ agrees: 'no', name: '陈专家', text: '时间要写全' })).status).toBe(303);
  const { notes, stage } = (await state(author)) as unknown as { notes: object[]; stage: string };
  expect(stage).toBe('draft');
  expect(notes.at(-1)).toMatchObject({
    ...{ action: 'opinion', agrees: false, name: '陈专家（外部）', comment: '时间要写全' },
  });
  expect((await open(author)).text).toMatch(/陈专家（外部） 外部意见：有意见 时间要写全/);
});

test('只看那一版的不跟着改；收回以后、猜的、过期的都打不开，也不写进访问日志', async () => {
  const follow = await linkFor(reviewer, {});
  const fixed = await linkFor(reviewer, { which: 'fixed' });
  await save(author, entry('讲座改到下午。'));
  const stranger = office.visitor();
  const text = async (address: string) => wordsOf(await (await stranger.fetch(address)).text());
  expect(await text(follow)).toContain('讲座改到下午。');
  expect(await text(fixed)).toContain('讲座照常。');
  const { html } = await open(reviewer);
  for (const [, id = ''] of html.matchAll(/name="id" value="([0-9a-f]{16})"/g))
    await reviewer.fetch(`${PAGE}links/`, {
      method: 'POST',
      body: new URLSearchParams({
        csrf: /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '',
        do: 'revoke',
        id,
      }),
    });
  for (const address of [follow, fixed, 'api/look/x/', `${follow}page/`])
    expect((await stranger.fetch(address)).status, address).toBe(404);
  const outsider = await office.member('xiaozhao', 'author', '小赵');
  expect(await linkFor(outsider, {})).toBe('');
});

test('一个网络一小时里的意见有个数', async () => {
  const address = await linkFor(author, {});
  const stranger = office.visitor();
  const statuses: number[] = [];
  for (let count = 0; count < 12; count++) {
    const body = new URLSearchParams({ agrees: 'yes', name: '某人', text: String(count) });
    statuses.push((await stranger.fetch(address, { method: 'POST', body })).status);
  }
  expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(10);
  expect(statuses.at(-1)).toBe(429);
});

test('管理员设邮件，试发一条；各人填邮箱；提交以后审的人收到，里面没有标题', async () => {
  const settings = 'admin/desk/settings/notices/';
  const asked = {
    ...{
      host: 'smtp.maihe.example',
      port: String(mail.port),
      security: 'none',
      user: 'kepu',
      password: '授权码',
    },
    ...{ from: 'kepu@maihe.example', try: 'mail', tryTo: 'boss@maihe.example' },
  };
  expect(wordsOf(await (await office.administrator.post(settings, asked)).text())).toContain(
    '试发的一条发出去了',
  );
  expect(mail.mails.map(({ to }) => to)).toEqual(['boss@maihe.example']);
  const shown = await (await office.administrator.fetch(settings)).text();
  expect(shown).not.toContain('授权码"');
  expect(shown).toContain('已保存，不改就空着');
  const second = await office.member('laozhou', 'reviewer', '老周');
  const own = 'admin/desk/account/notices/';
  expect((await second.post(own, { email: 'zhou@maihe.example', wanted: 'waiting' })).status).toBe(303);
  mail.mails.length = 0;
  await press(author, 'submit');
  await expect.poll(() => mail.mails.map(({ to }) => to)).toEqual(['zhou@maihe.example']);
  expect(mail.mails[0]?.source).not.toMatch(/gao-bie|讲座/);
  expect((await open(office.administrator, 'admin/desk/health/')).text).toMatch(
    /等着发 0 条，没有发出去 0 条/,
  );
});
