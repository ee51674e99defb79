import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import { caravan } from '../../../../src/types/caravan.ts';
import { readEntry } from '../../../../src/model/entry.ts';
import { type Audit, openAudit } from '../../stores/audit.ts';
import { openDatabase } from '../../stores/database.ts';
import { Newsroom } from '../../services/newsroom/index.ts';
import type { Person } from '../../../protocol/roles.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import { openRequests, type Requests } from '../../services/requests/index.ts';
import { requestRoutes, type RequestRoutes } from './index.ts';
import { providesContent, type Signed } from '../access.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-requests-'));
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});

const PHONE = '13912345678';
const NAME = '秦可欣';
const NOTE = '有一位坐轮椅的同学，家长电话 13887654321';
const GOOD = {
  school: 'diyi-xiaoxue',
  people: '320',
  day: '2026-12-16',
  otherDay: '2026-12-17',
  session: 'morning',
  venue: '操场一块，找门卫 13887654321',
  contact: NAME,
  phone: PHONE,
  note: NOTE,
  consent: 'yes',
};
const SECRETS = [PHONE, NAME, '13887654321', '轮椅'];
const office: Person = { id: '7', name: '周干事', login: 'zhou', role: 'reviewer' };

let round = 0;
let clock = new Date();
let home = '';
let database: DatabaseSync;
let repository: Repository;
let newsroom: Newsroom;
let audit: Audit;
let requests: Requests;
let routes: RequestRoutes;
let address = '';

/** The module as the server mounts it. */
function site(): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  app.use(providesContent(content));
  app.use('/admin/*', async (context, next) => {
    context.set('person', office);
    await next();
  });
  app.route('/api/requests', routes.publicRoutes);
  app.route('/admin/desk/requests', routes.deskRoutes);
  return app;
}

const open = (keyFile = join(home, 'requests.key')) => {
  requests = openRequests({ database, content, keyFile, now: () => clock });
  routes = requestRoutes({
    requests,
    audit,
    addressOf: () => address,
    createDraft: async ({ path, text, person }) => {
      await newsroom.save(person, { path, text, version: null });
    },
  });
};

beforeEach(async () => {
  home = join(folder, String(round++));
  clock = new Date('2026-11-23T01:00:00Z');
  address = '10.0.0.1';
  database = openDatabase(join(home, 'portal.db'));
  audit = openAudit(database);
  repository = await Repository.open(join(home, 'content.git'));
  await seed(repository, { content: 'tests/fixtures/county', uploads: join(folder, 'none'), now: clock });
  newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => ['final'],
    now: () => clock,
    onPublished: () => {},
  });
  open();
  return () => {
    repository.close();
    database.close();
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = async (path: string) => (await site().request(path)).text();
const startedIn = (page: string) => /name="started" value="([^"]+)"/.exec(page)?.[1] ?? '';
const later = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000);
};
const send = (fields: Record<string, string>, path = '/api/requests/form') =>
  site().request(path, { method: 'POST', body: new URLSearchParams(fields) });

/** Opens the form, takes a while, sends it. */
async function ask(fields: Record<string, string> = {}): Promise<Response> {
  const started = startedIn(await get('/api/requests/form'));
  later(20);
  return send({ ...GOOD, started, website: '', ...fields });
}
async function accepted(fields: Record<string, string> = {}): Promise<string> {
  const response = await ask(fields);
  expect(response.status, await response.clone().text()).toBe(303);
  return /receipt\/([^/]+)\//.exec(response.headers.get('location') ?? '')?.[1] ?? '';
}
/** Everything that the server has written of its own data. */
const onDisk = () =>
  readdirSync(home)
    .filter((name) => name.startsWith('portal.db'))
    .map((name) => readFileSync(join(home, name)).toString('latin1'))
    .join('');
const utf8AsLatin1 = (text: string) => Buffer.from(text).toString('latin1');

test('学校申请，得到有编号的回执，可以查进度', async () => {
  expect(await (await site().request('/api/requests/open')).json()).toEqual({ open: true });
  expect(await get('/api/requests/form?school=diyi-xiaoxue')).toContain('value="diyi-xiaoxue" selected');

  const reference = await accepted();
  expect(reference).toMatch(/^DP26-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const receipt = await get(`/api/requests/receipt/${reference}/`);
  expect(receipt).toContain(reference);
  expect(receipt).toContain('申请不等于确认');

  const status = await get(`/api/requests/status?reference=${reference.toLowerCase().replaceAll('-', ' ')}`);
  expect(status).toContain('新到');
  for (const secret of [...SECRETS, '第一小学', '12 月 16 日'])
    expect(receipt + status).not.toContain(secret);
  expect((await site().request('/api/requests/status?reference=DP26-0000-0000')).status).toBe(404);
});

test('哪里不对一栏一栏说清楚，填过的都不丢', async () => {
  const response = await ask({ phone: '<script>alert(1)</script>', day: '2026-12-13', people: '很多' });
  expect(response.status).toBe(422);
  const page = await response.text();
  expect(page).toContain('应当是手机号，或带区号的座机号');
  expect(page).toContain('12 月 13 日（周日）不能约（周末），请另选一天');
  expect(page).toContain('应当是数字');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script');
  for (const typed of [NAME, NOTE, GOOD.venue, '2026-12-17', '很多']) expect(page).toContain(typed);
  expect(page).toContain('value="diyi-xiaoxue" selected');
  expect(page).toContain('value="morning" selected');
});

test('程序进不来：太快的、踩了陷阱的、伪造的、太旧的表单', async () => {
  const started = startedIn(await get('/api/requests/form'));
  later(1);
  expect(await (await send({ ...GOOD, started })).text()).toContain('提交得太快了');
  later(10);
  expect((await send({ ...GOOD, started, website: 'http://x' })).status).toBe(422);
  expect((await send({ ...GOOD, started: `${started}x` })).status).toBe(422);
  expect((await send(GOOD)).status).toBe(422);
  later(13 * 3600);
  const old = await send({ ...GOOD, started });
  expect(await old.text()).toContain('打开得太久了');
  expect(await get('/admin/desk/requests/')).toContain('还没有申请');
});

test('同一张表单交两次，只算一份申请', async () => {
  const started = startedIn(await get('/api/requests/form'));
  later(20);
  const first = await send({ ...GOOD, started });
  const second = await send({ ...GOOD, started });
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect((await get('/admin/desk/requests/')).match(/DP26-/g)).toHaveLength(2);
});

test('一个网络一小时最多交六份，不影响别人，一小时后又可以交', async () => {
  for (let count = 0; count < 6; count++) await accepted();
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain(NAME);
  address = '10.0.0.2';
  await accepted();
  address = '10.0.0.1';
  later(3600);
  await accepted();
});

test('同一个 IPv6 网络里换一个地址，次数接着算', async () => {
  for (let count = 0; count < 6; count++) {
    address = `2001:db8:0:1::${count}`;
    await accepted();
  }
  address = '2001:db8:0:1:ffff::1';
  expect((await ask()).status).toBe(429);
  address = '2001:db8:0:2::1';
  await accepted();
});

test('没有同意怎样处理就不收，也不算进次数；同意以前勾是空的，页上写明谁处理、做什么、存多久、怎么联系', async () => {
  const page = await get('/api/requests/form');
  for (const told of ['县科协', '只用来安排这一次大篷车', '姓名和电话', '180 天自动删除', '随时查看、删除'])
    expect(page).toContain(told);
  const box = /<input[^>]*name="consent"[^>]*>/.exec(page)?.[0] ?? '';
  expect(box).toContain('required');
  expect(box).not.toContain('checked');
  for (let count = 0; count < 8; count++) {
    const refused = await ask({ consent: '' });
    expect(refused.status).toBe(422);
    const told = await refused.text();
    expect(told).toContain('不同意可以改用纸质申请');
    expect(told).toContain('#request-consent');
    expect(told).toContain(NAME);
  }
  expect(await get('/admin/desk/requests/')).toContain('还没有申请');
  // A box that was ticked stays so when something else is wrong.
  expect(await (await ask({ phone: 'x' })).text()).toMatch(/name="consent"[^>]*checked/);
  await accepted();
});

/** Sends a request and reads its number and secret from the receipt. */
async function ticket() {
  const location = (await ask()).headers.get('location') ?? '';
  const receipt = await get(`/api/requests/${location.replace('../', '')}`);
  const [reference = '', secret = ''] = [...receipt.matchAll(/class="reference">([^<]+)</g)].map(
    ([, text]) => text as string,
  );
  return { location, reference, secret };
}
const mine = (fields: Record<string, string>, path = '') => send(fields, `/api/requests/mine${path}`);

test('申请人凭编号和只显示一次的口令，不用账号就能看自己填的、删除它；办公室看到「申请人已删除」', async () => {
  const { location, reference, secret } = await ticket();
  expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  later(600);
  expect(await get(`/api/requests/${location.replace('../', '')}`)).not.toContain(secret);
  expect(onDisk().includes(secret)).toBe(false);

  const own = await (await mine({ reference, secret: ` ${secret.toLowerCase().replace('-', '')} ` })).text();
  for (const shown of [NAME, PHONE, NOTE, '第一小学', '「新到」']) expect(own).toContain(shown);
  await send({}, `/admin/desk/requests/${reference}/draft/`);

  expect((await mine({ reference, secret }, '/delete')).status).toBe(422);
  const gone = await mine({ reference, secret, sure: 'yes' }, '/delete');
  expect(await gone.text()).toContain('已经删除');
  expect((await mine({ reference, secret })).status).toBe(404);
  expect(await get(`/api/requests/status?reference=${reference}`)).toContain('已经由申请人删除');
  const queue = await get('/admin/desk/requests/');
  expect(queue).toContain('申请人已删除（1）');
  expect(queue).toContain('#/collections/caravan/entries/2026-12-16-diyi-xiaoxue');
  expect(await get(`/admin/desk/requests/${reference}/`)).toContain('申请人自己删除');
  const [row] = audit.list({ action: 'request' });
  expect(row).toMatchObject({ target: reference, detail: '申请人自己删除', name: '', address: '' });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (const hidden of SECRETS) expect(onDisk().includes(utf8AsLatin1(hidden))).toBe(false);
  expect(database.prepare('SELECT count(*) AS n FROM visitRequests').get()?.n).toBe(0);
  // Nothing of it is kept for ever.
  clock = new Date('2027-06-15T16:01:00Z');
  requests.purge();
  expect(await get('/admin/desk/requests/')).not.toContain('申请人已删除');
});

test('别人的口令、猜的口令、以前没有口令的申请都看不到；猜多了要等一小时', async () => {
  const first = await ticket();
  const second = await ticket();
  expect((await mine({ reference: first.reference, secret: second.secret })).status).toBe(404);
  expect((await mine({ reference: first.reference, secret: '' })).status).toBe(404);
  database.exec(`UPDATE visitRequests SET secretDigest = '' WHERE reference = '${second.reference}'`);
  for (const secret of ['', second.secret])
    expect((await mine({ reference: second.reference, secret })).status).toBe(404);
  for (let index = 0; index < 10; index++) {
    address = `198.51.100.${index}`;
    await mine({ reference: first.reference, secret: 'AAAAA-AAAAA' });
  }
  expect((await mine({ reference: first.reference, secret: first.secret })).status).toBe(429);
  later(3600);
  expect((await mine({ reference: first.reference, secret: first.secret })).status).toBe(200);
});

test('一小时里来得太多时照收，办公室看得到「来自繁忙时段，请核对」，排在后面', async () => {
  for (let index = 0; index < 120; index++) {
    address = `10.${index}.0.1`;
    await accepted();
  }
  address = '10.200.0.1';
  const busy = await accepted();
  const queue = await get('/admin/desk/requests/');
  expect(queue.match(/来自繁忙时段，请核对/g)).toHaveLength(1);
  expect(queue.lastIndexOf(busy)).toBe(queue.lastIndexOf('DP26-'));
  expect(await get(`/admin/desk/requests/${busy}/`)).toContain('来自繁忙时段');
});

test('从前的数据库打开就补上新的栏目，申请都在', async () => {
  const reference = await accepted();
  database.exec(
    'ALTER TABLE visitRequests DROP COLUMN busy; ALTER TABLE visitRequests DROP COLUMN secretDigest',
  );
  open();
  expect(await get(`/admin/desk/requests/${reference}/`)).toContain(NAME);
  await accepted();
});

test('超过 16 kB 的不读就拒绝', async () => {
  const response = await ask({ note: '长'.repeat(20_000) });
  expect(response.status).toBe(413);
  expect(await response.text()).toContain('太长');
});

test('不认识的栏目、文件、名单外的选项都不收，并用话说明', async () => {
  expect(await (await ask({ admin: 'yes' })).text()).toContain('不认识的栏目');
  expect(await (await ask({ school: 'nowhere' })).text()).toContain('名单里没有这一项');
  const form = new FormData();
  form.set('contact', new File(['x'], 'x.txt'));
  const response = await site().request('/api/requests/form', { method: 'POST', body: form });
  expect(response.status).toBe(422);
});

test('编辑部看得到申请，可以写备注、建站次草稿、删除', async () => {
  const reference = await accepted();
  const queue = await get('/admin/desk/requests/');
  for (const shown of ['新到', '第一小学', '12 月 16 日', reference]) expect(queue).toContain(shown);
  const page = await get(`/admin/desk/requests/${reference}/`);
  for (const shown of [NAME, PHONE, NOTE, '2026 年 12 月 17 日']) expect(page).toContain(shown);

  const at = `/admin/desk/requests/${reference}/`;
  expect((await send({ state: 'contacted', note: '周三再打' }, at)).status).toBe(303);
  expect(await get(at)).toContain('周三再打');
  expect(await get(`/api/requests/status?reference=${reference}`)).toContain('已联系');
  expect((await send({ state: 'gone' }, at)).status).toBe(422);

  expect((await send({}, `${at}draft/`)).status).toBe(303);
  const [draft] = newsroom.waiting(office);
  expect(draft).toMatchObject({ path: 'content/caravan/2026-12-16-diyi-xiaoxue.mdx', name: '周干事' });
  expect(await get(at)).toContain('#/collections/caravan/entries/2026-12-16-diyi-xiaoxue');
  expect(await get(`/api/requests/status?reference=${reference}`)).toContain('已排期');

  expect((await send({}, `${at}delete/`)).status).toBe(422);
  expect((await send({ sure: 'yes' }, `${at}delete/`)).status).toBe(303);
  expect((await site().request(at)).status).toBe(404);
  expect(audit.list({ action: 'request' }).map(({ detail }) => detail)).toEqual([
    '删除',
    '转为草拟站次 content/caravan/2026-12-16-diyi-xiaoxue.mdx',
    '改为「已联系」',
  ]);
});

test('草稿是合乎格式的站次，状态为拟定，里面没有申请人写的字', async () => {
  const reference = await accepted({ rainRule: `问 ${PHONE}` });
  await send({}, `/admin/desk/requests/${reference}/draft/`);
  const path = 'content/caravan/2026-12-16-diyi-xiaoxue.mdx';
  const text = newsroom.read(path)?.text ?? '';
  const { data, problems } = readEntry(caravan.schema, path, text, 'mdx');
  expect(problems).toEqual([]);
  expect(data).toMatchObject({
    state: 'tentative',
    start: '2026-12-16T09:00',
    school: 'diyi-xiaoxue',
    township: 'chengguan',
  });
  for (const secret of SECRETS) expect(text).not.toContain(secret);
});

test('草稿建不成就说明，申请保持原样', async () => {
  const reference = await accepted();
  await send({}, `/admin/desk/requests/${reference}/draft/`);
  const second = await accepted();
  const response = await send({}, `/admin/desk/requests/${second}/draft/`);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('草稿没有建成');
  expect(await get(`/api/requests/status?reference=${second}`)).toContain('新到');
});

test('名单里没有的社区也能申请，它的名字不进草稿', async () => {
  const asked = {
    school: '',
    place: '南门社区',
    township: 'chengguan',
    stages: 'community',
    day: '2026-12-12',
  };
  const reference = await accepted(asked);
  expect(await get('/admin/desk/requests/')).toContain('南门社区');
  await send({}, `/admin/desk/requests/${reference}/draft/`);
  const draft = newsroom.read('content/caravan/2026-12-12-daiding.mdx')?.text ?? '';
  expect(draft).toContain('待填');
  expect(draft).not.toContain('南门');
});

test('姓名、电话和填写的话，服务器写的文件、提交、日志和操作记录里都没有', async () => {
  const logged: unknown[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...args) => void logged.push(...args)),
  );
  const reference = await accepted();
  await ask({ phone: `${PHONE}9` });
  await send({ state: 'contacted', note: `打给 ${NAME} ${PHONE}` }, `/admin/desk/requests/${reference}/`);
  await send({}, `/admin/desk/requests/${reference}/draft/`);
  // A failure with the values at hand.
  database.exec('ALTER TABLE visitRequests RENAME TO away');
  expect((await ask()).status).toBe(500);
  for (const spy of spies) spy.mockRestore();
  expect(logged.join(' ')).toContain('出错了');

  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', join(home, 'content.git'), ...args], { encoding: 'utf8' });
  const history = git('log', '--all', '-p', '--format=%an %ae %cn %B');
  expect(history).toContain('2026-12-16-diyi-xiaoxue');
  const written = readdirSync(join(folder, 'content'), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(join(item.parentPath, item.name), 'utf8'));
  for (const secret of SECRETS) {
    expect(onDisk().includes(utf8AsLatin1(secret))).toBe(false);
    expect(history).not.toContain(secret);
    expect(written.join('')).not.toContain(secret);
    expect(JSON.stringify(audit.list({ limit: -1 }))).not.toContain(secret);
    expect(logged.join(' ')).not.toContain(secret);
  }
});

test('密钥单独放在一个文件里，只有服务器的用户读得了', () => {
  const keyFile = join(home, 'requests.key');
  const mode = () => statSync(keyFile).mode & 0o777;
  expect(mode()).toBe(0o600);
  expect(onDisk().includes(readFileSync(keyFile, 'latin1').trim())).toBe(false);
  chmodSync(keyFile, 0o644);
  open();
  expect(mode()).toBe(0o600);
});

test('没有密钥，数据库里什么也看不出；编辑部仍然可以删除', async () => {
  const reference = await accepted();
  open(join(home, 'other.key'));
  expect(await get('/admin/desk/requests/')).toContain('解不开');
  const at = `/admin/desk/requests/${reference}/`;
  expect(await get(at)).toContain('密钥文件换过或丢了');
  expect((await send({ state: 'declined' }, at)).status).toBe(303);
  expect((await send({}, `${at}draft/`)).status).toBe(422);
  expect((await send({ sure: 'yes' }, `${at}delete/`)).status).toBe(303);
});

test('申请从约的较晚一天起留 180 天，婉拒的从婉拒那天起，到时清得什么也不留', async () => {
  const kept = await accepted();
  const declined = await accepted();
  await send({ state: 'declined' }, `/admin/desk/requests/${declined}/`);
  expect(requests.purge()).toBe(0);
  const sealed = database
    .prepare('SELECT sealed FROM visitRequests')
    .all()
    .map((row) => Buffer.from(row.sealed as Uint8Array).toString('latin1'));
  expect(sealed).toHaveLength(2);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (const bytes of sealed) expect(onDisk().includes(bytes)).toBe(true);

  clock = new Date('2027-05-22T15:00:00Z');
  expect(requests.purge()).toBe(0);
  clock = new Date('2027-05-22T16:01:00Z');
  expect(requests.purge()).toBe(1);
  expect(await get('/admin/desk/requests/')).not.toContain(declined);
  expect(await get('/admin/desk/requests/')).toContain(kept);

  clock = new Date('2027-06-15T15:00:00Z');
  expect(requests.purge()).toBe(0);
  clock = new Date('2027-06-15T16:01:00Z');
  expect(requests.purge()).toBe(1);
  for (const bytes of sealed) expect(onDisk().includes(bytes)).toBe(false);
});
