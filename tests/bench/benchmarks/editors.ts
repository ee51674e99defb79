import { randomInt } from 'node:crypto';
import { openNewsroom, type Visitor } from '../../support/newsroom.ts';
import { quantile } from '../machine/median.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

const EDITORS = 40;

const entry = (title: string, words: string) =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${words}\n`;

const SECONDS = 20;

/** Forty editors, each with an account and an entry, who save all the time: how long a save takes, and that none is lost. */
export async function benchEditors({ sheet }: Context): Promise<void> {
  const { times, errors, lost } = await measureEditors(SECONDS);
  sheet.row(OWN, `${EDITORS} 位编辑同时不停保存 ${SECONDS} 秒`, {
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    count: times.length,
  });
  const bad = sheet.row(OWN, '其中出错或丢失的', { count: errors + lost });
  sheet.aim('保存一次不丢', { own: bad, metric: 'count', most: 0 });
  sheet.note('同类没有这一项。');
}

/**
 * @param seconds how long they write
 * @returns milliseconds of each save, refusals, saves that are not in the history afterwards
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
  return { times, errors, lost };
}
