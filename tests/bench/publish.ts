import { appendFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { siteBuilder } from '../../cms/server/building/builder.ts';
import { openReleases } from '../../cms/server/releases.ts';
import { writeCorpus } from './corpus.ts';

const EDITS = 5;

/** The next publish is rarely sooner; the process for it gets ready meanwhile. */
const PAUSE_MS = 3000;

/**
 * From asking for a publish to the page being live, search index included, through the server's own releases: from
 * nothing, and after single edits.
 *
 * @returns median seconds of an edit
 */
export async function benchPublish(count: number): Promise<number> {
  const dataDir = resolve(`.tmp/bench/publish-${count}`);
  rmSync(dataDir, { recursive: true, force: true });
  const contentDir = join(dataDir, 'content');
  const slugs = writeCorpus(contentDir, count);
  const builder = siteBuilder({ dataDir, contentDir });
  const releases = openReleases({ folder: join(dataDir, 'releases'), build: builder.build });
  releases.onLive(() => builder.prepare(releases.current()?.folder));
  const publish = async (why: string) => {
    const start = performance.now();
    releases.request({ commit: why, by: 'bench', why });
    await releases.settled();
    const { state, message } = releases.status();
    if (state !== 'idle') throw new Error(message);
    return (performance.now() - start) / 1000;
  };
  try {
    console.log(`发布 ${count} 篇，从头：${(await publish('从头')).toFixed(1)} 秒`);
    const edits: number[] = [];
    for (let edit = 0; edit < EDITS; edit++) {
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      const slug = slugs[Math.floor((count * (edit + 1)) / (EDITS + 1))];
      appendFileSync(join(contentDir, 'articles', `${slug}.mdx`), `\n第 ${edit} 次改动。\n`);
      edits.push(await publish(`改动 ${edit}`));
    }
    const median = edits.sort((a, b) => a - b)[Math.floor(EDITS / 2)] as number;
    console.log(
      `发布 ${count} 篇，改一篇到上线：${median.toFixed(2)} 秒（最慢 ${edits.at(-1)?.toFixed(2)}）`,
    );
    return median;
  } finally {
    builder.close();
  }
}
