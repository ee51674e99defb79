import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readKept, writeKept } from '../src/runtime/kept-file.ts';
import { foldersOfEnvironment, outDir } from '../src/store/index.ts';
import { siteBuilder } from './server/build/builder.ts';
import { filesBelow } from './server/build/linking.ts';
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

/** Sizes of the files of a site. A power cut leaves files of the wrong size, mostly empty ones. */
const sizesOf = (site: string): Record<string, number> =>
  Object.fromEntries(filesBelow(site).map((name) => [name, statSync(join(site, name)).size]));

const sizesFile = (site: string) => join(dirname(site), 'sizes.kept');

/** Whether a kept site is as its build left it. */
function isIntact(site: string): boolean {
  const kept = readKept(sizesFile(site));
  return kept !== undefined && isDeepStrictEqual(JSON.parse(kept.toString()), sizesOf(site));
}

/** Makes `to` the same as `from`, writing only what differs. @returns the number of files written */
function copyChanges(from: string, to: string): number {
  const files = new Set(filesBelow(from));
  let written = 0;
  for (const name of files) {
    const [source, target] = [join(from, name), join(to, name)];
    const own = statSync(source);
    const at = Math.floor(own.mtimeMs);
    const there = statSync(target, { throwIfNoEntry: false });
    const isAlike = there?.isFile() === true && there.size === own.size;
    if (isAlike && there?.mtimeMs === at) continue;
    if (!isAlike || !readFileSync(target).equals(readFileSync(source))) {
      mkdirSync(dirname(target), { recursive: true });
      // Never through a link to another file.
      rmSync(target, { force: true, recursive: true });
      cpSync(source, target);
      written++;
    }
    utimesSync(target, own.atime, new Date(at));
  }
  if (existsSync(to)) for (const name of filesBelow(to)) if (!files.has(name)) rmSync(join(to, name));
  removeEmptyFolders(to);
  return written;
}

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
  const written = copyChanges(site, outDir);
  writeKept(sizesFile(site), JSON.stringify(sizesOf(site)));
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
