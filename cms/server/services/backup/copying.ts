import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { git, gitText } from '../../stores/content/git.ts';
import { dataFiles } from '../../stores/data-folder/index.ts';
import { UNFINISHED_DRAFT } from '../../stores/report-drafts.ts';

/**
 * Copying a data folder while it is in use. The objects of the repository, which nobody ever changes, are linked to those
 * of an earlier copy; everything else is a copy of its own, so that a server may be started on it.
 */

/** What is copied besides the repository and the database. */
const SMALL_FILES = ['format', 'settings', 'secret'] as const;

const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** With more packs than this they are joined, which costs one whole copy of the repository. */
const MOST_PACKS = 60;

/** Copies a data folder into an empty one. */
export async function copyData(data: string, to: string, previous: string | undefined): Promise<void> {
  const from = dataFiles(data);
  const files = dataFiles(to);
  const former = previous === undefined ? undefined : dataFiles(previous);
  await copyRepository(from.repository, files.repository, former?.repository);
  if (existsSync(from.database)) {
    await copyDatabase(from.database, files.database);
  }
  copyReports(from.reports, files.reports, former?.reports);
  for (const name of SMALL_FILES)
    if (existsSync(from[name])) {
      copyFileSync(from[name], files[name]);
      makePrivate(files[name]);
    }
}

/** A draft of a report is never changed: one that an earlier copy has is linked to that. */
function copyReports(from: string, to: string, former: string | undefined): void {
  if (!existsSync(from)) return;
  for (const year of readdirSync(from))
    for (const draft of readdirSync(join(from, year)).filter((name) => !name.endsWith(UNFINISHED_DRAFT))) {
      const [source, target] = [join(from, year, draft), join(to, year, draft)];
      const earlier = former && join(former, year, draft);
      if (earlier && existsSync(earlier)) linkTree(earlier, target);
      else cpSync(source, target, { recursive: true });
    }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(database, to);
  } catch (error) {
    throw new Error(`数据库 portal.db 读不出来：${(error as Error).message}`, { cause: error });
  } finally {
    database.close();
  }
  makePrivate(to);
}

/** Objects are never changed once they are written, so that two copies can share them. */
async function copyRepository(from: string, to: string, former: string | undefined): Promise<void> {
  await git(to, ['init', '--quiet', '--bare', '--initial-branch=main']);
  if (former && existsSync(join(former, 'objects'))) linkTree(join(former, 'objects'), join(to, 'objects'));
  const settings = { 'core.fsync': 'all', 'fetch.unpackLimit': '1', 'gc.auto': '0' };
  for (const [name, value] of Object.entries(settings)) await git(to, ['config', name, value]);
  if (former && existsSync(former)) await copyRefs(former, to);
  await git(to, ['fetch', '--quiet', '--prune', '--no-auto-gc', resolve(from), '+refs/*:refs/*']);
  const packs = readdirSync(join(to, 'objects/pack')).filter((name) => name.endsWith('.pack'));
  if (packs.length > MOST_PACKS) await git(to, ['repack', '-a', '-d', '--quiet']);
}

/** Tells Git what it has already, so that it fetches only what is new. References whose object is gone are left out. */
async function copyRefs(from: string, to: string): Promise<void> {
  const refs = await gitText(from, ['for-each-ref', '--format=create %(refname) %(objectname)']).catch(
    () => '',
  );
  if (refs) await git(to, ['update-ref', '--stdin'], `${refs}\n`).catch(() => {});
}

/** Gives every file below a folder a second name; where the file system has no links, a copy. */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: PRIVATE_FOLDER });
  for (const item of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, item.name), join(to, item.name)];
    if (item.isDirectory()) linkTree(source, target);
    else if (item.isFile() && !/\.lock$|^tmp_/.test(item.name)) linkFile(source, target);
  }
}

function linkFile(from: string, to: string): void {
  if (existsSync(to)) return;
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** Lets only this user of the machine read a copy, and has it on the disk before it counts. */
export function makePrivate(file: string): void {
  if (process.platform !== 'win32') chmodSync(file, PRIVATE_FILE);
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
