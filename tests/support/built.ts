import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { buildSite, SITE_NOW } from './build.ts';
import { copyProject, smallCounty } from './project.ts';

/**
 * The sites that several test files share, each built once for each digest of its sources and kept in
 * `.tmp/sites/<name>-<digest>`: a run after a run without changes builds nothing.
 */

/** Address of the county whose content is `tests/fixtures/county`. */
export const COUNTY_URL = 'https://www.example.gov.cn';

/** Contents of the sites. */
const CONTENTS = {
  /** The demo county, `content`. */
  demo: { files: 'content/**/*', put: async () => resolve('content') },
  /** The small county of the fixtures, one entry of which cannot be read. */
  county: { files: 'tests/fixtures/county/**/*', put: smallCounty },
  /** A county's first day: no content, no settings. */
  empty: {
    files: undefined,
    put: async (folder: string) => {
      mkdirSync(folder);
      return folder;
    },
  },
};

interface Recipe {
  content: keyof typeof CONTENTS;
  env?: Record<string, string>;
  /** Built before, in the same root with the same cache: it must not affect this site. */
  after?: SiteName;
  /** Where it is built; by default inside the project. */
  place?: Place;
}

/**
 * `outside`: into a folder outside the project. `sibling`: in a copy of the project, into a sibling folder with the same prefix
 * (`…/portal-site` of `…/portal`). Both have names that need quoting.
 */
type Place = 'outside' | 'sibling';

const RECIPES = {
  demo: { content: 'demo' },
  county: { content: 'county', env: { SITE_URL: COUNTY_URL } },
  /** Below a path of the county government's own site. */
  below: {
    content: 'county',
    env: { SITE_URL: COUNTY_URL, BASE_PATH: '/kepu' },
    after: 'county',
    place: 'outside',
  },
  empty: { content: 'empty', place: 'sibling' },
} satisfies Record<string, Recipe>;

export type SiteName = 'demo' | 'county' | 'below' | 'empty';

export interface Built {
  /** Absolute path of the built files. */
  outDir: string;
  /** What the build printed. */
  printed: string;
}

const FOLDER = resolve('.tmp/sites');

/** Builds of each site that are kept: one for each of two branches. */
const KEPT = 2;

/** Sources of a site other than its content. */
const CODE = [
  'src/**/*',
  'public/**/*',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tests/support/{build,built,project}.ts',
];

/** Overrides the environment variables of the developer. */
const DEFAULT_ENV = { SITE_URL: '', BASE_PATH: '', OFFLINE: '' };

/** A built site, from an earlier run or built now; concurrent callers wait for the same build. */
export async function built(name: SiteName): Promise<Built> {
  const folder = folderOf(name);
  const { content }: Recipe = RECIPES[name];
  if (!existsSync(folder))
    await withLock(content, async () => {
      if (!existsSync(folder)) await make(name);
    });
  // `sweep` deletes the least recently used.
  utimesSync(folder, new Date(), new Date());
  return { outDir: join(folder, 'site'), printed: readFileSync(join(folder, 'printed.txt'), 'utf8') };
}

const folderOf = (name: SiteName): string => join(FOLDER, `${name}-${digestOf(RECIPES[name])}`);

async function make(name: SiteName): Promise<void> {
  const { content, env, after, place }: Recipe = RECIPES[name];
  const work = join(FOLDER, 'work', content);
  const last = join(work, 'last.txt');
  const lastMade = existsSync(last) ? readFileSync(last, 'utf8') : '';
  if (after && lastMade !== folderOf(after)) await make(after);
  rmSync(last, { force: true });
  const given = join(work, 'content');
  if (!after) rmSync(given, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const contentDir = after ? given : await CONTENTS[content].put(given);

  for (const left of globSync('fresh-*', { cwd: work })) rmSync(join(work, left), { recursive: true });
  // A unique name: the process of a killed run may still be writing.
  const fresh = mkdtempSync(join(work, 'fresh-'));
  const elsewhere = place ? mkdtempSync(join(tmpdir(), '网站 site ')) : undefined;
  const root = elsewhere && place === 'sibling' ? join(elsewhere, '科普 portal') : join(work, 'root');
  if (!after) rmSync(root, { recursive: true, force: true });
  if (!after) copyProject(root);
  if (elsewhere && place === 'sibling')
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction');
  const outDir = elsewhere ? join(elsewhere, '科普 portal-site') : join(fresh, 'site');
  const settings = { ...DEFAULT_ENV, CONTENT_DIR: contentDir, CACHE_DIR: join(work, 'cache'), ...env };
  try {
    writeFileSync(join(fresh, 'printed.txt'), await buildSite(outDir, settings, root));
    if (elsewhere) cpSync(outDir, join(fresh, 'site'), { recursive: true });
  } finally {
    if (elsewhere) rmSync(elsewhere, { recursive: true });
  }
  const folder = folderOf(name);
  sweep(name);
  // Atomic: an interrupted run leaves no incomplete site under this name.
  if (!existsSync(folder)) renameSync(fresh, folder);
  writeFileSync(last, folder);
}

function sweep(name: SiteName): void {
  const old = readdirSync(FOLDER)
    .filter((one) => one.startsWith(`${name}-`))
    .map((one) => join(FOLDER, one))
    .filter((one) => one !== folderOf(name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    .slice(KEPT - 1);
  for (const folder of old) rmSync(folder, { recursive: true, force: true });
}

function digestOf({ content, env }: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, SITE_NOW, env]));
  const patterns = [...CODE, CONTENTS[content].files].filter((one) => one !== undefined);
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { withFileTypes: true }))
    .filter((item) => item.isFile() && !item.name.endsWith('.test.ts'))
    .map((item) => join(item.parentPath, item.name))
    .sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const SQLITE_BUSY = 5;
const RETRY_MS = 100;

/** Runs work under a lock between processes. The lock is SQLite's, so it is released even if the process is killed. */
async function withLock(name: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const lock = new DatabaseSync(join(FOLDER, `${name}.lock`));
  try {
    while (!tryLock(lock)) await setTimeout(RETRY_MS);
    await work();
  } finally {
    lock.close();
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
