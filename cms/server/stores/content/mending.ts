import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { gitText } from './git.ts';

/**
 * What a power cut or a failing disk leaves in a repository: loose objects that are empty or cut off, references that
 * hold no commit. Git takes an object for present as soon as its file exists, so a damaged one is moved away: the same
 * text can then be saved again, and packing goes on. Nothing is deleted.
 */

/** Folder of the repository that damaged files are moved to. */
const ASIDE = 'damaged';

const LOOSE = 'objects/[0-9a-f][0-9a-f]/*';
const NAME = /^objects[/\\]([0-9a-f]{2})[/\\]([0-9a-f]{38})$/;

/**
 * Moves damaged loose objects to `damaged/`.
 *
 * @param isThorough reads each of them; otherwise only the empty ones are found
 * @returns how many there were
 */
export function setAsideDamagedObjects(folder: string, isThorough: boolean): number {
  const damaged = globSync(LOOSE, { cwd: folder }).filter((path) => {
    const [, start = '', rest = ''] = NAME.exec(path) ?? [];
    if (!start) return false;
    const file = join(folder, path);
    return statSync(file).size === 0 || (isThorough && !isObject(file, start + rest));
  });
  for (const path of damaged) moveAside(folder, path);
  return damaged.length;
}

/** Whether a file holds the object that it is named after, see gitformat-loose (5). */
function isObject(file: string, name: string): boolean {
  try {
    return createHash('sha1').update(inflateSync(readFileSync(file))).digest('hex') === name;
  } catch {
    return false;
  }
}

function moveAside(folder: string, path: string): void {
  const target = join(folder, ASIDE, path);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(folder, path), target);
}

/** What was done to a damaged reference. */
export interface MendedRef {
  ref: string;
  /** The commit that it has again; undefined when no former value could be found. */
  commit: string | undefined;
}

const KEPT_REFS = 'refs/{drafts,discarded}/**/*';

/**
 * Gives drafts and discarded texts whose reference is damaged or lost the last value that its log tells and that is there.
 * Git removes the log of a reference before the reference: a log without one is of a reference that was lost.
 */
export async function mendReferences(folder: string): Promise<MendedRef[]> {
  const isFile = (path: string) => statSync(join(folder, path)).isFile();
  const broken = globSync(KEPT_REFS, { cwd: folder }).filter(
    (path) => isFile(path) && !/^[0-9a-f]{40}\s*$/.test(readFileSync(join(folder, path), 'utf8')),
  );
  for (const path of broken) moveAside(folder, path);
  const logs = globSync(`logs/${KEPT_REFS}`, { cwd: folder }).filter(isFile);
  const wanted = [...broken, ...logs.map((path) => path.slice('logs/'.length))].map((path) =>
    path.replaceAll('\\', '/'),
  );
  if (wanted.length === 0) return [];
  const refs = await gitText(folder, ['for-each-ref', '--format=%(refname) %(objectname)']);
  const present = new Map(refs.split('\n').map((line) => line.split(' ') as [string, string]));
  const mended: MendedRef[] = [];
  for (const ref of new Set(wanted)) {
    const now = present.get(ref);
    if (now !== undefined && !(await hasFallenBack(folder, ref, now))) continue;
    const commit = await lastValueOf(folder, ref);
    if (commit) await gitText(folder, ['update-ref', '--create-reflog', ref, commit]);
    mended.push({ ref, commit });
  }
  return mended;
}

/** Whether a reference has an older value than its log: its file is lost, and Git takes the value from before it was packed. */
async function hasFallenBack(folder: string, ref: string, now: string): Promise<boolean> {
  const [last] = valuesOf(folder, ref);
  return last !== undefined && last !== now && (await isAncestor(folder, now, last));
}

/** Whether all of a commit's history is part of another's. */
export const isAncestor = (folder: string, one: string, other: string): Promise<boolean> =>
  gitText(folder, ['merge-base', '--is-ancestor', one, other]).then(
    () => true,
    () => false,
  );

async function lastValueOf(folder: string, ref: string): Promise<string | undefined> {
  for (const commit of new Set(valuesOf(folder, ref))) if (await isComplete(folder, commit)) return commit;
  return undefined;
}

/** The values that a reference had, by its log, the newest first. */
function valuesOf(folder: string, ref: string): string[] {
  try {
    return readFileSync(join(folder, 'logs', ref), 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '')
      .filter((value) => /^(?!0+$)[0-9a-f]{40}$/.test(value))
      .reverse();
  } catch {
    return [];
  }
}

/** Whether a commit is there with all its files. */
export const isComplete = (folder: string, commit: string): Promise<boolean> =>
  gitText(folder, ['rev-list', '--objects', '--quiet', '--max-count=1', commit]).then(
    () => true,
    () => false,
  );

/** What was mended, for people: a Chinese sentence, or undefined when nothing was. */
export function tellMended(folder: string, objects: number, refs: readonly MendedRef[]): string | undefined {
  if (objects === 0 && refs.length === 0) return undefined;
  const lost = refs.filter(({ commit }) => !commit).map(({ ref }) => ref);
  const found = refs.length - lost.length;
  return [
    '上次停电或磁盘出错，内容库里有损坏的文件：',
    [
      objects > 0 && `${objects} 个对象移到了「${join(folder, ASIDE)}」`,
      found > 0 && `${found} 份草稿照记录找回了最后一次保存`,
      lost.length > 0 && `${lost.join('、')} 没有找回`,
    ]
      .filter(Boolean)
      .join('，'),
    '。',
  ].join('');
}
