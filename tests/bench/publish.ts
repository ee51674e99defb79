import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openNewsroom } from '../support/newsroom.ts';
import { writeCorpus } from './corpus.ts';
import { inProcess } from './in-process.ts';

const EDITS = 5;

/** Pause before the next publish, in which its build process starts. */
const PAUSE_MS = 5000;

/** How often the editor's page would ask; here it must not blur the figure. */
const ASK_EVERY_MS = 20;

interface Times {
  /** Seconds of the first start: seeding the repository and building the whole site. */
  start: number;
  /** Seconds from pressing 发布 to the page being live, search index included, fastest first. */
  edits: number[];
}

/** Publishes single edits of an office with so many articles through the real server, as an editor would. */
async function publish(count: number): Promise<Times> {
  const content = resolve(`.tmp/bench/publish-${count}`);
  rmSync(content, { recursive: true, force: true });
  const slugs = writeCorpus(content, count);
  const began = performance.now();
  const office = await openNewsroom({ steps: [], content, build: 'site' });
  const start = (performance.now() - began) / 1000;
  const { call } = office.administrator;
  const edits: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    await wait(PAUSE_MS);
    const path = `content/articles/${slugs[Math.floor((count * (edit + 1)) / (EDITS + 1))]}.mdx`;
    const { text, version } = await call('GET', `file?path=${path}`);
    const saved = await call('PUT', 'file', { path, version, text: `${text}\n第 ${edit} 次改动。\n` });
    const pressed = performance.now();
    const accepted = (saved.problems as { message: string }[]).map(({ message }) => message);
    const request = { path, version: saved.version, action: 'publish', accepted };
    const published = await call('POST', 'review', request);
    if (published.status !== 200) throw new Error(JSON.stringify(published));
    for (;;) {
      const { isLive, state, message } = await call('GET', `status?path=${path}`);
      if (state === 'failed') throw new Error(String(message));
      if (isLive) break;
      await wait(ASK_EVERY_MS);
    }
    edits.push((performance.now() - pressed) / 1000);
  }
  await office.close();
  rmSync(content, { recursive: true, force: true });
  return { start, edits: edits.sort((a, b) => a - b) };
}

/**
 * From pressing 发布 to the page being live, through the whole server.
 *
 * @returns median seconds of an edit
 */
export async function benchPublish(count: number): Promise<number> {
  // An office settles which content a process reads, so each has a process of its own.
  const { start, edits } = await inProcess<Times>(import.meta.filename, count);
  const median = edits[Math.floor(edits.length / 2)] as number;
  console.log(
    `发布 ${count} 篇：第一次启动 ${start.toFixed(1)} 秒；改一篇，从按「发布」到上线 ${median.toFixed(2)} 秒（最慢 ${edits.at(-1)?.toFixed(2)}）`,
  );
  return median;
}

if (import.meta.main) process.send?.(await publish(Number(process.argv[2])));
