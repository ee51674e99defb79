import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WORK } from './packages.ts';
import { SITE_NOW } from '../../support/build.ts';
import { corpusOf } from './corpus.ts';
import { type Cost, type MeasureOptions, measure } from './measure.ts';

/** Our own site of so many articles, built as `npm run build` builds it. */
export interface Portal {
  content: string;
  dist: string;
  cache: string;
  slugs: string[];
  env: NodeJS.ProcessEnv;
  build: (options?: Pick<MeasureOptions, 'cpus'>) => Promise<Cost>;
  /** Whether the site is there, from a build of this run. */
  isBuilt: () => boolean;
  /** Deletes the site and the cache, but for some folders of the cache. */
  clear: (kept?: readonly string[]) => void;
}

const portals = new Map<number, Portal>();

/** Its content is a copy that benchmarks may edit. */
export function portalOf(size: number): Portal {
  const known = portals.get(size);
  if (known) return known;
  const corpus = corpusOf(size);
  const folder = join(WORK, `portal-${size}`);
  const content = join(folder, 'content');
  rmSync(content, { recursive: true, force: true });
  cpSync(corpus.content, content, { recursive: true });
  const portal = portalAt(folder, content, corpus.slugs);
  portals.set(size, portal);
  return portal;
}

function portalAt(folder: string, content: string, slugs: string[], more: NodeJS.ProcessEnv = {}): Portal {
  const [dist, cache] = [join(folder, 'dist'), join(folder, 'cache')];
  const env = {
    ...process.env,
    ...more,
    CONTENT_DIR: content,
    OUT_DIR: dist,
    CACHE_DIR: cache,
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  let isBuilt = false;
  return {
    ...{ content, dist, cache, slugs, env },
    isBuilt: () => isBuilt,
    async build(options = {}) {
      const cost = await measure(process.execPath, ['cms/build.ts'], { env, ...options });
      isBuilt = true;
      return cost;
    },
    clear(kept = []) {
      isBuilt = false;
      rmSync(dist, { recursive: true, force: true });
      if (!existsSync(cache)) return;
      const missing = kept.filter((name) => !existsSync(join(cache, name)));
      if (missing.length > 0) throw new Error(`缓存里没有 ${missing.join('、')}，分不开它的开销`);
      for (const name of readdirSync(cache))
        if (!kept.includes(name)) rmSync(join(cache, name), { recursive: true, force: true });
    },
  };
}

async function builtBy(portal: Portal): Promise<string> {
  // The cache of the run before makes that short.
  if (!portal.isBuilt()) await portal.build();
  return portal.dist;
}

/** A built site of so many articles. */
export const builtSite = (size: number): Promise<string> => builtBy(portalOf(size));

let demo: Portal | undefined;

/** The built site of the demo county, with every type of page; `TEST_SITE` names one that is built already. */
export function demoSite(): Promise<string> {
  if (process.env.TEST_SITE) return Promise.resolve(resolve(process.env.TEST_SITE));
  demo ??= portalAt(join(WORK, 'demo'), resolve('content'), [], { PORTAL_NOW: SITE_NOW });
  return builtBy(demo);
}
