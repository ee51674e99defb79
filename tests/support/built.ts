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
 * The sites that several test files look at, each built once for each state of what it is made from and kept in
 * `.tmp/sites/<name>-<digest>`: a run after a run without changes builds nothing.
 */

/** Address of the county whose content is `tests/fixtures/county`. */
export const COUNTY_URL = 'https://www.example.gov.cn';

/** What a site is made from. */
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
  /** Built before, in the same root and with the same cache: nothing of it may show. */
  after?: SiteName;
  /** Where it is built: inside the project unless told. */
  place?: Place;
}

/**
 * Into a folder outside the project, or into one beside a project that lies elsewhere: `…/portal-site` beside `…/portal`.
 * Their names want quoting.
 */
type Place = 'outside' | 'beside';

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
  empty: { content: 'empty', place: 'beside' },
} satisfies Record<string, Recipe>;

export type SiteName = 'demo' | 'county' | 'below' | 'empty';

export interface Built {
  /** Absolute path of the built files. */
  outDir: string;
  /** What the build printed. */
  printed: string;
}

const FOLDER = resolve('.tmp/sites');

/** So many states of each site are kept: work goes back and forth between two branches. */
const KEPT = 2;

/** Everything that a site is made from, beside its content. */
const CODE = [
  'src/**/*',
  'public/**/*',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tests/support/{build,built,project}.ts',
];

/** Settings that builds take from the environment: those of whoever runs the tests must not show. */
const NO_SETTINGS = { SITE_URL: '', BASE_PATH: '', OFFLINE: '' };

/** A built site, from an earlier run or built now; whoever asks for it meanwhile waits for the same build. */
export async function built(name: SiteName): Promise<Built> {
  const folder = folderOf(name);
  const { content }: Recipe = RECIPES[name];
  if (!existsSync(folder))
    await alone(content, async () => {
      if (!existsSync(folder)) await make(name);
    });
  // The sweep goes by the time of the last use.
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
  // Of a name of its own: a build whose run was killed may still write.
  const fresh = mkdtempSync(join(work, 'fresh-'));
  const elsewhere = place ? mkdtempSync(join(tmpdir(), '网站 site ')) : undefined;
  const root = elsewhere && place === 'beside' ? join(elsewhere, '科普 portal') : join(work, 'root');
  if (!after) rmSync(root, { recursive: true, force: true });
  if (!after) copyProject(root);
  if (elsewhere && place === 'beside')
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction');
  const outDir = elsewhere ? join(elsewhere, '科普 portal-site') : join(fresh, 'site');
  const settings = { ...NO_SETTINGS, CONTENT_DIR: contentDir, CACHE_DIR: join(work, 'cache'), ...env };
  try {
    writeFileSync(join(fresh, 'printed.txt'), await buildSite(outDir, settings, root));
    if (elsewhere) cpSync(outDir, join(fresh, 'site'), { recursive: true });
  } finally {
    if (elsewhere) rmSync(elsewhere, { recursive: true });
  }
  const folder = folderOf(name);
  sweep(name);
  // Whole or not at all: a run that is interrupted leaves no half of a site under this name.
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
const TRY_AGAIN_MS = 100;

/**
 * Does work that no other process does at the same time. The lock is SQLite's, so that it is gone with the process that
 * held it, however that ended.
 */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const lock = new DatabaseSync(join(FOLDER, `${name}.lock`));
  try {
    while (!isTaken(lock)) await setTimeout(TRY_AGAIN_MS);
    await work();
  } finally {
    lock.close();
  }
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
