import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../../../../../tests/support/newsroom.ts';
import { smallCounty } from '../../../../../tests/support/project.ts';
import type { Build } from '../../../build/contract.ts';

/** 待办 as people of a small office see it, from the real server. */

const TODAY = '2026-11-24';
const OVERVIEW = 'admin/desk/overview/';

let office: Office;
let author: Visitor;
let publisher: Visitor;
let folder: string;

/** What the next build does. */
let build: Build = async () => {};

const article = (title: string, fields: string, body = '正文。') =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: farming\nauthor: 县科协\npublished: 2026-10-01\n${fields}---\n\n${body}\n`;

async function county(): Promise<string> {
  const made = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  const write = (file: string, text: string) => writeFileSync(join(made, file), text);
  const read = (file: string) => readFileSync(join(made, file), 'utf8');
  for (let number = 1; number <= 12; number++)
    write(
      `articles/late-${number}.mdx`,
      article(`过期 ${number}`, 'reviewed: 2025-01-01\nnextReview: 2026-10-01\n'),
    );
  write('articles/soon.mdx', article('快到期', 'reviewed: 2025-12-04\nnextReview: 2026-12-04\n'));
  write('articles/sooner.mdx', article('今天到期', `reviewed: 2025-11-24\nnextReview: ${TODAY}\n`));
  write('articles/dead-link.mdx', article('坏链接', '', '见[示范田](/bases/mei-you/)。'));
  write('articles/wording.mdx', article('<b>错字</b>', '', '请登录帐号。'));
  write(
    'statistics/other.yaml',
    read('statistics/2026-app.yaml').replace('1200', '1300').replace('title: ', 'title: 另一个 '),
  );
  write(
    'events/over.mdx',
    read('events/2026-12-05-yi-zhen.mdx')
      .replace('title: 义诊', 'title: 上周的义诊')
      .replaceAll('2026-12-0', '2026-11-1')
      .replace('uid: ', 'uid: x-'),
  );
  write(
    'caravan/second.mdx',
    read('caravan/2026-12-10-diyi-xiaoxue.mdx').replace('uid: ', 'uid: x-').replace('第一小学', '同一天别处'),
  );
  return made;
}

/** The page as a visitor gets it: its HTML, and its words without tags. */
async function pageOf(visitor: Visitor, query = '') {
  const html = await (await visitor.fetch(OVERVIEW + query)).text();
  const words = (part: string) =>
    part
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
  /** The panel under a heading; undefined when there is none. */
  const panel = (heading: string) =>
    html
      .split('<section')
      .find((part) => part.includes(`">${heading}`))
      ?.split('</section>')[0];
  return { html, text: words(html), panel, said: (heading: string) => words(panel(heading) ?? '') };
}

beforeAll(async () => {
  vi.stubEnv('PORTAL_NOW', TODAY);
  folder = await county();
  office = await openNewsroom({
    steps: ['final'],
    content: folder,
    build: async (target, ...parts) => {
      writeFileSync(join(target, 'index.html'), '首页');
      await build(target, ...parts);
    },
  });
  author = await office.member('xiaowang', 'author', '小王');
  publisher = await office.member('zhangjie', 'publisher', '张姐');
  await vi.waitFor(async () => expect((await pageOf(author)).text).not.toContain('正在检查'), {
    timeout: 60_000,
    interval: 200,
  });
});
afterAll(async () => {
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('内容里要看一看的事', () => {
  test('按事情分开，各有条数和怎么办', async () => {
    const { said } = await pageOf(author);
    expect(said('过了复核日期')).toMatch(/过了复核日期（12） 请专家把全文再读一遍/);
    expect(said('活动成果还没补')).toMatch(
      /（1） 办完的把状态改成「完成」.*「上周的义诊」 「状态」2026-11-16 已经过去/,
    );
    expect(said('打不开的链接')).toMatch(/换成打得开的网址.*「坏链接」 链接「\/bases\/mei-you\/」打不开/);
    expect(said('排期提醒')).toMatch(/（\d+） 看看要不要换个日子/);
    expect(said('数据对不上')).toMatch(/（1） 查原始记录.*这里 1300，「科普中国 App 注册用户」是 1200/);
    expect(said('其他')).toContain('「帐」应为「账」');
  });

  test('没有补成果的活动，一按就到只问成果的表单', async () => {
    const { panel } = await pageOf(author);
    expect(panel('活动成果还没补')).toMatch(/href="(?:\.\.\/)+admin\/desk\/results\/events\/over\/">补成果</);
  });

  test('写出内容的标题，点进去就是编辑；标题只当文字', async () => {
    const { html, panel } = await pageOf(author);
    expect(panel('打不开的链接')).toContain(
      '<a href="../../../admin/#/collections/articles/entries/dead-link">「坏链接」</a>',
    );
    expect(panel('打不开的链接')).toContain('entries/redirects">搬家的网址</a>');
    expect(html).toContain('「&lt;b&gt;错字&lt;/b&gt;」');
  });

  test('必须改的排在前面', async () => {
    const { said } = await pageOf(author);
    expect(said('其他')).toMatch(/^.*?（\d+） [^要]*「要改」的请先改。 要改 「写坏的一篇」/);
  });

  test('长的列表八条以后折叠，不用脚本', async () => {
    const { html, panel } = await pageOf(author);
    const [shown = '', folded = ''] = (panel('过了复核日期') ?? '').split('<details>');
    expect(shown.match(/<li>/g)).toHaveLength(8);
    expect(folded.match(/<li>/g)).toHaveLength(4);
    expect(folded).toContain('<summary>还有 4 处</summary>');
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/ style=/);
  });

  test('没有问题的事情不出现', async () => {
    const { text } = await pageOf(author);
    expect(text).not.toMatch(/（0） (?:请|办|换|看|查|按)/);
    expect(text).not.toContain('没有发现问题');
  });

  test('顶上有各项的条数，点一下就到', async () => {
    const { html, text } = await pageOf(author);
    expect(text).toMatch(/0 等我处理 1 太久没更新 12 过了复核日期 1 活动成果还没补/);
    for (const [, id] of html.matchAll(/<a href="#([\w-]+)"/g)) expect(html).toContain(`id="${id}"`);
  });
});

describe('多久没更新', () => {
  test('每个栏目用话说明最新一条是什么、哪天的、期限多长、还剩几天', async () => {
    const { said, panel } = await pageOf(author);
    expect(said('多久没更新')).toMatch(/首页期限 2 周 用火安全讲座开讲 2026-11-21 还剩 11 天/);
    expect(said('多久没更新')).toMatch(/动态期限 2 周 用火安全讲座开讲 2026-11-21 还剩 11 天/);
    expect(said('多久没更新')).toMatch(/文件资料期限 6 个月 .* 2026-01-12 超过 133 天/);
    expect(panel('多久没更新')).toContain('admin/#/collections/news/entries/2026-11-21-jiang-zuo"');
    expect(said('多久没更新')).not.toContain('公告');
  });

  test('三十天内要复核的列出来，先到期的在前', async () => {
    const { said } = await pageOf(author);
    expect(said('30 天内要复核')).toMatch(
      /（2） .*「今天到期」 11 月 24 日（周二），就是今天 ?「快到期」 12 月 4 日（周五），还有 10 天/,
    );
  });
});

describe('网站', () => {
  test('已上线时照实说，页面不自己刷新', async () => {
    const { html, text } = await pageOf(author);
    expect(text).toMatch(/网站：已上线，访客现在看到的就是最新的，\d{4}年/);
    expect(html).not.toContain('http-equiv="refresh"');
  });

  test('生成时说出进行到哪一步、完成多少，页面自己刷新，往下读的时候不刷', async () => {
    let finish = () => {};
    build = async (_folder, _previous, { tell }) => {
      tell({ step: '正在更新页面', progress: 0.42 });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    await publisher.post('admin/desk/releases/', { id: 'again' });
    await vi.waitFor(async () =>
      expect((await pageOf(author)).text).toContain('网站正在更新：正在更新页面，完成了 42%。访客看到的还是'),
    );
    const { html } = await pageOf(author);
    expect(html).toContain('<meta http-equiv="refresh" content="5" />');
    expect(html).toContain('<a href="?stay">不要刷新</a>');
    const still = await pageOf(author, '?stay');
    expect(still.html).not.toContain('http-equiv');
    expect(still.text).toContain('完成了 42%');
    finish();
    await office.served.settled();
    expect((await pageOf(author)).html).not.toContain('http-equiv');
  });

  test('没生成成功就说明原因，「发布」以上的人在这里再试一次', async () => {
    build = async () => {
      throw new Error('content/articles/yi.mdx 第 2 行「标题」太长，请缩短');
    };
    await publisher.post('admin/desk/releases/', { id: 'again' });
    await office.served.settled();
    const theirs = await pageOf(author);
    expect(theirs.text).toMatch(
      /网站没有更新成功：.*第 2 行「标题」太长，请缩短 访客看到的还是.*请「发布」以上的人再试一次/,
    );
    expect(theirs.html).not.toContain('再试一次</button>');
    expect(theirs.html).not.toContain('http-equiv');
    expect((await pageOf(publisher)).html).toContain('再试一次</button>');

    build = async () => {};
    const pressed = await publisher.post('admin/desk/releases/', { id: 'again', from: 'overview' });
    expect(pressed.headers.get('location')).toBe('../overview/');
    await office.served.settled();
    const after = await pageOf(publisher);
    expect(after.text).toContain('网站：已上线');
    expect(after.said('最近发布')).toContain('重新生成网站 （张姐，');
  });
});

test('草稿列在该处理它的人那里，写着状态和作者', async () => {
  const path = 'content/articles/xin.mdx';
  const { version } = await author.call('PUT', 'file', { path, text: article('新稿', ''), version: null });
  expect((await pageOf(author)).said('等我处理')).toMatch(
    /（1） 全选这 1 条 提交审核 「新稿」 草稿 小王，\d{4}年/,
  );
  expect((await pageOf(publisher)).said('大家的草稿')).toContain('「新稿」');
  await author.call('POST', 'review', { path, version, action: 'submit' });
  expect((await pageOf(publisher)).said('等我处理')).toMatch(
    /（1） 全选这 1 条 .*发布 退回… .*「新稿」 待终审/,
  );
});

test('出错的在最上面；能补审的在没保存的前面，补不了的在后面；都有条数', async () => {
  const path = 'content/articles/soon.mdx';
  const was = office.served.newsroom.read(path);
  const text = (was?.text ?? '').replace('快到期', '改了电话');
  const { version } = await publisher.call('PUT', 'file', { path, text, version: was?.version });
  await publisher.call('POST', 'review', { path, version, action: 'urgent', comment: '电话写错了' });
  const copy = { folder: 'articles', title: '写到一半', text: article('写到一半', ''), version: null };
  const { administrator } = office;
  for (const person of [publisher, administrator])
    await person.call('PUT', 'working-copy', { ...copy, id: crypto.randomUUID() });

  const theirs = (await pageOf(administrator)).html;
  const order = ['还没有备份过', '网站：', 'href="#urgent"', 'id="mine"', 'id="urgent"', 'id="unsaved"'];
  const places = order.map((part) => theirs.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  const own = await pageOf(publisher);
  expect(own.html.indexOf('id="unsaved"')).toBeLessThan(own.html.indexOf('id="urgent"'));
  expect(own.text).toMatch(/等我处理 1 先发后审 1 没有保存/);
});

test('外部链接检查由管理员开和关', async () => {
  const { administrator } = office;
  const settings = async () => (await administrator.fetch('admin/desk/settings/')).text();
  const press = (fields: Record<string, string>) =>
    administrator.post('admin/desk/settings/', { steps: 'final', ...fields });
  expect((await pageOf(author)).text).toContain('外部链接没有检查：「服务器设置」里关掉了。');
  expect(await settings()).toMatch(/name="outsideLinks"\s*\/>\s*每天检查外部链接/);
  await press({ outsideLinks: 'on' });
  expect(await settings()).toMatch(/name="outsideLinks" checked\s*\/>/);
  expect((await pageOf(author)).text).toContain('正在检查外部链接');
  await press({});
  expect((await pageOf(author)).text).toContain('外部链接没有检查：「服务器设置」里关掉了。');
  expect(await (await administrator.fetch('admin/desk/audit/')).text()).toContain('每天检查外部链接');
});
