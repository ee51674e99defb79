import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { digestOf } from '../../../../src/runtime/kept-file.ts';
import { dataFiles } from '../../stores/data-folder/index.ts';
import { checkCopy, checkRequestsKey, type Counts, implausibleLosses } from './checks.ts';
import { copyData, linkTree, PRIVATE_FOLDER } from './copying.ts';
import {
  type Generation,
  GENERATIONS,
  listGenerations,
  MANIFEST,
  numberOf,
  writeManifest,
} from './generations.ts';
import { generationName, keptGenerations } from './retention.ts';

export { listGenerations } from './generations.ts';
export { restore } from './restore.ts';

/**
 * An online backup of everything in a data folder that cannot be regenerated, in dated generations. A copy is checked
 * before it counts; a damaged one is thrown away and the earlier ones stay as they are. For restoring see docs/operate.md.
 *
 * Excluded is the key of visit requests (`requests.key`), so that a lost backup reveals no telephone numbers.
 */

export interface BackUpOptions {
  /** Makes the backup although much less is in it than in the last one. */
  acceptsLosses?: boolean;
  now?: Date;
}

/**
 * @param to folder of the backup
 * @returns what is in the new copy
 * @throws a Chinese message when there is no content, when the copy is damaged, and when it has lost much of what the
 *   last one has; nothing in the backup has changed then
 */
export async function backUp(
  data: string,
  to: string,
  { acceptsLosses = false, now = new Date() }: BackUpOptions = {},
): Promise<Counts> {
  if (!existsSync(dataFiles(data).repository))
    throw new Error(`「${data}」里没有内容库；请用 DATA_DIR 指明数据文件夹`);
  if (`${resolve(to)}${sep}`.startsWith(`${resolve(data)}${sep}`))
    throw new Error('备份不能放在数据文件夹里面：磁盘坏了两份一起没有。请换一个文件夹，最好在别的磁盘上');
  mkdirSync(to, { recursive: true, mode: PRIVATE_FOLDER });
  makeFolderPrivate(to);
  const parent = join(to, GENERATIONS);
  mkdirSync(parent, { recursive: true, mode: PRIVATE_FOLDER });
  const [former] = listGenerations(to);
  const unfinished = join(parent, '.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: PRIVATE_FOLDER });
  try {
    await copyData(data, unfinished, former?.folder);
    const found = await checkCopy(unfinished);
    const requestsKey = checkRequestsKey(data, found);
    if (!acceptsLosses) await refuseLosses(former, found);
    const files = digestsOf(unfinished);
    writeManifest(unfinished, {
      number: (former ? numberOf(former) : 0) + 1,
      at: now.toISOString(),
      counts: found,
      files,
      ...(requestsKey && { requestsKey }),
    });
    const made = join(parent, freeName(parent, now));
    renameSync(unfinished, made);
    putOnTop(made, to);
    prune(parent);
    return found;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

const digestsOf = (folder: string): Record<string, string> => {
  const { database, secret, settings, format } = dataFiles(folder);
  const files = [database, secret, settings, format].filter((file) => existsSync(file));
  return Object.fromEntries(files.map((file) => [basename(file), digestOf(readFileSync(file))]));
};

/** The name of the moment, or of the next second that is free. */
function freeName(parent: string, now: Date): string {
  for (let at = now; ; at = new Date(at.getTime() + 1000)) {
    const name = generationName(at);
    if (!existsSync(join(parent, name))) return name;
  }
}

async function refuseLosses(former: Generation | undefined, now: Counts): Promise<void> {
  if (!former) return;
  const before = former.manifest?.counts ?? (await checkCopy(former.folder).catch(() => undefined));
  const losses = before ? implausibleLosses(before, now) : [];
  if (losses.length > 0)
    throw new Error(
      `比上一次备份少了很多：${losses.join('，')}。怕是丢了东西，所以没有备份。请看看网站和工作台；确实是你们删的，就加上 --anyway`,
    );
}

/** Replaces the latest copy at the top of a backup, where version 0.1.0 had its only one. */
function putOnTop(generation: string, to: string): void {
  const repository = 'content.git';
  const [made, former] = [join(to, `${repository}.new`), join(to, `${repository}.former`)];
  for (const folder of [made, former]) rmSync(folder, { recursive: true, force: true });
  // References and settings are copies: a server may be started on this folder, and would change them.
  cpSync(join(generation, repository), made, {
    recursive: true,
    filter: (source) => source !== join(generation, repository, 'objects'),
  });
  linkTree(join(generation, repository, 'objects'), join(made, 'objects'));
  if (existsSync(join(to, repository))) renameSync(join(to, repository), former);
  renameSync(made, join(to, repository));
  rmSync(former, { recursive: true, force: true });
  const { database, secret, settings, format, reports } = dataFiles(generation);
  rmSync(join(to, basename(reports)), { recursive: true, force: true });
  if (existsSync(reports)) linkTree(reports, join(to, basename(reports)));
  for (const file of [database, secret, settings, format, join(generation, MANIFEST)]) {
    const target = join(to, basename(file));
    if (!existsSync(file)) {
      rmSync(target, { force: true });
      continue;
    }
    cpSync(file, `${target}.new`);
    renameSync(`${target}.new`, target);
  }
}

function prune(parent: string): void {
  const names = listGenerations(join(parent, '..')).map(({ name }) => name);
  const kept = keptGenerations(names);
  for (const name of names.filter((one) => !kept.has(one)))
    rmSync(join(parent, name), { recursive: true, force: true });
}

/** A folder that belongs to somebody else, such as the root of a disk, stays as it is. */
function makeFolderPrivate(folder: string): void {
  try {
    if (process.platform !== 'win32') chmodSync(folder, PRIVATE_FOLDER);
  } catch {
    // What is secret in it has its own permissions.
  }
}

/** What the check of a generation came to. */
export interface Verified {
  generation: Generation;
  counts?: Counts;
  /** Chinese; undefined when it is good. */
  problem?: string;
}

/** Checks every generation of a backup, the newest thoroughly. */
export async function verify(backup: string): Promise<Verified[]> {
  const results: Verified[] = [];
  for (const [index, generation] of listGenerations(backup).entries())
    try {
      requireSameFiles(generation);
      results.push({ generation, counts: await checkCopy(generation.folder, { isThorough: index === 0 }) });
    } catch (error) {
      results.push({ generation, problem: (error as Error).message });
    }
  return results;
}

function requireSameFiles({ name, folder, manifest }: Generation): void {
  if (!manifest && name !== 'latest') throw new Error(`${MANIFEST} 没有或读不懂`);
  const now = digestsOf(folder);
  for (const [file, digest] of Object.entries(manifest?.files ?? {}))
    if (now[file] !== digest) throw new Error(`${file} ${now[file] ? '和备份时不一样了' : '没有了'}`);
}
