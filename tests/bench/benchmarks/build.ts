import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Cost, hasTaskset, MEMORY } from '../machine/measure.ts';
import { medianCost } from '../machine/median.ts';
import { portalOf } from '../machine/portal.ts';
import { buildPeer, failureOf, LACKING, noteCost, peers } from '../peers/index.ts';
import { OWN, type Row } from '../report/result.ts';
import type { Context } from './context.ts';

/** Folder of the cache with the share pictures: with only that kept, a build costs what it costs without drawing them. */
const SHARE_PICTURES = 'og';

/** Ratios to Eleventy in processor and wall time, MB, and how much faster two cores must be than one. */
const AIMS = { cold: 4, edit: 1, memory: 1000, coresGain: 1.2 };

/** How the figure is taken from so many runs, Chinese. */
const HOW_OFTEN = ['', '只跑一次。', '跑两次，取小的。', '三次的中位数。'];

const figures = ({ wall, cpu, memory }: Cost): Row['figures'] => ({ wall, cpu, memory });

/**
 * Building the whole site: from nothing and after one edit, against peers on the same articles. What is compared is measured by
 * turns, so that a machine that slows down slows all.
 */
export async function benchBuild({ sheet, size, runs }: Context): Promise<void> {
  const portal = portalOf(size);
  const { present, missing } = peers();
  const own = { cold: [] as Cost[], edit: [] as Cost[], apart: [] as Cost[], oneCore: [] as Cost[] };
  const cores = availableParallelism();
  // On large sites it takes long and tells nothing new.
  const triesOneCore = hasTaskset && cores > 1 && runs > 1;
  const others = present.map((peer) => ({ peer, costs: [] as Cost[] }));
  const edited = join(portal.content, 'articles', `${portal.slugs[Math.floor(size / 2)]}.mdx`);
  for (let run = 0; run < runs; run++) {
    portal.clear();
    own.cold.push(await portal.build());
    appendFileSync(edited, `\n第${run}次改动。\n`);
    own.edit.push(await portal.build());
    portal.clear([SHARE_PICTURES]);
    own.apart.push(await portal.build());
    if (triesOneCore) {
      portal.clear([SHARE_PICTURES]);
      own.oneCore.push(await portal.build({ cpus: '0' }));
    }
    for (const { peer, costs } of others)
      await buildPeer(peer, size).then(
        (cost) => costs.push(cost),
        (error) => sheet.note(failureOf(peer, size, error)),
      );
  }
  const cold = sheet.row(OWN, `从头，${cores} 核`, figures(medianCost(own.cold)));
  const apart = sheet.row(OWN, '从头，分享图已有', figures(medianCost(own.apart)));
  const edit = sheet.row(OWN, '改一篇', figures(medianCost(own.edit)));
  for (const { peer, costs } of others) {
    if (costs.length === 0) continue;
    const cost = medianCost(costs);
    noteCost(peer, size, cost);
    const row = sheet.row(peer.name, '从头', figures(cost));
    for (const one of [cold, apart, edit]) sheet.compare(one, row);
    if (peer.name !== 'Eleventy 3') continue;
    sheet.aim('从头（分享图不算）÷ Eleventy 3', { own: apart, peer: row, metric: 'cpu', most: AIMS.cold });
    sheet.aim('改一篇 ÷ Eleventy 3 从头', { own: edit, peer: row, metric: 'wall', most: AIMS.edit });
  }
  sheet.aim('从头的内存', { own: cold, metric: 'memory', most: AIMS.memory });
  if (triesOneCore) {
    const one = sheet.row(OWN, '从头，分享图已有，只用 1 核', figures(medianCost(own.oneCore)));
    sheet.compare(one, apart);
    sheet.aim(`1 核 ÷ ${cores} 核，从头`, { own: one, peer: apart, metric: 'wall', least: AIMS.coresGain });
  }
  for (const name of missing) sheet.note(`这台机器上没有 ${name}，没有和它比。`);
  sheet.note(`内存是${MEMORY}。处理器时间包括已经结束的子进程。${HOW_OFTEN[runs]}`);
  sheet.note('同类改一篇也是从头生成。分享图画一次留着；“分享图已有”是只留着它们、别的都从头做。');
  sheet.note(LACKING);
}
