import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../../../../../tests/support/newsroom.ts';
import { smallCounty } from '../../../../../tests/support/project.ts';

/** The guided forms, from the real server; forms as a browser without scripts sends them. */

const AT = 'admin/desk/tasks/';
let office: Office;
let author: Visitor;
let publisher: Visitor;
let folder: string;

/** A text with lines that a change must leave as they are. */
const event = (title: string, start = '2026-12-05T08:00', more = '') => `---
title: ${title}   # 老标题
kind: fair
summary: '一句话。'
uid: ${title}@kx
start: ${start}
end: ${start.slice(0, 11)}11:00
state: confirmed
hosts: [试验县科协]
place: 东街
township: chengguan
open: public
${more}published: 2026-11-01
---

正文里有 **粗体**。
`;

beforeAll(async () => {
  vi.stubEnv('PORTAL_NOW', '2026-11-24T10:00');
  folder = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  for (const name of ['gai-qi', 'qu-xiao', 'mei-bian', 'dang-chang', 'deng-bu-de'])
    writeFileSync(join(folder, `events/${name}.mdx`), event(name));
  writeFileSync(join(folder, 'events/guo-qu.mdx'), event('guo-qu', '2026-11-10T08:00'));
  office = await openNewsroom({ steps: ['final'], content: folder });
  author = await office.member('xiaowang', 'author', '小王');
  publisher = await office.member('xiaozhao', 'publisher', '小赵');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const textOf = (path: string) => office.served.newsroom.read(`content/${path}.mdx`)?.text ?? '';

/** The values of the page's form, as a browser would send them. */
function controlsOf(html: string): [string, string][] {
  const form = html.slice(html.indexOf('<form class="form results'));
  const attribute = (tag: string, name: string) =>
    plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  const values: [string, string][] = [];
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    if (/type="image"/.test(tag) || (/type="(?:radio|checkbox)"/.test(tag) && !/\schecked/.test(tag)))
      continue;
    values.push([attribute(tag, 'name'), attribute(tag, 'value')]);
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select id="([^"]+)"[^>]*>(.*?)<\/select>/gs))
    values.push([
      name,
      /value="([^"]*)"\s+selected/.exec(options)?.[1] ?? /value="([^"]*)"/.exec(options)?.[1] ?? '',
    ]);
  for (const [, name = '', text = ''] of form.matchAll(/<textarea id="([^"]+)"[^>]*>(.*?)<\/textarea>/gs))
    values.push([name, plain(text)]);
  return values;
}

interface Sent {
  status: number;
  to: string;
  html: string;
  text: string;
  controls: [string, string][];
}
const pageOf = async (response: Response): Promise<Sent> => {
  const html = await response.text();
  return {
    status: response.status,
    to: response.headers.get('location') ?? '',
    html,
    text: words(html),
    controls: controlsOf(html),
  };
};
const open = async (who: Visitor, path: string) => pageOf(await who.fetch(AT + path));
async function send(
  who: Visitor,
  path: string,
  controls: [string, string][],
  fields: Record<string, string>,
) {
  const kept = controls.filter(([name]) => !Object.hasOwn(fields, name));
  const body = new URLSearchParams([...kept, ...Object.entries(fields)]);
  return pageOf(await who.fetch(AT + path, { method: 'POST', body }));
}

/** `events/<slug>` of what was saved: its name has the date and the pinyin of the title. */
const pathIn = ({ to }: Sent) =>
  /^\.\.\/\?done=(?<path>(?:events|caravan)%2F2026-12-\d\d-[a-z-]+)$/
    .exec(to)
    ?.groups?.path?.replace('%2F', '/') ?? to;

describe('发活动', () => {
  const ANSWERS = {
    title: '文化广场科普集市',
    kind: 'fair',
    day: '12月12日（周六）',
    time: '9：00—11：30',
    place: '文化广场东侧',
    township: 'heshan',
    capacity: '50人',
    summary: '四十个摊位，带旧电池来换种子。',
  };

  test('六个问题，主办单位、电话、人群都有常用的答案；答完看一遍，存成草稿', async () => {
    const form = await open(author, 'event/');
    expect(form.html.match(/class="question"/g)).toHaveLength(6);
    expect(Object.fromEntries(form.controls)).toMatchObject({
      hosts: '试验县科学技术协会',
      howToJoin: '咨询电话 0900-1234567',
      audience: 'public',
    });
    const look = await send(author, 'event/', form.controls, { ...ANSWERS, step: 'look' });
    expect(look.text).toContain('2026年12月12日 周六 9:00–11:30');
    expect(look.text).toContain('乡镇（街道） 河山乡');
    expect(look.text).toContain('提交审核');
    const saved = await send(author, 'event/', look.controls, { step: 'save' });
    const text = textOf(pathIn(saved));
    expect(text).toMatch(/^---\ntitle: 文化广场科普集市\nkind: fair\n/);
    expect(text).toContain('start: 2026-12-12T09:00\nend: 2026-12-12T11:30\nstate: confirmed\n');
    expect(text).toContain('capacity: 50\n');
    const done = await open(author, saved.to.replace('../', ''));
    expect(done.text).toContain('「文化广场科普集市」已保存，现在是「草稿」');
    expect(done.text).toContain('提交审核');
  });

  test('没写好的一次说全，填好的都在；过去的日子、看不懂的时间说清楚怎样写', async () => {
    const form = await open(author, 'event/');
    const bad = await send(author, 'event/', form.controls, {
      ...ANSWERS,
      title: '',
      day: '2026-11-20',
      capacity: '很多',
      step: 'look',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toMatch(/哪一天 ：2026 年 11 月 20 日（周五） 9:00|已经过去了，请写以后的时间/);
    expect(bad.text).toContain('名额写一个整数');
    expect(Object.fromEntries(bad.controls)).toMatchObject({ place: '文化广场东侧', day: '2026-11-20' });
    const time = await send(author, 'event/', bad.controls, { ...ANSWERS, time: '2:30', step: 'look' });
    expect(time.text).toContain('「2:30」是凌晨还是下午');
  });

  test('一气送审；按「后退」再交一次，不会多出一条', async () => {
    const form = await open(author, 'event/');
    const look = await send(author, 'event/', form.controls, {
      ...ANSWERS,
      title: '送审的活动',
      day: '12-13',
      step: 'look',
    });
    const first = await send(author, 'event/', look.controls, { step: 'submit' });
    const again = await send(author, 'event/', look.controls, { step: 'submit' });
    expect(again.to).toBe(first.to);
    const entries = (await office.served.newsroom.list('content/events')) ?? [];
    expect(entries.filter(({ data }) => data?.title === '送审的活动').map(({ stage }) => stage)).toEqual([
      'final',
    ]);
  });

  test('在图上点一下，记下乡镇；粘高德链接，记下坐标；短链接说明怎么办', async () => {
    const form = await open(author, 'event/');
    const svg = await author.fetch(`${AT}map.svg`);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(await svg.text()).toContain('>河山乡<');
    // The right half of the map.
    const clicked = await send(author, 'event/', form.controls, {
      ...ANSWERS,
      township: '',
      'spot.x': '220',
      'spot.y': '140',
    });
    expect(Object.fromEntries(clicked.controls)).toMatchObject({ township: 'heshan', title: ANSWERS.title });
    const short = await send(author, 'event/', clicked.controls, {
      point: 'https://surl.amap.com/1aBc',
      step: 'look',
    });
    expect(short.text).toContain('短链接');
    const link = 'https://uri.amap.com/marker?position=105.724947,34.580863&name=x';
    const look = await send(author, 'event/', short.controls, {
      point: link,
      title: '有坐标的',
      step: 'look',
    });
    expect(look.text).toContain('经度 105.724947，纬度 34.580863');
    const saved = await send(author, 'event/', look.controls, { step: 'save' });
    expect(textOf(pathIn(saved))).toMatch(
      /coordinates:\n {2}longitude: 105.724947\n {2}latitude: 34.580863\n {2}system: gcj02|coordinates: .*105.724947/,
    );
  });
});

test('新站次：选学校就有标题、乡镇和学段，排期的提醒在看一遍时说', async () => {
  const form = await open(author, 'stop/');
  const look = await send(author, 'stop/', form.controls, {
    school: 'diyi-xiaoxue',
    day: '2026年12月10日',
    time: '上午九点到十一点半',
    step: 'look',
  });
  expect(look.text).toContain('科普大篷车走进第一小学');
  expect(look.text).toContain('提醒');
  const saved = await send(author, 'stop/', look.controls, { step: 'save' });
  const text = textOf(pathIn(saved));
  expect(text).toContain('start: 2026-12-10T09:00\nend: 2026-12-10T11:30\nstate: tentative\n');
  expect(text).toContain('township: chengguan\n');
  const nowhere = await send(author, 'stop/', form.controls, {
    school: '',
    day: '明天',
    time: '9点',
    step: 'look',
  });
  expect(nowhere.text).toContain('请选学校，或者写地点');
});

describe('改期和取消', () => {
  test('只列还没办的；过去的、取消的没有', async () => {
    const list = await open(author, 'change/');
    expect(list.text).toContain('gai-qi');
    expect(list.text).not.toContain('guo-qu');
    expect((await open(author, 'change/?words=qu-xiao')).text).not.toContain('gai-qi');
  });

  test('改期：写新的时间和原因，先看到访客会看到的话；只动这几个字段', async () => {
    const form = await open(author, 'reschedule/events/gai-qi/');
    expect(form.text).toContain('原来是 2026年12月5日 周六 8:00–11:00');
    const past = await send(author, 'reschedule/events/gai-qi/', form.controls, {
      day: '2026.11.23',
      time: '9:00',
      reason: '大雪',
      step: 'look',
    });
    expect(past.text).toContain('已经过去了，请写以后的时间');
    const look = await send(author, 'reschedule/events/gai-qi/', form.controls, {
      day: '12/19',
      time: '下午2点半到5点',
      reason: '预报大雪。',
      step: 'look',
    });
    expect(look.text).toContain(
      '原定 12 月 5 日（周六）上午 8:00，改为 12 月 19 日（周六）下午 2:30–5:00。原因：预报大雪。',
    );
    await send(author, 'reschedule/events/gai-qi/', look.controls, { step: 'submit' });
    expect(textOf('events/gai-qi')).toBe(
      event('gai-qi')
        .replace('2026-12-05T08:00', '2026-12-19T14:30')
        .replace('2026-12-05T11:00', '2026-12-19T17:00')
        .replace('state: confirmed', 'state: rescheduled')
        .replace('hosts:', 'changeReason: 预报大雪\nhosts:'),
    );
    expect(office.served.newsroom.read('content/events/gai-qi.mdx')?.stage).toBe('final');
  });

  test('和原来一样的、没有原因的，说没有要改的', async () => {
    const form = await open(author, 'reschedule/events/mei-bian/');
    const same = await send(author, 'reschedule/events/mei-bian/', form.controls, {
      day: '12月5日',
      time: '8:00-11:00',
      reason: '',
      step: 'look',
    });
    expect(same.status).toBe(422);
    expect(same.text).toContain('没有要改的');
    expect(same.text).toContain('请写原因，访客看得到');
  });

  test('取消：原因、以后还办不办', async () => {
    const form = await open(author, 'cancel/events/qu-xiao/');
    expect((await send(author, 'cancel/events/qu-xiao/', form.controls, { step: 'look' })).text).toContain(
      '请写原因',
    );
    const look = await send(author, 'cancel/events/qu-xiao/', form.controls, {
      reason: '场地检修',
      advice: '咨询电话 0900-1234567',
      afterwards: 'later',
      step: 'look',
    });
    expect(look.text).toContain(
      '原定 12 月 5 日（周六）上午 8:00，现已取消。原因：场地检修，新的时间另行通知；咨询电话 0900-1234567。',
    );
    await send(author, 'cancel/events/qu-xiao/', look.controls, { step: 'save' });
    expect(textOf('events/qu-xiao')).toContain('state: cancelled');
    expect((await open(author, 'cancel/events/qu-xiao/')).text).toContain('已经取消了');
  });

  test('等不得的，「发布」以上的人写明原因马上上网站，随后由别人补审', async () => {
    const at = 'cancel/events/deng-bu-de/';
    const answers = { reason: '今早停电', afterwards: 'over', step: 'look' };
    const theirs = await send(author, at, (await open(author, at)).controls, answers);
    expect(theirs.html).not.toContain('value="urgent"');
    expect((await open(publisher, 'event/')).html).not.toContain('value="urgent"');

    const look = await send(publisher, at, (await open(publisher, at)).controls, answers);
    expect(look.text).toMatch(/等不得，先发后审 .*按下去马上上网站/);
    const blank = await send(publisher, at, look.controls, { step: 'urgent' });
    expect(blank.status).toBe(422);
    expect(blank.text).toContain('先发后审要写明为什么来不及审');
    expect(office.served.newsroom.read('content/events/deng-bu-de.mdx')?.stage).toBe('published');

    const back = await send(publisher, at, blank.controls, { step: 'edit', hurry: '早上九点就开始' });
    const again = await send(publisher, at, back.controls, { step: 'look' });
    expect(Object.fromEntries(again.controls).hurry).toBe('早上九点就开始');
    const done = await send(publisher, at, again.controls, { step: 'urgent' });
    expect((await open(publisher, done.to.replace('../../../', ''))).text).toContain(
      '现在是「已发布」。网站正在更新；还要由别的人补审，列在「待办」里。',
    );
    expect(textOf('events/deng-bu-de')).toContain('state: cancelled');
    const { administrator } = office;
    expect(words(await (await administrator.fetch('admin/desk/overview/')).text())).toMatch(
      /deng-bu-de」 先发后审 等我补审 小赵于.*还要补终审：早上九点就开始/,
    );
  });

  test('填的时候别人改了，不盖掉，说一声', async () => {
    const form = await open(author, 'cancel/events/dang-chang/');
    const { version } = office.served.newsroom.read('content/events/dang-chang.mdx') ?? {};
    await publisher.call('PUT', 'file', {
      path: 'content/events/dang-chang.mdx',
      text: event('dang-chang').replace('东街', '西街'),
      version,
    });
    const stale = await send(author, 'cancel/events/dang-chang/', form.controls, {
      reason: '停电',
      afterwards: 'over',
      step: 'look',
    });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('「小赵」改了这一条，所以还没有保存');
    expect(Object.fromEntries(stale.controls)).toMatchObject({ reason: '停电' });
  });
});
