import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf, readKept, writeKept } from '../../runtime/kept-file.ts';
import { currentContent } from '../../store/index.ts';
import { writeFullText, writeTitleIndex } from './build.ts';
import { type Parts, RECENT_LANGUAGE } from '../parts.ts';
import type { SearchRecord } from './record.ts';

/**
 * A full-text index that follows single edits: the index of an earlier build, kept as the base, with a second, small one
 * of what is new or changed since. Pagefind itself always indexes everything (43 s at 8,760 records).
 */

/** With more new records than this everything is indexed again; that many take about a second. */
const MAX_RECENT = 400;

/** With more than this a new base is worth its time, when no publish is waiting for it. */
export const MANY_RECENT = 60;

type Share = (from: string, to: string) => void;

/** What a base holds, in its order: address and version of each record. */
type Held = [address: string, version: string][];

const keptFolder = () => join(currentContent().cacheDir, 'search-base');

/** A base as `records.json` describes it. */
interface Base {
  held: Held;
  /** Digests of its files, by their paths in `pagefind`. */
  files: Record<string, string>;
}

const baseFile = (folder: string) => join(folder, 'records.json');

/** What tells one base from the next; undefined without one. */
function stampOf(folder: string): string | undefined {
  const stat = statSync(baseFile(folder), { throwIfNoEntry: false });
  return stat && `${stat.ino}:${stat.mtimeMs}`;
}

/** Whether all files of a base were whole when they were last read, by its folder and stamp. */
const verified = new Map<string, boolean>();

/** What the base in a folder holds; undefined without one, and when any file of it is damaged. */
function readHeld(folder: string): Held | undefined {
  const bytes = readKept(baseFile(folder));
  if (!bytes) return undefined;
  const { held, files } = JSON.parse(bytes.toString()) as Base;
  const key = `${folder}:${stampOf(folder)}`;
  const isWhole =
    verified.get(key) ??
    Object.entries(files).every(([name, digest]) => {
      const file = join(folder, 'pagefind', name);
      return existsSync(file) && digestOf(readFileSync(file)) === digest;
    });
  verified.set(key, isWhole);
  return isWhole ? held : undefined;
}

/**
 * Puts the base's files into a site that is not ordered yet.
 *
 * @returns for `updateSearch` of that site
 */
export function shareBase(outDir: string, share: Share = copy, folder = keptFolder()): string | undefined {
  const stamp = readHeld(folder) && stampOf(folder);
  if (stamp) copyFiles(join(folder, 'pagefind'), join(outDir, 'pagefind'), share);
  return stamp;
}

/** Takes the full index of these records, written to `pagefind`, for the base of builds to come. */
export function keepBase(pagefind: string, records: readonly SearchRecord[], folder = keptFolder()): void {
  const temporary = `${folder}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  copyFiles(pagefind, join(temporary, 'pagefind'), copy);
  const held: Held = records.map(({ address, version }) => [address, version]);
  const copies = join(temporary, 'pagefind');
  const files = filesIn(copies).map((name) => [name, digestOf(readFileSync(join(copies, name)))]);
  writeKept(baseFile(temporary), JSON.stringify({ held, files: Object.fromEntries(files) } satisfies Base));
  const former = `${folder}.former`;
  rmSync(former, { recursive: true, force: true });
  // Moved away first: removing takes long, and without a base a publish would index everything.
  if (existsSync(folder)) renameSync(folder, former);
  renameSync(temporary, folder);
  rmSync(former, { recursive: true, force: true });
}

/** Indexes everything again, for the base of builds to come. */
export async function renewBase(records: readonly SearchRecord[]): Promise<void> {
  const target = `${keptFolder()}.new`;
  await writeFullText(target, records);
  keepBase(target, records);
  rmSync(target, { recursive: true, force: true });
}

/** Which records a base serves, and which need the second index; undefined without a usable base. */
export function compareWithBase(
  held: Held | undefined,
  records: readonly SearchRecord[],
): { parts: Parts | undefined; recent: SearchRecord[] } | undefined {
  if (!held) return undefined;
  const docOf = new Map(records.map(({ address, version }, doc) => [`${address} ${version}`, doc]));
  const docs = held.map(([address, version]) => docOf.get(`${address} ${version}`) ?? -1);
  const served = new Set(docs);
  const recentDocs = records.flatMap((_, doc) => (served.has(doc) ? [] : doc));
  // The base must stay the larger one: Pagefind gives it to languages that it does not know.
  if (recentDocs.length > MAX_RECENT || recentDocs.length * 2 > held.length) return undefined;
  const recent = recentDocs.map((doc) => records[doc] as SearchRecord);
  const isWhole = recent.length === 0 && docs.every((doc, position) => doc === position);
  return { parts: isWhole ? undefined : { base: toRuns(docs), recent: recentDocs }, recent };
}

/** Successive numbers as `[first, count]`; documents that are gone as `[-1, count]`. */
function toRuns(docs: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const doc of docs) {
    const last = runs.at(-1);
    if (last && (doc === -1 ? last[0] === -1 : last[0] >= 0 && last[0] + last[1] === doc)) last[1]++;
    else runs.push([doc, 1]);
  }
  return runs;
}

/**
 * Writes everything that search needs into a built site, as `buildSearch` does, with the full text from the base and what
 * is new since. Where there is no base or too much is new, everything is indexed, and that is the base from then on.
 *
 * @param share how an unchanged file is taken over
 * @param folder of the base
 * @param shared what `shareBase` said, when it has put the base there before
 * @returns how many records are new since the base was made
 */
export async function updateSearch(
  outDir: string,
  records: readonly SearchRecord[],
  {
    share = copy,
    folder = keptFolder(),
    shared,
  }: { share?: Share; folder?: string; shared?: string | undefined } = {},
): Promise<number> {
  const target = join(outDir, 'pagefind');
  const isThere = shared !== undefined && shared === stampOf(folder);
  if (!isThere) rmSync(target, { recursive: true, force: true });
  const { parts, recent } = await updateFullText(target, records, share, folder, isThere);
  writeTitleIndex(outDir, records, parts);
  return recent;
}

async function updateFullText(
  target: string,
  records: readonly SearchRecord[],
  share: Share,
  folder: string,
  isThere: boolean,
): Promise<{ parts: Parts | undefined; recent: number }> {
  const compared = compareWithBase(readHeld(folder), records);
  if (!compared) {
    await writeFullText(target, records);
    keepBase(target, records, folder);
    return { parts: undefined, recent: 0 };
  }
  if (!isThere) copyFiles(join(folder, 'pagefind'), target, share);
  const { parts, recent } = compared;
  if (recent.length === 0) return { parts, recent: 0 };

  const recentFolder = `${target}.recent`;
  await writeFullText(recentFolder, recent);
  const [entry, recentEntry] = [target, recentFolder].map(readEntryFile) as [EntryFile, EntryFile];
  const [language] = Object.values(recentEntry.languages);
  if (!language) throw new Error('Pagefind 没有写出新内容的索引');
  // Everything else that Pagefind writes is named by its content, so two indexes fit in one folder.
  for (const name of filesIn(recentFolder))
    if (!existsSync(join(target, name)) && /\.pf_\w+$/.test(name))
      copy(join(recentFolder, name), join(target, name));
  entry.languages[RECENT_LANGUAGE] = language;
  rmSync(entryFile(target));
  writeFileSync(entryFile(target), JSON.stringify(entry));
  rmSync(recentFolder, { recursive: true, force: true });
  return { parts, recent: recent.length };
}

interface EntryFile {
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

const entryFile = (pagefind: string) => join(pagefind, 'pagefind-entry.json');

const readEntryFile = (pagefind: string) =>
  JSON.parse(readFileSync(entryFile(pagefind), 'utf8')) as EntryFile;

const filesIn = (from: string) =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(from.length + 1));

function copyFiles(from: string, to: string, share: Share): void {
  for (const name of filesIn(from)) share(join(from, name), join(to, name));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
