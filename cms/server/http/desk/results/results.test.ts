import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../../../../../tests/support/newsroom.ts';
import { smallCounty } from '../../../../../tests/support/project.ts';

/** 补成果 as an office uses it, from the real server. */

const AT = 'admin/desk/results/';
let office: Office;
let wang: Visitor;
let li: Visitor;
let folder: string;

const INDICATORS = `items:
  - { id: visitors, name: 参加人次, unit: attendance, nature: flow, kinds: [lecture, fair], headline: true }
  - { id: handouts, name: 发放科普资料, unit: copy, nature: flow, kinds: [fair, lecture] }
  - { id: app-users, name: 注册用户, unit: person, nature: stock, headline: true }
`;
/** A text with lines that a form must leave as they are. */
const event = (title: string, more = '') => `---
title: ${title}   # 老标题
kind: fair
summary: '一句话。'
uid: ${title}@kx
start: 2026-11-10T08:00
end: 2026-11-10T11:00
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
  vi.stubEnv('PORTAL_NOW', '2026-11-24');
  folder = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  writeFileSync(join(folder, 'data/indicators.yaml'), INDICATORS);
  for (const name of ['jia', 'yi', 'bing', 'ding', 'wu', 'ji'])
    writeFileSync(join(folder, `events/${name}.mdx`), event(name));
  office = await openNewsroom({ steps: ['final'], content: folder });
  wang = await office.member('xiaowang', 'author', '小王');
  li = await office.member('xiaoli', 'author', '小李');
});
afterAll(async () => {
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const textOf = (name: string) => office.served.newsroom.read(`content/events/${name}.mdx`)?.text ?? '';
const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** The controls of the page as a browser would send them. */
function controlsOf(html: string): Record<string, string> {
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ??
    '';
  const form = html.slice(html.indexOf('class="form results"'));
  const values: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const isChoice = /type="(?:radio|checkbox)"/.test(tag);
    if (/type="file"/.test(tag) || (isChoice && !/\schecked/.test(tag))) continue;
    values[attribute(tag, 'name')] = attribute(tag, 'value');
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select id="([^"]+)"[^>]*>(.*?)<\/select>/gs))
    values[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? '';
  return values;
}

async function openForm(who: Visitor, name: string) {
  const html = await (await who.fetch(`${AT}events/${name}/`)).text();
  return { html, controls: controlsOf(html) };
}
async function send(who: Visitor, name: string, fields: Record<string, string>, files: File[] = []) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  for (const file of files) body.append('files', file);
  const response = await who.fetch(`${AT}events/${name}/`, { method: 'POST', body });
  const html = await response.text();
  return {
    status: response.status,
    to: response.headers.get('location'),
    html,
    text: words(html),
    controls: controlsOf(html),
  };
}

test('列出已过去、还没有成果的活动，一个一个可以补', async () => {
  const html = await (await wang.fetch(AT)).text();
  expect(words(html)).toMatch(/已过去、还没有成果的活动（6）/);
  expect(html).toContain('href="events/jia/"');
  expect(words(html)).toContain('2026年11月10日 周二 8:00–11:00，东街');
});

describe('一个活动', () => {
  test('只问这种活动该有的几项，带单位和数字键盘；存成草稿，别的字节都不动', async () => {
    const { html, controls } = await openForm(wang, 'jia');
    expect(words(html)).toMatch(/参加人次 .*数（人次）.*发放科普资料 .*数（份）.*加一项/);
    expect(html).toMatch(/name="row-0-value"[^>]*inputmode="decimal"/);
    const saved = await send(wang, 'jia', {
      ...controls,
      state: 'completed',
      'row-0-value': '320',
      'row-0-method': 'measured',
      'row-1-value': '约1,650份',
      evidence: '登记表',
      platform: '已上传',
    });
    expect(saved.status).toBe(303);
    expect(saved.to).toBe('../../?done=events/jia');
    expect(textOf('jia')).toBe(
      event(
        'jia',
        `results:
  - indicator: visitors
    value: 320
    method: measured
    evidence: 登记表
  - indicator: handouts
    value: 1650
    approximate: true
    evidence: 登记表
platform: 已上传
`,
      )
        .replace('state: confirmed', 'state: completed')
        .replace(/(open: public\n)(results:[\s\S]*?platform: 已上传\n)/, '$1$2')
        .replace(/(hosts: .*\n)(place: [\s\S]*?)(results:[\s\S]*?platform: 已上传\n)/, '$1$3$2'),
    );
    const next = words(await (await wang.fetch(`${AT}?done=events/jia`)).text());
    expect(next).toContain('「jia」的成果已保存，现在是「草稿」');
    expect(next).toMatch(/还没有成果的活动（5）/);
  });

  test('填错的一次说全，填好的都还在，什么也没有存', async () => {
    const { controls } = await openForm(wang, 'yi');
    const refused = await send(wang, 'yi', {
      ...controls,
      state: 'cancelled',
      'row-0-value': '很多',
      'row-1-value': '-3',
      'row-1-evidence': '电话 13912345678',
      platform: '长'.repeat(81),
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/有 6 处要改。填好的都还在/);
    for (const said of [
      '「很多」不是数字',
      '不能是负数',
      '像是个人手机号',
      '超过 80 个字',
      '取消要写明原因',
      '就不是取消',
    ])
      expect(refused.text).toContain(said);
    expect(refused.html).toMatch(/aria-describedby="fault-row-0-value"/);
    expect(refused.controls).toMatchObject({
      'row-0-value': '很多',
      'row-1-value': '-3',
      state: 'cancelled',
    });
    expect(textOf('yi')).toBe(event('yi'));
  });

  test('「加一项」不用脚本，已经填的都在；没有填的不写进去', async () => {
    const { controls } = await openForm(wang, 'yi');
    const more = await send(wang, 'yi', { ...controls, 'row-0-value': '12', step: 'add' });
    expect(more.status).toBe(200);
    expect(more.controls.rows).toBe('4');
    expect(more.controls['row-0-value']).toBe('12');
    const saved = await send(wang, 'yi', {
      ...more.controls,
      state: 'completed',
      'row-3-indicator': 'app-users',
      'row-3-value': '40',
    });
    expect(saved.status).toBe(303);
    expect(textOf('yi')).toContain(
      'results:\n  - indicator: visitors\n    value: 12\n  - indicator: app-users\n    value: 40\n',
    );
    expect(textOf('yi')).not.toContain('handouts');
  });

  test('保存并提交审核；别处还有错的只存成草稿，并说明', async () => {
    const { controls } = await openForm(wang, 'bing');
    await send(wang, 'bing', { ...controls, state: 'completed', 'row-0-value': '5', step: 'submit' });
    expect(office.served.newsroom.read('content/events/bing.mdx')?.stage).toBe('final');
    const broken = textOf('ding').replace('township: chengguan', 'township: mei-you');
    const { version } = (await wang.call('GET', 'file?path=content/events/ding.mdx')) as unknown as {
      version: string;
    };
    await wang.call('PUT', 'file', { path: 'content/events/ding.mdx', text: broken, version });
    const opened = await openForm(wang, 'ding');
    const saved = await send(wang, 'ding', {
      ...opened.controls,
      state: 'completed',
      'row-0-value': '5',
      step: 'submit',
    });
    const next = words(await (await wang.fetch(AT + (saved.to ?? '').slice(6))).text());
    expect(next).toContain('这一条还有 1 处要改，改好才能提交审核、发布');
    expect(next).toContain('没有「mei-you」');
    expect(textOf('ding')).toContain('value: 5');
  });

  test('两个人同时补：改的地方不同都留下，写得不同的两边都看得到', async () => {
    const mine = await openForm(wang, 'wu');
    const theirs = await openForm(li, 'wu');
    await send(li, 'wu', {
      ...theirs.controls,
      state: 'completed',
      'row-0-value': '300',
      platform: '已上传',
    });
    const conflict = await send(wang, 'wu', {
      ...mine.controls,
      state: 'completed',
      'row-0-value': '320',
      'row-1-value': '50',
    });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('「小李」也改了这一条');
    expect(conflict.text).toContain('对方写的：300');
    expect(conflict.controls['row-0-value']).toBe('320');
    const saved = await send(wang, 'wu', { ...conflict.controls, 'row-0-value': '310' });
    expect(saved.status).toBe(303);
    expect(textOf('wu')).toMatch(/value: 310[\s\S]*value: 50[\s\S]*platform: 已上传/);
    expect(textOf('wu').match(/indicator: visitors/g)).toHaveLength(1);
  });

  test('照片先上传，再写是什么；没有说明、没有同意书的记录存不下，照片不用再选', async () => {
    const picture = readFileSync(join(folder, 'uploads/photo.jpg'));
    const { controls } = await openForm(wang, 'ji');
    const photo = new File([new Uint8Array(picture)], '集市 照片.jpg', { type: 'image/jpeg' });
    const bad = new File(['不是图片'], 'huai.jpg');
    const uploaded = await send(wang, 'ji', { ...controls, step: 'upload', 'row-0-value': '9' }, [
      photo,
      bad,
    ]);
    expect(uploaded.text).toContain('上传了 1 张，请给每张写一句话');
    expect(uploaded.text).toContain('「huai.jpg」没有上传');
    const src = uploaded.controls['photo-0-src'] ?? '';
    expect(src).toMatch(/^\/uploads\/ji-shi-zhaopian-.*\.jpg$/);
    expect((await wang.fetch(src.slice(1))).status).toBe(200);
    const refused = await send(wang, 'ji', { ...uploaded.controls, state: 'completed' });
    expect(refused.text).toContain('有照片就要选一项');
    expect(refused.html).toContain('id="fault-photo-0-alt"');
    const saved = await send(wang, 'ji', {
      ...refused.controls,
      'photo-0-alt': '村民围着摊位',
      photoConsent: 'none',
    });
    expect(saved.status).toBe(303);
    expect(textOf('ji')).toContain(`photoConsent: none\nphotos:\n  - src: ${src}\n    alt: 村民围着摊位\n`);
  });
});

describe('成果表格', () => {
  const tokenOf = async () =>
    /name="csrf" value="([^"]+)"/.exec(await (await wang.fetch(`${AT}sheet/`)).text())?.[1] ?? '';
  async function upload(content: Uint8Array | string, name: string) {
    const body = new FormData();
    body.set('csrf', await tokenOf());
    body.set('file', new File([content as BlobPart], name));
    return wang.fetch(`${AT}sheet/`, { method: 'POST', body });
  }

  test('下载、填一格、看每一行会怎样、确认以后才存成草稿', async () => {
    const template = await wang.fetch(`${AT}sheet/template.xlsx?year=2026`);
    expect(template.headers.get('content-disposition')).toContain('.xlsx');
    const unchanged = await upload(new Uint8Array(await template.arrayBuffer()), '成果.xlsx');
    const same = words(
      await (await wang.fetch(`${AT}sheet/${unchanged.headers.get('location')?.slice(2)}`)).text(),
    );
    expect(same).toContain('新建 0 行，修改 0 行');

    const answer = await upload(
      '日历编号,发放科普资料（份）,参加人次\njia@kx,1700,很多\nyi@kx,80,\n',
      '成果.csv',
    );
    const preview = `${AT}sheet/${answer.headers.get('location')?.slice(2)}`;
    const page = words(await (await wang.fetch(preview)).text());
    expect(page).toContain('修改 1 行，没有变化 0 行，有错误 1 行');
    expect(page).toContain('发放科普资料（份）：（空） → 80');
    expect(page).toContain('「参加人次（人次）」「很多」不是数字');
    expect(textOf('yi')).not.toContain('value: 80');
    const saved = await wang.post(preview, {});
    expect(saved.status).toBe(303);
    expect(textOf('yi')).toContain('  - indicator: handouts\n    value: 80\n');
    expect(textOf('jia')).toContain('value: 1650');
  });

  test('读不懂的文件只有一句话', async () => {
    const refused = await upload('随便写的', '坏.csv');
    expect(refused.status).toBe(422);
    expect(words(await refused.text())).toContain('没有找到列名');
  });
});

test('没有的活动、别的栏目、乱写的网址，都说没有', async () => {
  for (const path of ['events/mei-you/', 'articles/mai-zi/', 'data/settings/', 'events/..%2f..%2fx/'])
    expect((await wang.fetch(AT + path)).status, path).toBe(404);
});
