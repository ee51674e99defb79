import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration, HookParameters } from 'astro';
import {
  keptReads,
  fileOf,
  firstOfEach,
  keysOf,
  type Pages,
  type ReadsOf,
  readPages,
  type StaticPath,
  unchangedReads,
  writePages,
} from './pages.ts';
import {
  contentVersions,
  foldersOfEnvironment,
  openContent,
  setCurrentContent,
  withholdContent,
} from '../../../src/store/index.ts';
import { formatProblem } from '../../../src/model/problems.ts';
import type { Read } from '../../../src/runtime/reads.ts';
import { placeFolder } from '../../../src/pictures/place.ts';
import { onPictureProgress, type PictureProgress, sayProgress } from '../../../src/pictures/progress.ts';
import { findable } from '../../../src/search/indexing/integration.ts';
import { recallTitles } from '../../../src/search/indexing/title-readings.ts';
import { MANY_RECENT, renewBase, updateSearch } from '../../../src/search/indexing/recent.ts';
import { siteSettingsOf } from '../../../src/types/site-settings.ts';
import { lastChanges } from '../../../src/site/last-changes.ts';
import { sitemapIntegration } from '../../../src/site/sitemap.ts';
import { types } from '../../../src/types/index.ts';
import { redirects } from '../../../src/types/site.ts';
import { offlineIntegration } from '../../../src/offline/integration.ts';
import { compressSite, removeWithForms } from './compression.ts';
import { filesBelow, shareFile } from './linking.ts';
import { endWithParent } from '../process/parent.ts';
import type { BuildStep } from './contract.ts';
import { type Prebuild, prebuildSite, removePage, adoptPrebuild } from './prebuild.ts';
import { loadTemplates, type RoutedPath, type Templates } from './templates.ts';

/**
 * Builds a site from the one before: pages whose key is the same are shared, the others rendered by the templates of the
 * last whole build. A process of its own, run in the workspace, started before it is needed: it loads the code,
 * prebuilds the site (`prebuild.ts`), preloads the cached content, waits for its one order, and ends. So nothing that an
 * earlier build has read can be left in its memory.
 */

/** What the server orders while it is idle: to prebuild the site that will follow the live one. */
export interface PrebuildOrder {
  /** Folder of the live site. */
  prebuildFrom: string;
}

/** What the server orders. */
export interface BuildOrder {
  /** Empty folder for the site. */
  site: string;
  /** Folder of the site before. */
  previous: string;
  /** Whether it may go on after the build, to index everything for the builds to come. */
  mayReindex: boolean;
}

/** What this process reports. */
export type BuildMessage =
  | { ready: true }
  | { step: BuildStep }
  | { done: true; reindexes: boolean; pages: number; problems: string[] }
  | { failed: string };

const report = (message: BuildMessage) =>
  new Promise<void>((done) => (process.send ? process.send(message, () => done()) : done()));

const PAGES_A_STEP = 200;

/** In the workspace. */
const PREBUILD = 'prebuild';

/** The content of this build. Until the templates are loaded they do not have it: a copy read then would be old. */
const published = openContent(foldersOfEnvironment());

let prebuilt: Prebuild | undefined;

function prebuildFrom(live: string): void {
  prebuilt = undefined;
  try {
    rmSync(PREBUILD, { recursive: true, force: true });
    prebuilt = prebuildSite(live, resolve(PREBUILD));
    published.preload(types);
    recallTitles();
  } catch (error) {
    // The build will meet the same trouble, and report it.
    console.warn(error);
  }
}

async function build(templates: Templates, { site, previous }: BuildOrder) {
  const former = readPages(previous);
  if (former?.templates !== templates.id) throw new Error('上一个网站是用别的模板做的');
  const address = process.env.SITE_URL || siteSettingsOf(published).url;
  if (address !== templates.site) throw new Error('网站的网址改了，模板要重新编译');

  if (
    existsSync(join(published.contentDir, 'uploads')) !==
    published.uploadsDir.startsWith(published.contentDir)
  )
    throw new Error('上传的文件换了地方');

  const prebuild =
    (prebuilt?.previous === previous ? adoptPrebuild(prebuilt, site) : undefined) ??
    prebuildSite(previous, site);
  published.freeze();
  onPictureProgress(tellPictures);
  const pictures = await published.pictures.encode();
  const versionOf = contentVersions(published, types);
  const paths = firstOfEach(await templates.paths());
  const reads = await renderAll(templates, paths, former, versionOf, prebuild);
  placeCode(prebuild);
  published.pictures.place(site, previous, shareFile);
  await report({ step: { step: '正在更新搜索' } });
  const pages = paths.filter(({ route }) => route.type === 'page');
  const siteMap = await writeSiteMap(templates, pages, prebuild, former.siteMap);
  await writeWorker(templates, site);
  const { records } = findable(pages.map(addressOf));
  const recent = await updateSearch(site, records, { share: shareFile, shared: prebuild.searchBase });
  // A page that was made again has lost its forms.
  compressSite(site, { previous, shared: prebuild.pages });
  const known = { templates: templates.id, keys: keysOf(paths), siteMap };
  writePages(site, { ...known, ...keptReads(reads, versionOf) });
  return { records, recent, pages: pages.length, pictures };
}

const tellPictures = (progress: PictureProgress) =>
  void report({
    step: { step: sayProgress(progress), progress: progress.done / progress.total },
  });

/** Makes every page that is not as it was; tells what those without a key have read. */
async function renderAll(
  templates: Templates,
  paths: readonly RoutedPath[],
  former: Pages,
  versionOf: (what: Read) => string,
  { folder, pages }: Prebuild,
): Promise<ReadsOf> {
  const unchanged = unchangedReads(former, versionOf);
  const readsOf: ReadsOf = new Map();
  // A file of that name in `public` takes the address, as in Astro's builds.
  const taken = new Set(filesBelow(resolve('public')));
  const made = new Set<string>();
  for (const [index, path] of paths.entries()) {
    if (index % PAGES_A_STEP === 0)
      await report({ step: { step: '正在更新页面', progress: index / paths.length } });
    const file = fileOf(path);
    if (taken.has(file)) continue;
    made.add(file);
    const hasKey = path.cacheKey !== undefined;
    const isSame = hasKey ? former.keys[file] === path.cacheKey : unchanged.has(file);
    if (isSame && pages.has(file)) {
      if (!hasKey) readsOf.set(file, unchanged.get(file) ?? new Set());
      continue;
    }
    const { value: response, reads } = await published.recorder.collect(async () => {
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
    removeWithForms(own);
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, content, { flag: 'wx' });
  }
  for (const file of pages) if (!made.has(file)) removePage(folder, file);
  return readsOf;
}

/** Everything that only a change of the code changes; the code is the same as in the build before. */
function placeCode({ folder: site, previous }: Prebuild) {
  const scripts = join(previous, '_astro');
  if (existsSync(scripts))
    for (const name of filesBelow(scripts)) shareFile(join(scripts, name), join(site, '_astro', name));
  placeFolder(resolve('public'), site, previous, shareFile);
}

/** Address of a page below the base, as Astro tells it after a full build. */
const addressOf = ({ pathname }: StaticPath): string => pathname.replace(/\/?$/, '/').replace(/^\//, '');

const SITE_MAP = /^sitemap-.*\.xml$/;

/**
 * Writes the site map as a full build does; with the same pages and days the former one is kept.
 *
 * @returns what it depends on
 */
async function writeSiteMap(
  templates: Templates,
  pages: readonly StaticPath[],
  { folder: site, previous }: Prebuild,
  former: string | undefined,
): Promise<string> {
  const moved = published.dataFile(redirects.name);
  const changeOf = lastChanges(published);
  const key = createHash('sha256')
    .update(JSON.stringify(pages.map(addressOf).map((address) => [address, changeOf(`/${address}`)])))
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

/** Writes the service worker as a full build does. */
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

try {
  withholdContent();
  const templates = await loadTemplates(resolve('.'));
  setCurrentContent(published);
  process.on('message', async (message: PrebuildOrder | BuildOrder) => {
    try {
      if ('prebuildFrom' in message) return prebuildFrom(message.prebuildFrom);
      const { records, recent, pages, pictures } = await build(templates, message);
      const reindexes = message.mayReindex && recent > MANY_RECENT;
      const problems = [...pictures, ...types.flatMap((type) => published.entries(type).problems)].map(
        formatProblem,
      );
      await report({ done: true, reindexes, pages, problems });
      if (reindexes) {
        setPriority(constants.priority.PRIORITY_LOW);
        await renewBase(records);
      }
    } catch (error) {
      await report({ failed: String((error as Error).stack ?? error) });
    }
    process.exit();
  });
  endWithParent();
  await report({ ready: true });
} catch (error) {
  await report({ failed: String((error as Error).stack ?? error) });
  process.exit(1);
}
