import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Content, contentVersions } from '../../../../src/store/index.ts';
import { formatProblem } from '../../../../src/model/problems.ts';
import type { Read } from '../../../../src/runtime/reads.ts';
import { placeFolder } from '../../../../src/pictures/place.ts';
import { TEXT_FOLDER } from '../../../../src/search/fulltext/sections.ts';
import { TITLES_FOLDER } from '../../../../src/search/indexing/build.ts';
import { findable } from '../../../../src/search/indexing/integration.ts';
import type { SearchRecord } from '../../../../src/search/indexing/record.ts';
import { updateSearch } from '../../../../src/search/indexing/recent.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { types } from '../../../../src/types/index.ts';
import { type BuildStep, stepOf } from '../contract.ts';
import { compressSite } from '../files/compression.ts';
import { filesBelow, shareFile } from '../files/linking.ts';
import { type Prebuild, removePage } from './prebuild.ts';
import { assetsFolder } from '../templates/kept-templates.ts';
import { fileOf, firstOfEach, type StaticPath } from '../templates/paths.ts';
import type { RoutedPath, Templates } from '../templates/templates.ts';
import { writeSiteMap, writeWorker } from './hooks.ts';
import { makePage, type PageToMake } from './page.ts';
import {
  keptReads,
  keysOf,
  type Pages,
  type ReadsOf,
  readPages,
  unchangedReads,
  writePages,
} from './pages.ts';
import { makePages } from './pool.ts';

/** Builds a site from compiled templates: all of it, or what has changed since the site before. */

export interface SiteOptions {
  templates: Templates;
  /** Read by nobody before. */
  content: Content;
  /** The folder of the site, with what is there of the site before. */
  prebuild: Prebuild;
  tell: (step: BuildStep) => Promise<void>;
}

export interface MadeSite {
  records: SearchRecord[];
  /** See `updateSearch`. */
  recent: number;
  /** HTML pages. */
  pages: number;
  /** What is wrong with the content, line by line. */
  problems: string[];
}

export async function makeSite({ templates, content, prebuild, tell }: SiteOptions): Promise<MadeSite> {
  const { folder: site, previous } = prebuild;
  const former = previous === undefined ? undefined : readPages(previous);
  refuseOther(templates, content, former);
  content.freeze();
  const pictureProblems = await content.pictures.encode({
    isThorough: previous === undefined,
    onProgress: (progress) => void tell(stepOf(progress)),
  });
  const versionOf = contentVersions(content, types);
  await tell({ step: '正在读内容' });
  const paths = firstOfEach(await templates.paths());
  const others = filesBelow(resolve('public'));
  const reads = await renderAll({ templates, content, prebuild, tell }, paths, others, former, versionOf);
  placeCode(site, previous);
  content.pictures.place(site, previous, shareFile);
  await tell({ step: '正在更新搜索' });
  const pages = paths.filter(({ route }) => route.type === 'page');
  const addresses = pages.map(addressOf);
  const siteMap = await writeSiteMap(templates, {
    content,
    addresses,
    site,
    former: previous === undefined ? undefined : { site: previous, key: former?.siteMap },
  });
  await writeWorker(templates, site);
  const { records, missing } = findable(addresses);
  const recent = await updateSearch(site, records, { share: shareFile, shared: prebuild.searchBase });
  compressSite(site, { previous, isDone: holdsOnlyPages(paths.map(fileOf), others) });
  const known = { templates: templates.id, keys: keysOf(paths), siteMap };
  writePages(site, { ...known, ...keptReads(reads, versionOf) });
  const problems = [...pictureProblems, ...types.flatMap((type) => content.entries(type).problems)];
  return {
    records,
    recent,
    pages: pages.length,
    problems: [
      ...problems.map(formatProblem),
      ...missing.map(({ address, title }) => `搜不到「${title}」：没有 ${address} 这一页`),
    ],
  };
}

/** @throws when the templates do not fit the content or the site before */
function refuseOther(templates: Templates, content: Content, former: Pages | undefined): void {
  if (former && former.templates !== templates.id) throw new Error('上一个网站是用别的模板做的');
  const address = process.env.SITE_URL || siteSettingsOf(content).url;
  if (address !== templates.site) throw new Error('网站的网址改了，模板要重新编译');
  const isOwn = content.uploadsDir.startsWith(content.contentDir);
  if (existsSync(join(content.contentDir, 'uploads')) !== isOwn) throw new Error('上传的文件换了地方');
}

const PAGES_A_STEP = 50;

/**
 * Makes every page that is not as it was; tells what those without a key have read.
 *
 * @param others files of `public`
 */
async function renderAll(
  { templates, content, prebuild: { folder, pages, previous }, tell }: SiteOptions,
  paths: readonly RoutedPath[],
  others: readonly string[],
  former: Pages | undefined,
  versionOf: (what: Read) => string,
): Promise<ReadsOf> {
  const unchanged: ReadsOf = former ? unchangedReads(former, versionOf) : new Map();
  const readsOf: ReadsOf = new Map();
  // A file of that name in `public` takes the address, as in Astro's builds.
  const taken = new Set(others);
  const made = new Map<string, RoutedPath>();
  const toMake: PageToMake[] = [];
  for (const path of paths) {
    const file = fileOf(path);
    if (taken.has(file)) continue;
    made.set(file, path);
    const hasKey = path.cacheKey !== undefined;
    const isSame = hasKey ? former?.keys[file] === path.cacheKey : unchanged.has(file);
    const isThere = pages.has(file);
    if (!isSame || !isThere) toMake.push({ file, isThere });
    else if (!hasKey) readsOf.set(file, unchanged.get(file) ?? new Set());
  }
  for (const file of pages) if (!made.has(file)) removePage(folder, file);

  const step = previous === undefined ? '正在生成整个网站' : '正在更新页面';
  let done = 0;
  await tell({ step, progress: 0 });
  await makePages(toMake, {
    folder,
    makeHere: (page) => makePage(templates, content, made.get(page.file) as RoutedPath, { ...page, folder }),
    onMade({ file, key, reads }) {
      if (key !== made.get(file)?.cacheKey) throw new Error(`内容在生成的时候变了：${file}`);
      if (reads) readsOf.set(file, new Set(reads));
      done += 1;
      if (done % PAGES_A_STEP === 0)
        void tell({ step: `${step}：${done}/${toMake.length} 页`, progress: done / toMake.length });
    },
    onNotice: (notice) => console.warn(notice),
  });
  return readsOf;
}

/** Everything that only a change of the code changes. */
function placeCode(site: string, previous: string | undefined): void {
  const former = previous === undefined ? undefined : join(previous, '_astro');
  const assets = former && existsSync(former) ? former : assetsFolder(resolve('.'));
  placeFolder(assets, join(site, '_astro'), former, shareFile);
  placeFolder(resolve('public'), site, previous, shareFile);
}

/** Whether a folder of the site holds pages and nothing else: they were written with their compressed forms. */
function holdsOnlyPages(pages: readonly string[], others: readonly string[]): (folder: string) => boolean {
  const mixed = new Set([...others, `${TEXT_FOLDER}/`, `${TITLES_FOLDER}/`].flatMap(foldersAbove));
  const folders = new Set(pages.map(dirname));
  return (folder) => folders.has(folder) && !mixed.has(folder);
}

/** @example foldersAbove('search/index/a.json') // ['search/index', 'search'] */
function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

/** Address of a page below the base, as Astro tells it after a build. */
const addressOf = ({ pathname }: StaticPath): string => pathname.replace(/\/?$/, '/').replace(/^\//, '');
