import { randomInt } from 'node:crypto';
import { openNewsroom, type Visitor } from '../support/newsroom.ts';

/** Forty editors, each with an account and an entry, who save all the time: how long a save takes, and that none is lost. */

const EDITORS = 40;

const entry = (title: string, words: string) =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${words}\n`;

const SECONDS = 60;

/** Prints the figures of a minute. */
export async function benchEditors(): Promise<void> {
  const { saves, errors, lost, p50, p95 } = await measureEditors(SECONDS);
  console.log(
    `${EDITORS} 位编辑同时不停保存 ${SECONDS} 秒：${saves} 次，出错 ${errors}，丢失 ${lost}；每次 p50 ${p50} ms，p95 ${p95} ms`,
  );
}

/**
 * @param seconds how long they write
 * @returns saves, refusals, saves that are not in the history afterwards, and milliseconds of a save
 */
async function measureEditors(seconds: number) {
  const office = await openNewsroom({ steps: [], content: 'tests/fixtures/county' });
  const editors: Visitor[] = [];
  for (let index = 0; index < EDITORS; index++)
    editors.push(await office.member(`bianji-${index}`, 'author'));
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let errors = 0;

  const write = async (editor: Visitor, index: number) => {
    const path = `content/articles/bench-${index}.mdx`;
    let version: unknown = null;
    let saves = 0;
    while (performance.now() < until) {
      const started = performance.now();
      const text = entry(`第${index}号`, `第${saves}次，${randomInt(1e9)}。`.repeat(100));
      const saved = await editor.call('PUT', 'file', { path, text, version });
      times.push(performance.now() - started);
      if (saved.status !== 200) errors++;
      else {
        saves++;
        version = saved.version;
      }
    }
    const history = (await editor.call('GET', `history?path=${path}`)) as unknown as { items: unknown[] };
    return Math.max(0, Math.min(saves, 100) - history.items.length);
  };
  const lost = (await Promise.all(editors.map(write))).reduce((sum, count) => sum + count, 0);
  await office.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return { saves: times.length, errors, lost, p50: at(0.5), p95: at(0.95) };
}
