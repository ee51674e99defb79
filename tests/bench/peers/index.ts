import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { corpusOf } from '../machine/corpus.ts';
import { type Cost, measure } from '../machine/measure.ts';
import { astroMdx } from './astro.ts';
import { eleventy } from './eleventy.ts';
import { hugo } from './hugo.ts';
import { WORK } from '../machine/packages.ts';
import type { Peer } from './peer.ts';

/**
 * The same articles as sites of Eleventy, Hugo and Astro with MDX. Their sites have less on a page than ours, so the comparison
 * leans towards them; `LACKING` says what.
 */
export const LACKING =
  '同类的网站只有文章页、每页二十篇的列表、每个主题一页和一个订阅源；没有搜索、日历、海报和二维码、分享图、相关文章、开放数据、压缩好的文件，也不检查内容，内容块只剩文字。';

const FINDERS: Readonly<Record<string, () => Peer | undefined>> = {
  'Eleventy 3': eleventy,
  Hugo: hugo,
  'Astro + MDX': astroMdx,
};

let found: { present: Peer[]; missing: string[] } | undefined;

/** The peers that are on this machine or could be installed; the names of the others. */
export function peers(): { present: Peer[]; missing: string[] } {
  if (found) return found;
  const all = Object.entries(FINDERS).map(([name, find]) => ({ name, peer: find() }));
  found = {
    present: all.flatMap(({ peer }) => peer ?? []),
    missing: all.filter(({ peer }) => !peer).map(({ name }) => name),
  };
  return found;
}

/** The one that ratios are aimed at; undefined when it cannot be had. */
export const mainPeer = (): Peer | undefined => peers().present.find(({ name }) => name === 'Eleventy 3');

/** A peer's site of so many articles, written anew. */
function prepared(peer: Peer, size: number): string {
  const site = join(WORK, 'sites', `${peer.name.replace(/\W+/g, '-')}-${size}`);
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  peer.prepare(join(corpusOf(size).content, 'articles'), site);
  return site;
}

const sites = new Map<string, string>();
const costs = new Map<string, Cost>();

export function peerSite(peer: Peer, size: number): string {
  const key = `${peer.name} ${size}`;
  const site = sites.get(key) ?? prepared(peer, size);
  sites.set(key, site);
  return site;
}

/** Builds a peer's site from nothing. */
export async function buildPeer(peer: Peer, size: number, cpus?: string): Promise<Cost> {
  const site = peerSite(peer, size);
  for (const name of peer.leftovers) rmSync(join(site, name), { recursive: true, force: true });
  const [command, args] = peer.command(site);
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const cost = await measure(command, args, { cwd: site, env, ...(cpus ? { cpus } : {}) });
  const page = peer.page(site, 'a0');
  if (!existsSync(page)) throw new Error(`${peer.name} 没有写出 ${page}`);
  return cost;
}

/** Notes what a cold build of a peer cost in this run, for benchmarks that compare something else with it. */
export const noteCost = (peer: Peer, size: number, cost: Cost) => costs.set(`${peer.name} ${size}`, cost);

/** What is said of a peer that failed, Chinese. */
export const failureOf = (peer: Peer, size: number, error: unknown): string =>
  `${peer.name} 没有做成 ${size} 篇：${(error as Error).message.slice(-300)}`;

/** What a cold build of a peer costs in this run: as noted, else measured once. */
export async function costOf(peer: Peer, size: number): Promise<Cost> {
  const cost = costs.get(`${peer.name} ${size}`) ?? (await buildPeer(peer, size));
  noteCost(peer, size, cost);
  return cost;
}
