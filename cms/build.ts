import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readKept, writeKept } from '../src/runtime/kept-file.ts';
import { foldersOfEnvironment, outDir } from '../src/store/index.ts';
import { siteBuilder } from './server/build/builder.ts';
import { filesBelow, shareFile } from './server/build/files/linking.ts';
import { explainDisk } from './server/process/disk.ts';
import { lockFolder } from './server/stores/data-folder/lock.ts';

/**
 * `npm run build`: makes the site as the server makes it. The compiled templates and the site of the build before are kept
 * in the cache, so that a build after an edit makes only what changed. `--whole` makes everything anew.
 */

const { cacheDir, contentDir } = foldersOfEnvironment();
const folder = join(cacheDir, 'build');
const RELEASES = join(folder, 'releases');
const isWhole = process.argv.includes('--whole');

const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);

/** Number of the newest site that is kept, 0 without; what an interrupted build left has no `pages.json`. */
const newestKept = () =>
  Math.max(
    0,
    ...readdirSync(RELEASES)
      .filter((name) => /^\d+$/.test(name) && existsSync(join(RELEASES, name, 'pages.json')))
      .map(Number),
  );

/** A step is said once, with its progress every few seconds. */
const SAID_EVERY_MS = 4000;
let said = { step: '', at: 0 };
function tell({ step, progress }: { step: string; progress?: number }): void {
  const words = step.replace(/：.*$/, '');
  if (words === said.step && Date.now() - said.at < SAID_EVERY_MS) return;
  said = { step: words, at: Date.now() };
  const percent = progress === undefined || step !== words ? '' : ` ${Math.round(progress * 100)}%`;
  console.log(`${step}${percent}（${seconds()} 秒）`);
}

/**
 * Sizes and times of the files of a site. A power cut leaves files of the wrong size, mostly empty ones; whoever changes a
 * file of the finished site, which is the same file, changes its time.
 */
const stateOf = (site: string): Record<string, [size: number, modified: number]> =>
  Object.fromEntries(
    filesBelow(site).map((name) => {
      const { size, mtimeMs } = statSync(join(site, name));
      return [name, [size, mtimeMs]];
    }),
  );

const stateFile = (site: string) => join(dirname(site), 'files.kept');

/** Whether a kept site is as its build left it. */
function isIntact(site: string): boolean {
  const kept = readKept(stateFile(site));
  return kept !== undefined && isDeepStrictEqual(JSON.parse(kept.toString()), stateOf(site));
}

/**
 * Makes `to` the same as `from`, replacing only what differs; by links, which take a tenth of the time of copies, where
 * both are on one disk.
 *
 * @returns the number of files replaced
 */
function placeChanges(from: string, to: string): number {
  const files = new Set(filesBelow(from));
  let placed = 0;
  for (const name of files) {
    const [source, target] = [join(from, name), join(to, name)];
    const there = lstatSync(target, { throwIfNoEntry: false });
    if (there && isSame(statSync(source), there)) continue;
    if (there?.isFile() && readFileSync(target).equals(readFileSync(source))) {
      const { atime, mtime } = statSync(source);
      utimesSync(target, atime, mtime);
      continue;
    }
    // Never through a link to another file.
    if (there) rmSync(target, { force: true, recursive: true });
    shareFile(source, target);
    placed++;
  }
  if (existsSync(to)) for (const name of filesBelow(to)) if (!files.has(name)) rmSync(join(to, name));
  removeEmptyFolders(to);
  return placed;
}

/** Whether two files are one, or a file and its copy. Times are kept in milliseconds where copies are made. */
const isSame = (source: Stats, target: Stats): boolean =>
  target.isFile() && target.size === source.size && Math.floor(target.mtimeMs) === Math.floor(source.mtimeMs);

function removeEmptyFolders(folder: string): boolean {
  const left = readdirSync(folder, { withFileTypes: true }).filter(
    (item) => !item.isDirectory() || !removeEmptyFolders(join(folder, item.name)),
  );
  if (left.length === 0) rmSync(folder, { recursive: true });
  return left.length === 0;
}

try {
  mkdirSync(RELEASES, { recursive: true });
  const release = lockFolder(folder);
  const builder = siteBuilder({
    dataDir: folder,
    cacheDir,
    contentDir,
    isOnce: true,
    onOutput: (text) => process.stdout.write(text),
  });
  const newest = newestKept();
  for (const name of readdirSync(RELEASES))
    if (name !== String(newest)) rmSync(join(RELEASES, name), { recursive: true, force: true });
  const last = newest > 0 ? join(RELEASES, String(newest), 'site') : undefined;
  const previous = last && isIntact(last) ? last : undefined;
  const site = join(RELEASES, String(newest + 1), 'site');
  mkdirSync(site, { recursive: true });
  const built = await builder.build(site, previous, { commit: '', isWhole, tell });
  const written = placeChanges(site, outDir);
  writeKept(stateFile(site), JSON.stringify(stateOf(site)));
  if (last) rmSync(dirname(last), { recursive: true, force: true });
  const pages = built ? `${built.pages} 页，` : '';
  console.log(`网站生成好了：${pages}写了 ${written} 个文件，${seconds()} 秒。在 ${outDir}`);
  await builder.settled();
  builder.close();
  release();
} catch (error) {
  const told = explainDisk(error as Error, { folder: '缓存或网站的文件夹', retry: '再运行一次' });
  console.error(`\n${told ?? (error as Error).message}\n${outDir} 里还是上一次的网站。\n`);
  process.exit(1);
}
