import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeVersion } from '../../runtime/code-version.ts';
import { digestOf, readKept, writeKept } from '../../runtime/kept-file.ts';
import { currentContent } from '../../store/index.ts';
import { TEXT_FOLDER, type TextSection, toRuns } from '../fulltext/sections.ts';
import { writeTitleIndex } from './build.ts';
import { writeFullText, type WrittenSection } from './full-text.ts';
import type { SearchRecord } from './record.ts';
import { recallTexts } from './texts.ts';

/**
 * A full-text index that follows single edits: the index of an earlier build, kept as the base, with a second, small one
 * of what is new or changed since. Indexing everything takes seconds at ten thousand records, and every file would be new.
 */

/** With more new records than this everything is indexed again; that many take a quarter of a second. */
const MAX_RECENT = 400;

/** With more than this a new base is worth its time, when no publish is waiting for it. */
export const MANY_RECENT = 60;

type Share = (from: string, to: string) => void;

/** What a base holds, in its order: address and version of each record. */
type Held = [address: string, version: string][];

const keptFolder = () => join(currentContent().cacheDir, 'search-base');

/** A base as `records.json` describes it. */
interface Base {
  /** Of the code that wrote it; what another writes may be something else. */
  code: string;
  section: WrittenSection;
  held: Held;
  /** Digests of its files, by their paths in `text`. */
  files: Record<string, string>;
}

const baseFile = (folder: string) => join(folder, 'records.json');
const filesFolder = (folder: string) => join(folder, 'text');

/** What tells one base from the next; undefined without one. */
function stampOf(folder: string): string | undefined {
  const stat = statSync(baseFile(folder), { throwIfNoEntry: false });
  return stat && `${stat.ino}:${stat.mtimeMs}`;
}

/** The base that was read last, by its folder and stamp; undefined when it was damaged. */
let known: { key: string; base: Base | undefined } | undefined;

/** The base in a folder; undefined without one, when any file of it is damaged, and when other code wrote it. */
function readBase(folder: string): Base | undefined {
  const key = `${folder}:${stampOf(folder)}`;
  if (known?.key !== key) known = { key, base: readWhole(folder) };
  return known.base;
}

function readWhole(folder: string): Base | undefined {
  const bytes = readKept(baseFile(folder));
  const base = bytes && (JSON.parse(bytes.toString()) as Base);
  if (base?.code !== codeVersion()) return undefined;
  const isWhole = Object.entries(base.files).every(([name, digest]) => {
    const file = join(filesFolder(folder), name);
    return existsSync(file) && digestOf(readFileSync(file)) === digest;
  });
  return isWhole ? base : undefined;
}

/**
 * Puts the base's files into a site that is not ordered yet.
 *
 * @returns for `updateSearch` of that site
 */
export function shareBase(outDir: string, share: Share = copy, folder = keptFolder()): string | undefined {
  const base = readBase(folder);
  // Nobody waits for this yet.
  recallTexts();
  if (base) shareFiles(base, folder, outDir, share);
  return base && stampOf(folder);
}

function shareFiles({ section, files }: Base, folder: string, outDir: string, share: Share): void {
  for (const name of Object.keys(files))
    share(join(filesFolder(folder), name), join(outDir, TEXT_FOLDER, section.folder, name));
}

/**
 * Takes the full index of these records for the base of builds to come.
 *
 * @param text the folder that holds it and nothing else: `TEXT_FOLDER` of a site that was built as a whole
 */
export function keepBase(
  text: string,
  records: readonly SearchRecord[],
  folder = keptFolder(),
  share: Share = copy,
): void {
  const [name, ...others] = existsSync(text) ? readdirSync(text) : [];
  if (name === undefined || others.length > 0) throw new Error(`${text} 里不是一个完整的搜索索引`);
  const written = join(text, name);
  const temporary = `${folder}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  const files: Record<string, string> = {};
  let shards = 0;
  let titles = 0;
  for (const file of filesIn(written)) {
    share(join(written, file), join(filesFolder(temporary), file));
    files[file] = digestOf(readFileSync(join(written, file)));
    if (file.startsWith('terms/')) shards++;
    if (file.startsWith('titles/')) titles++;
  }
  const held: Held = records.map(({ address, version }) => [address, version]);
  const base: Base = { code: codeVersion(), section: { folder: name, shards, titles }, held, files };
  writeKept(baseFile(temporary), JSON.stringify(base));
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
  rmSync(target, { recursive: true, force: true });
  writeFullText(target, records);
  keepBase(target, records);
  rmSync(target, { recursive: true, force: true });
}

/** Which records a base serves, and which need the second index; undefined without a usable base. */
export function compareWithBase(
  held: Held | undefined,
  records: readonly SearchRecord[],
): { base: TextSection['docs']; recent: number[] } | undefined {
  if (!held) return undefined;
  const docOf = new Map(records.map(({ address, version }, doc) => [`${address} ${version}`, doc]));
  const docs = held.map(([address, version]) => docOf.get(`${address} ${version}`) ?? -1);
  const served = new Set(docs);
  const recent = records.flatMap((_, doc) => (served.has(doc) ? [] : doc));
  // A base of which little is left would be fetched for nothing.
  if (recent.length > MAX_RECENT || recent.length * 2 > held.length) return undefined;
  return { base: toRuns(docs), recent };
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
  const text = join(outDir, TEXT_FOLDER);
  const base = readBase(folder);
  const compared = compareWithBase(base?.held, records);
  if (!base || !compared) {
    rmSync(text, { recursive: true, force: true });
    const written = writeFullText(text, records);
    keepBase(text, records, folder, share);
    writeTitleIndex(outDir, records, [{ ...written, docs: [[0, records.length]] }]);
    return 0;
  }
  if (shared === undefined || shared !== stampOf(folder)) {
    rmSync(text, { recursive: true, force: true });
    shareFiles(base, folder, outDir, share);
  }
  const sections: TextSection[] = [{ ...base.section, docs: compared.base }];
  if (compared.recent.length > 0) {
    const recent = compared.recent.map((doc) => records[doc] as SearchRecord);
    sections.push({ ...writeFullText(text, recent), docs: toRuns(compared.recent) });
  }
  writeTitleIndex(outDir, records, sections);
  return compared.recent.length;
}

const filesIn = (from: string) =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(from.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
