import { appendFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeCorpus } from './corpus.ts';
import { type Cost, measure, median } from './measure.ts';
import { peerSite, peers } from './peers.ts';

/** Building the whole site: from nothing, and after one edit; against peers on the same articles, as ratios. */

const RUNS = 3;

/** @param published seconds from publish to live, of the same number of articles */
export async function benchBuild(count: number, published: number): Promise<void> {
  const folder = resolve(`.tmp/bench/portal-${count}`);
  const content = join(folder, 'content');
  const slugs = writeCorpus(content, count);
  const env = {
    ...process.env,
    CONTENT_DIR: content,
    OUT_DIR: join(folder, 'dist'),
    CACHE_DIR: join(folder, 'cache'),
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  const build = () => measure(process.execPath, ['cms/build.ts'], { env });

  const cold: Cost[] = [];
  for (let run = 0; run < RUNS; run++) {
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    cold.push(await build());
  }
  const edit: Cost[] = [];
  for (let run = 0; run < RUNS; run++) {
    appendFileSync(join(content, 'articles', `${slugs[Math.floor(count / 2)]}.mdx`), `\n第${run}次改动。\n`);
    edit.push(await build());
  }
  const own = { cold: median(cold), edit: median(edit) };
  print(`本站 ${count} 篇，从头`, own.cold);
  print(`本站 ${count} 篇，改一篇`, own.edit);

  const { present, missing } = peers();
  for (const peer of present) {
    const site = peerSite(peer.name, count);
    rmSync(site, { recursive: true, force: true });
    peer.prepare(join(content, 'articles'), site);
    const costs: Cost[] = [];
    for (let run = 0; run < RUNS; run++) {
      const [command, args] = peer.command(site);
      costs.push(await measure(command, args, { cwd: site }));
    }
    const cost = median(costs);
    print(`${peer.name} ${count} 篇，从头`, cost);
    const ratio = (a: Cost) =>
      `${(a.wall / cost.wall).toFixed(2)}（处理器 ${(a.cpu / cost.cpu).toFixed(2)}）`;
    console.log(
      `  本站 ÷ ${peer.name}：从头 ${ratio(own.cold)}，改一篇 ${ratio(own.edit)}，发布到上线 ${(published / cost.wall).toFixed(2)}`,
    );
  }
  for (const name of missing) console.log(`  没有 ${name}，跳过（Debian：apt-get install hugo）`);
}

const print = (what: string, { wall, cpu, memory }: Cost) =>
  console.log(`${what}：${wall.toFixed(1)} 秒，处理器 ${cpu.toFixed(1)} 秒，内存 ${Math.round(memory)} MB`);
