import { createHash } from 'node:crypto';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration, HookParameters } from 'astro';
import { readEachTypeOnce, recallEntries } from '../../../src/store/entries.ts';
import { dataFile, readSettings } from '../../../src/store/files.ts';
import { contentDir, uploadsDir } from '../../../src/store/folders.ts';
import { type Read, withReads } from '../../../src/runtime/reads.ts';
import { contentVersions } from '../../../src/store/versions.ts';
import { encodePictures } from '../../../src/pictures/encode.ts';
import { placeFolder, placePictures } from '../../../src/pictures/place.ts';
import { findable } from '../../../src/search/integration.ts';
import { recallTitles } from '../../../src/search/known-titles.ts';
import { MANY_RECENT, renewBase, updateSearch } from '../../../src/search/recent.ts';
import { defaultSettings } from '../../../src/types/site-defaults.ts';
import { sitemapIntegration } from '../../../src/site/sitemap.ts';
import { redirects, settings } from '../../../src/types/site.ts';
import { offlineIntegration } from '../../../src/offline/integration.ts';
import { filesBelow, shareFile } from './linking.ts';
import { endWithParent } from '../process/parent.ts';
import { type Begun, beginSite, removePage, takeBegun } from './prebuild.ts';
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
import type { BuildStep } from './contract.ts';

/**
 * Builds a site from the one before: pages whose key is the same are shared, the others rendered by the templates of the
 * last whole build. A process of its own, run in the workshop, started before it is needed: it loads the code, begins the
 * site (`prebuild.ts`), takes into memory what is kept of the content, waits for its one order, and ends. So nothing that an
 * earlier build has read can be left in its memory.
 */

/** What the server asks for while nobody waits: to begin the site that will follow the live one. */
export interface Ahead {
  /** Folder of the live site. */
  ahead: string;
}

/** What the server orders. */
export interface Order {
  /** Empty folder for the site. */
  site: string;
  /** Folder of the site before. */
  previous: string;
  /** Whether it may go on after the answer, to index everything for the builds to come. */
  mayRenew: boolean;
}

/** What this process answers. */
export type Answer =
  { ready: true } | { tell: BuildStep } | { done: true; renews: boolean; pages: number } | { failed: string };

const answer = (message: Answer) =>
  new Promise<void>((done) => (process.send ? process.send(message, () => done()) : done()));

const PAGES_A_STEP = 200;

/** In the workshop. */
const AHEAD = 'begun';

let ahead: Begun | undefined;

function beginAhead(live: string): void {
  ahead = undefined;
  try {
    rmSync(AHEAD, { recursive: true, force: true });
    ahead = beginSite(live, resolve(AHEAD));
    recallEntries();
    recallTitles();
  } catch (error) {
    // The order will meet the same trouble, and tell who waits for it.
    console.warn(error);
  }
}

async function build(templates: Templates, { site, previous }: Order) {
  const former = readPages(previous);
  if (former?.templates !== templates.id) throw new Error('上一个网站是用别的模板做的');
  const address = process.env.SITE_URL || (readSettings(settings).data ?? defaultSettings).url;
  if (address !== templates.site) throw new Error('网站的网址改了，模板要重新编译');

  if (existsSync(join(contentDir, 'uploads')) !== uploadsDir.startsWith(contentDir))
    throw new Error('上传的文件换了地方');

  const begun =
    (ahead?.previous === previous ? takeBegun(ahead, site) : undefined) ?? beginSite(previous, site);
  readEachTypeOnce();
  await encodePictures();
  const versionOf = contentVersions();
  const paths = firstOfEach(await templates.paths());
  const reads = await renderAll(templates, paths, former, versionOf, begun);
  placeCode(begun);
  placePictures(site, previous, shareFile);
  await answer({ tell: { step: '正在更新搜索' } });
  const pages = paths.filter(({ route }) => route.type === 'page');
  const siteMap = await writeSiteMap(templates, pages, begun, former.siteMap);
  await writeWorker(templates, site);
  const { records } = findable(pages.map(addressOf));
  const recent = await updateSearch(site, records, { share: shareFile, shared: begun.searchBase });
  const known = { templates: templates.id, keys: keysOf(paths), siteMap };
  writePages(site, { ...known, ...keptReads(reads, versionOf) });
  return { records, recent, pages: pages.length };
}

/** Makes every page that is not as it was; tells what those without a key have read. */
async function renderAll(
  templates: Templates,
  paths: readonly RoutedPath[],
  former: Pages,
  versionOf: (what: Read) => string,
  { folder, pages }: Begun,
): Promise<ReadsOf> {
  const unchanged = unchangedReads(former, versionOf);
  const readsOf: ReadsOf = new Map();
  // A file of that name in `public` takes the address, as in Astro's builds.
  const taken = new Set(filesBelow(resolve('public')));
  const made = new Set<string>();
  for (const [index, path] of paths.entries()) {
    if (index % PAGES_A_STEP === 0)
      await answer({ tell: { step: '正在更新页面', progress: index / paths.length } });
    const file = fileOf(path);
    if (taken.has(file)) continue;
    made.add(file);
    const hasKey = path.cacheKey !== undefined;
    const isSame = hasKey ? former.keys[file] === path.cacheKey : unchanged.has(file);
    if (isSame && pages.has(file)) {
      if (!hasKey) readsOf.set(file, unchanged.get(file) ?? new Set());
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
    const own = join(folder, file);
    if (pages.has(file) && content.equals(readFileSync(own))) continue;
    // Never written over: the file there is the earlier sites', too.
    rmSync(own, { force: true });
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, content, { flag: 'wx' });
  }
  for (const file of pages) if (!made.has(file)) removePage(folder, file);
  return readsOf;
}

/** Everything that only a change of the code changes; the code is the same as in the build before. */
function placeCode({ folder: site, previous }: Begun) {
  const scripts = join(previous, '_astro');
  if (existsSync(scripts))
    for (const name of filesBelow(scripts)) shareFile(join(scripts, name), join(site, '_astro', name));
  placeFolder(resolve('public'), site, previous, shareFile);
}

/** Address of a page below the base, as Astro tells it after a whole build. */
const addressOf = ({ pathname }: StaticPath): string => pathname.replace(/\/?$/, '/').replace(/^\//, '');

const SITE_MAP = /^sitemap-.*\.xml$/;

/**
 * Writes the site map as a whole build does; with the same pages it is the former one.
 *
 * @returns what it depends on
 */
async function writeSiteMap(
  templates: Templates,
  pages: readonly StaticPath[],
  { folder: site, previous }: Begun,
  former: string | undefined,
): Promise<string> {
  const moved = dataFile(redirects.name);
  const key = createHash('sha256')
    .update(JSON.stringify(pages.map(addressOf)))
    .update(existsSync(moved) ? readFileSync(moved) : '')
    .digest('base64url');
  const kept = key === former ? readdirSync(previous).filter((name) => SITE_MAP.test(name)) : [];
  for (const name of kept) shareFile(join(previous, name), join(site, name));
  if (kept.length === 0)
    await runHooks(
      sitemapIntegration(),
      templates,
      site,
      pages.map((page) => ({ pathname: addressOf(page) })),
    );
  return key;
}

/** Writes the service worker as a whole build does. */
const writeWorker = (templates: Templates, site: string) =>
  runHooks(offlineIntegration(), templates, site, []);

/** Runs an integration of the site after its pages have been made. */
async function runHooks(
  { hooks }: AstroIntegration,
  { site: address, base }: Templates,
  site: string,
  pages: { pathname: string }[],
): Promise<void> {
  const known = {
    config: { site: address, base },
    routes: [],
    pages,
    dir: pathToFileURL(`${site}/`),
    logger: console,
  };
  await hooks['astro:routes:resolved']?.(known as unknown as HookParameters<'astro:routes:resolved'>);
  await hooks['astro:config:done']?.(known as unknown as HookParameters<'astro:config:done'>);
  await hooks['astro:build:done']?.(known as unknown as HookParameters<'astro:build:done'>);
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
  process.on('message', async (message: Ahead | Order) => {
    try {
      if ('ahead' in message) return beginAhead(message.ahead);
      const { records, recent, pages } = await build(templates, message);
      const renews = message.mayRenew && recent > MANY_RECENT;
      await answer({ done: true, renews, pages });
      if (renews) {
        setPriority(constants.priority.PRIORITY_LOW);
        await renewBase(records);
      }
    } catch (error) {
      await answer({ failed: String((error as Error).stack ?? error) });
    }
    process.exit();
  });
  endWithParent();
  await answer({ ready: true });
} catch (error) {
  await answer({ failed: String((error as Error).stack ?? error) });
  process.exit(1);
}
