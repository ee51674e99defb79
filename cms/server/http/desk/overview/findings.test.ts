import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { foundBy } from '../../../../../src/checks/index.ts';
import { openContent } from '../../../../../src/store/index.ts';
import type { Problem } from '../../../../../src/model/problems.ts';
import type { OutsideState } from '../../../services/outside-links/index.ts';
import { type OverviewParts, overviewPage } from './index.ts';
import type { Signed } from '../../access.ts';

/** 待办 with whatever the checks may have come to. */

interface Found {
  problems?: Problem[];
  outside?: Problem[];
  state?: OutsideState;
}

async function pageWith({ problems = [], outside = [], state = { state: 'waiting' } }: Found) {
  const parts = {
    newsroom: { waiting: () => [], reviewsAfterwards: () => [], titleOf: () => '「jia」' },
    releases: { status: () => ({ state: 'idle' }), list: () => [] },
    inspection: () => ({ problems, clocks: [], reviews: [], outside: [], at: '2026-11-24T01:00:00Z' }),
    workingCopies: { list: () => [] },
    health: { clock: () => ({ isTrusted: true }), troubles: () => [] },
    outsideLinks: { look: () => {}, problems: () => outside, state: () => state },
  } as unknown as OverviewParts;
  const app = new Hono<Signed>();
  app.use(async (context, next) => {
    context.set('content', openContent());
    context.set('person', { id: '1', name: '小王', login: 'wang', role: 'author' });
    await next();
  });
  app.route('/admin/desk/overview', overviewPage(parts));
  const html = await (await app.request('/admin/desk/overview')).text();
  return { html, text: html.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ') };
}

const problem = (more: Partial<Problem> = {}): Problem => ({
  severity: 'warning',
  file: 'content/articles/jia.mdx',
  message: '有毛病',
  ...more,
});

const round = {
  at: '2026-11-24T00:30:00Z',
  day: '2026-11-24',
  isOnline: true,
  looked: 37,
  refused: 0,
  left: 0,
};

test('没有发现问题也说出来', async () => {
  const { text } = await pageWith({});
  expect(text).toContain('全部内容检查过了，没有发现问题。');
  expect(text).toContain('还没有发布内容。');
  expect(text).toContain('网站还没有生成过。');
});

test('别的网站的坏链接和本站的列在一起，可以打开看看', async () => {
  const outside = 'https://www.who.int/?a=1&b="';
  const { html, text } = await pageWith({
    problems: foundBy('links', [problem({ severity: 'error', message: '链接「/articles/x/」打不开' })]),
    outside: foundBy('links', [problem({ message: `${outside} 打不开：没有回答`, outside })]),
    state: { state: 'done', ...round },
  });
  expect(text).toMatch(
    /打不开的链接（2） .*要改 「jia」 链接「\/articles\/x\/」打不开 .*「jia」 https:\/\/www\.who\.int/,
  );
  expect(html).toContain('<a href="https://www.who.int/?a=1&amp;b=&quot;" rel="noreferrer">打开看看</a>');
  expect(text).toMatch(/外部链接是2026年11月24日 08:30检查的，共 37 个网址。/);
});

test.each<[OutsideState, string]>([
  [{ state: 'off' }, '外部链接没有检查：「服务器设置」里关掉了。'],
  [{ state: 'waiting' }, '外部链接还没有检查。'],
  [{ state: 'looking' }, '正在检查外部链接，隔一会儿再看。'],
  [{ state: 'done', ...round, isOnline: false }, '这台机器连不上外网，外部链接没有检查。'],
  [{ state: 'done', ...round, looked: 0 }, '内容里没有外部链接。'],
  [{ state: 'done', ...round, refused: 2 }, '共 37 个网址，其中 2 个通往内部网络，没有打开。'],
  [{ state: 'done', ...round, left: 5 }, '共 37 个网址；还有 5 个太多了没有查。'],
])('用话说明：%o', async (state, words) => {
  expect((await pageWith({ state })).text).toContain(words);
});

test('太久没更新的栏目留给下面的表，顶上只计数', async () => {
  const { html, text } = await pageWith({ problems: foundBy('columns', [problem({ message: '没有更新' })]) });
  expect(text).toContain('1 太久没更新');
  expect(html).toContain('<a href="#clocks">');
  expect(text).not.toContain('太久没更新（');
  expect(text).toContain('没有发现问题');
});

test('十条全列出，十一条就折叠，几千条只列前两百条', async () => {
  const found = (count: number) =>
    pageWith({
      problems: Array.from({ length: count }, (_, index) => problem({ message: `毛病 ${index}。` })),
    });
  expect((await found(10)).html).not.toContain('<details>');
  expect((await found(11)).text).toContain('还有 3 处');
  const { html, text } = await found(3000);
  expect(html.match(/<li>\s*「?/g)?.length).toBeLessThan(250);
  expect(text).toMatch(/其他（3000）.*还有 2992 处.*另外 2800 处没有列出/);
});
