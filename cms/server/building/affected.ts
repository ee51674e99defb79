import fs, { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HookParameters } from 'astro';
import { readEachTypeOnce } from '../../../src/loader/entries.ts';
import { readSettings } from '../../../src/loader/files.ts';
import { contentDir, uploadsDir } from '../../../src/loader/folders.ts';
import { type Read, withReads } from '../../../src/loader/reads.ts';
import { contentVersions } from '../../../src/loader/versions.ts';
import { encodePictures } from '../../../src/pictures/encode.ts';
import { placeFolder, placePictures } from '../../../src/pictures/place.ts';
import { findable } from '../../../src/search/integration.ts';
import { MANY_RECENT, renewBase, updateSearch } from '../../../src/search/recent.ts';
import { defaultSettings } from '../../../src/site/defaults.ts';
import { sitemapIntegration } from '../../../src/site/sitemap.ts';
import { settings } from '../../../src/site/type.ts';
import { offlineIntegration } from '../../../src/offline/integration.ts';
import { filesBelow, shareFile } from '../linking.ts';
import type { BuildStep } from '../releases.ts';
import {
  fileOf,
  firstOfEach,
  keptReads,
  keysOf,
  type Pages,
  type ReadsOf,
  readPages,
  type StaticPath,
  unchangedReads,
  writePages,
} from './pages.ts';
import { loadTemplates, type RoutedPath, type Templates } from './templates.ts';

/**
 * Builds a site from the one before: pages whose key is the same are shared, the others rendered by the templates of the
 * last whole build. A process of its own, run in the workshop, started before it is needed: it loads the code, waits for
 * its one order, and ends. So nothing that an earlier build has read can be left in its memory.
 */

/** What the server orders. */
export interface Order {
  /** Empty folder for the site. */
  site: string;
  /** Folder of the site before. */
  previous: string;
  /** Whether it may go on after the answer, to index everything for the builds to come. */
  mayRenew: boolean;
}

type Folders = Pick<Order, 'site' | 'previous'>;

/** What this process answers. */
export type Answer =
  { ready: true } | { tell: BuildStep } | { done: true; renews: boolean } | { failed: string };

const answer = (message: Answer) =>
  new Promise<void>((done) => (process.send ? process.send(message, () => done()) : done()));

const PAGES_A_STEP = 200;

async function build(templates: Templates, { site, previous }: Order) {
  const former = readPages(previous);
  if (former?.templates !== templates.id) throw new Error('上一个网站是用别的模板做的');
  const address = process.env.SITE_URL || (readSettings(settings).data ?? defaultSettings).url;
  if (address !== templates.site) throw new Error('网站的网址改了，模板要重新编译');

  if (existsSync(join(contentDir, 'uploads')) !== uploadsDir.startsWith(contentDir))
    throw new Error('上传的文件换了地方');

  readEachTypeOnce();
  await encodePictures();
  const versionOf = contentVersions();
  const paths = firstOfEach(await templates.paths());
  const reads = await renderAll(templates, paths, former, versionOf, { site, previous });
  placeCode({ site, previous });
  placePictures(site, previous, shareFile);
  await answer({ tell: { step: '正在更新搜索' } });
  const indexed = await indexAll(templates, paths, site);
  writePages(site, { templates: templates.id, keys: keysOf(paths), ...keptReads(reads, versionOf) });
  return indexed;
}

/** Makes every page, or shares it; tells what those without a key have read. */
async function renderAll(
  templates: Templates,
  paths: readonly RoutedPath[],
  former: Pages,
  versionOf: (what: Read) => string,
  { site, previous }: Folders,
): Promise<ReadsOf> {
  const unchanged = unchangedReads(former, versionOf);
  const readsOf: ReadsOf = new Map();
  for (const [index, path] of paths.entries()) {
    if (index % PAGES_A_STEP === 0)
      await answer({ tell: { step: '正在更新页面', progress: index / paths.length } });
    const file = fileOf(path);
    const [own, before] = [join(site, file), join(previous, file)];
    // A file of that name in `public` takes the address, as in Astro's builds.
    if (existsSync(join(resolve('public'), file))) continue;
    const hasKey = path.cacheKey !== undefined;
    const isSame = hasKey ? former.keys[file] === path.cacheKey : unchanged.has(file);
    if (isSame && existsSync(before)) {
      if (!hasKey) readsOf.set(file, unchanged.get(file) ?? new Set());
      shareFile(before, own);
      continue;
    }
    const { value: response, reads } = await withReads(async () => {
      const response = await templates.render(path);
      return { status: response.status, content: response.body && Buffer.from(await response.arrayBuffer()) };
    });
    const { status, content } = response;
    // The page for what is not found has the status that it is for.
    if (!content || (status >= 300 && status < 400) || status >= 500)
      throw new Error(`${file} 没有做出来（${status}）`);
    if (!hasKey) readsOf.set(file, new Set([...path.reads, ...reads]));
    if (existsSync(before) && content.equals(readFileSync(before))) {
      shareFile(before, own);
      continue;
    }
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, content);
  }
  return readsOf;
}

/** Everything that only a change of the code changes; the code is the same as in the build before. */
function placeCode({ site, previous }: Folders) {
  const scripts = join(previous, '_astro');
  if (existsSync(scripts))
    for (const name of filesBelow(scripts)) shareFile(join(scripts, name), join(site, '_astro', name));
  placeFolder(resolve('public'), site, previous, shareFile);
}

/** Site map and search index, by the same code that writes them after a whole build. */
async function indexAll(templates: Templates, paths: readonly StaticPath[], site: string) {
  const pages = paths
    .filter(({ route }) => route.type === 'page')
    .map(({ pathname }) => ({ pathname: pathname.replace(/\/?$/, '/').replace(/^\//, '') }));
  const { hooks } = sitemapIntegration();
  const config = { site: templates.site, base: templates.base };
  const params = {
    config,
    routes: [],
    // It writes into the pages that it is given.
    pages: pages.map((page) => ({ ...page })),
    dir: pathToFileURL(`${site}/`),
    logger: console,
  };
  await hooks['astro:routes:resolved']?.(params as unknown as HookParameters<'astro:routes:resolved'>);
  await hooks['astro:config:done']?.(params as unknown as HookParameters<'astro:config:done'>);
  await hooks['astro:build:done']?.(params as unknown as HookParameters<'astro:build:done'>);
  const { hooks: offline } = offlineIntegration();
  await offline['astro:config:done']?.(params as unknown as HookParameters<'astro:config:done'>);
  await offline['astro:build:done']?.(params as unknown as HookParameters<'astro:build:done'>);
  const { records } = findable(pages.map(({ pathname }) => pathname));
  const recent = await updateSearch(site, records, shareFile);
  return { records, recent };
}

/**
 * Runs what must not read content yet: what a module reads when it is loaded would be old by the time of the order.
 *
 * @throws naming the file that was read
 */
async function withoutContent<Value>(work: () => Promise<Value>): Promise<Value> {
  const usual = fs.readFileSync;
  let read: string | undefined;
  fs.readFileSync = ((file: fs.PathOrFileDescriptor, options?: never) => {
    if (String(file).startsWith(contentDir)) read ??= String(file);
    return usual(file, options);
  }) as typeof fs.readFileSync;
  syncBuiltinESMExports();
  const done = await work().finally(() => {
    fs.readFileSync = usual;
    syncBuiltinESMExports();
  });
  if (read) throw new Error(`有模块一载入就读了内容，请改为用到时再读：${read}`);
  return done;
}

try {
  const templates = await withoutContent(() => loadTemplates(resolve('.')));
  process.once('message', async (order: Order) => {
    try {
      const { records, recent } = await build(templates, order);
      const renews = order.mayRenew && recent > MANY_RECENT;
      await answer({ done: true, renews });
      if (renews) {
        setPriority(constants.priority.PRIORITY_LOW);
        await renewBase(records);
      }
    } catch (error) {
      await answer({ failed: String((error as Error).stack ?? error) });
    }
    process.exit();
  });
  // The server is gone: nobody waits for this.
  process.once('disconnect', () => process.exit());
  await answer({ ready: true });
} catch (error) {
  await answer({ failed: String((error as Error).stack ?? error) });
  process.exit(1);
}
