import { setTimeout as wait } from 'node:timers/promises';
import { openNewsroom, type Visitor } from '../../support/newsroom.ts';
import { corpusOf } from '../machine/corpus.ts';
import { inProcess } from '../machine/in-process.ts';
import { quantile } from '../machine/median.ts';
import { costOf, failureOf, peers } from '../peers/index.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

const EDITS = 5;

/** Pause before the next publish, in which its build process starts; it has more to prepare on a large site. */
const PAUSE_MS = 5000;
const PAUSE_MS_PER_ARTICLE = 1;

/** How often the editor's page would ask; here it must not blur the figure. */
const ASK_EVERY_MS = 20;

const PREVIEWS = { warmUp: 3, measured: 20 };

const AIM_PUBLISH_S = { small: 0.5, large: 1.5 };
const LARGE = 5000;
const AIM_PREVIEW_MS = 150;

interface Times {
  /** Seconds of the first start: seeding the repository and building the whole site. */
  start: number;
  /** Seconds from pressing 发布 to the page being live, search index included. */
  edits: number[];
  /** Milliseconds from sending what is typed to having the page. */
  previews: number[];
}

const articlePath = (slug: string) => `content/articles/${slug}.mdx`;

async function publishEdit(call: Visitor['call'], slug: string, number: number): Promise<number> {
  const path = articlePath(slug);
  const { text, version } = await call('GET', `file?path=${path}`);
  const saved = await call('PUT', 'file', { path, version, text: `${text}\n第 ${number} 次改动。\n` });
  const pressed = performance.now();
  const accepted = (saved.problems as { message: string }[]).map(({ message }) => message);
  const request = { path, version: saved.version, action: 'publish', accepted };
  const published = await call('POST', 'review', request);
  if (published.status !== 200) throw new Error(JSON.stringify(published));
  for (;;) {
    const { isLive, state, message } = await call('GET', `status?path=${path}`);
    if (state === 'failed') throw new Error(String(message));
    if (isLive) return (performance.now() - pressed) / 1000;
    await wait(ASK_EVERY_MS);
  }
}

/** One article as it is being typed: each request has a few letters more, as the editor sends them. */
async function preview(call: Visitor['call'], slug: string): Promise<number[]> {
  const { text } = await call('GET', `file?path=${articlePath(slug)}`);
  const times: number[] = [];
  let typed = `${text}\n\n`;
  for (let edit = -PREVIEWS.warmUp; edit < PREVIEWS.measured; edit++) {
    typed += `又写了第 ${edit + PREVIEWS.warmUp} 句。`;
    const sent = performance.now();
    const { html } = await call('POST', 'preview', { type: 'articles', slug, text: typed });
    if (!String(html).includes(`又写了第 ${edit + PREVIEWS.warmUp} 句。`))
      throw new Error('预览里没有刚写的字');
    if (edit >= 0) times.push(performance.now() - sent);
  }
  return times;
}

/** Publishes and previews single edits of an office with so many articles through the real server, as an editor would. */
async function measureOffice(count: number): Promise<Times> {
  const { content, slugs } = corpusOf(count);
  const began = performance.now();
  const office = await openNewsroom({ steps: [], content, build: 'site' });
  const start = (performance.now() - began) / 1000;
  const { call } = office.administrator;
  const edits: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    await wait(PAUSE_MS + count * PAUSE_MS_PER_ARTICLE);
    edits.push(
      await publishEdit(call, slugs[Math.floor((count * (edit + 1)) / (EDITS + 1))] as string, edit),
    );
  }
  await wait(PAUSE_MS + count * PAUSE_MS_PER_ARTICLE);
  const previews = await preview(call, slugs[Math.floor(count / 3)] as string);
  await office.close();
  return { start, edits, previews };
}

/** From pressing 发布 to the page being live, and from typing to the preview, through the whole server. */
export async function benchPublish({ sheet, size }: Context): Promise<void> {
  // An office settles which content a process reads, so each has a process of its own.
  const { start, edits, previews } = await inProcess<Times>(import.meta.filename, size);
  sheet.row(OWN, '第一次启动：建内容库，生成整个网站', { wall: start });
  const live = sheet.row(OWN, '按「发布」→ 上线', { wall: quantile(edits, 0.5) });
  const slowest = sheet.row(OWN, `其中最慢的一次（${EDITS} 次）`, { wall: Math.max(...edits) });
  const drawn = sheet.row(OWN, `打字 → 预览（${previews.length} 次）`, {
    median: quantile(previews, 0.5),
    p95: quantile(previews, 0.95),
    slowest: Math.max(...previews),
  });
  for (const peer of peers().present) {
    const cost = await costOf(peer, size).catch((error) => sheet.note(failureOf(peer, size, error)));
    if (!cost) continue;
    const { wall } = cost;
    const cold = sheet.row(peer.name, '从头', { wall });
    sheet.compare(live, cold);
    if (peer.name === 'Eleventy 3') sheet.compare(slowest, cold);
  }
  const most = size < LARGE ? AIM_PUBLISH_S.small : AIM_PUBLISH_S.large;
  sheet.aim('按「发布」→ 上线', { own: live, metric: 'wall', most });
  sheet.aim('打字 → 预览，p95', { own: drawn, metric: 'p95', most: AIM_PREVIEW_MS });
  sheet.note('同类没有编辑部：改一篇要从头生成，还没有算上传。预览是服务器接口从收到全文到交出整页。');
}

if (process.send && import.meta.main) process.send(await measureOffice(Number(process.argv[2])));
