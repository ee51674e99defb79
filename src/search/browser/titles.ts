import { type Characters, NO_CHARACTERS, readSyllables, readTraditional } from '../characters.ts';
import type { DayRow } from '../day-index.ts';
import type { FacetsFile } from '../facets.ts';
import { flatten } from '../flatten.ts';
import { unpack } from '../fulltext/packed.ts';
import { docsOf, type TextSection, titleFile } from '../fulltext/sections.ts';
import type { MendingFile } from '../mending.ts';
import type { Query } from '../query.ts';
import { isHan } from '../text.ts';
import { filesFor, type Manifest } from '../shards.ts';
import { type Led, ledBy, readSayings, type Sayings, type SayingsFile } from '../sayings.ts';
import { readTitle, type Title, type TitleRow } from '../title-row.ts';
import { urgentFor } from '../urgent.ts';
import type { ReadBytes } from './text-index.ts';

/** The title index, as the browser fetches it bit by bit. Needs nothing newer than `fetch`. */
export interface TitleIndex {
  manifest(): Promise<Manifest>;
  /** The characters needed to read what was typed; the traditional ones only where it may hold some. */
  characters(typed: string): Promise<Characters>;
  facets(): Promise<FacetsFile>;
  /** The titles worth matching against a query. */
  candidates(query: Query): Promise<Title[]>;
  /** The pages that lead the answer to a query: what to do in an emergency. */
  urgent(query: Query): Promise<Title[]>;
  /** Numbers of all those pages. */
  urgentDocs(): Promise<ReadonlySet<number>>;
  /** What people say, as the editors keep it. */
  sayings(): Promise<Sayings>;
  /** The articles that a query's sayings lead to. */
  led(query: Query): Promise<Led[]>;
  /** The days of the documents. */
  days(): Promise<DayRow[]>;
  /** What mistyped words were meant to be. */
  mending(): Promise<MendingFile>;
}

/** Fetches one JSON file by its name within the index folder; rejects when it cannot. */
export type ReadFile = (name: string, fresh: boolean) => Promise<unknown>;

/** Reads from a folder of the site; `folder` ends with `/`. */
export const fetchFromFolder =
  (folder: string): ReadFile =>
  async (name, fresh) => {
    const response = await fetch(folder + name, { cache: fresh ? 'no-cache' : 'default' });
    if (!response.ok) throw new Error(`${response.status} ${folder}${name}`);
    return response.json();
  };

/**
 * Opens the index; nothing is fetched before it is asked for, and nothing twice unless it failed.
 *
 * @param readBytes from the folder of the full-text index, which holds the titles
 */
export function openTitleIndex(readFile: ReadFile, readBytes: ReadBytes): TitleIndex {
  const loaded = new Map<string, Promise<unknown>>();
  const once = <Value>(name: string, load: () => Promise<Value>): Promise<Value> => {
    const known = loaded.get(name) as Promise<Value> | undefined;
    if (known) return known;
    const fresh = load();
    loaded.set(name, fresh);
    fresh.catch(() => loaded.delete(name));
    return fresh;
  };

  const manifest = () => once('manifest', async () => (await readFile('manifest.json', true)) as Manifest);
  type Names = { [Name in keyof Manifest]: Manifest[Name] extends string ? Name : never }[keyof Manifest];
  const file = <Content>(name: Names) =>
    once(name, async () => (await readFile((await manifest())[name], false)) as Content);
  const syllables = () => once('syllableOf', async () => readSyllables(await file<string>('syllables')));
  const known = () => once('known', async () => new Set(Array.from((await syllables()).values())));
  const traditional = () =>
    once('simplifiedOf', async () => readTraditional(await file<string>('traditional')));

  const characters = async (typed: string): Promise<Characters> => {
    const syllableOf = await syllables();
    const isKnown = Array.from(typed).every((char) => !isHan(char) || syllableOf.has(char));
    return { syllableOf, simplifiedOf: isKnown ? NO_CHARACTERS.simplifiedOf : await traditional() };
  };

  /** Titles of one file, without those that a later section has in a newer version. */
  const titlesIn = ({ folder, docs: runs }: TextSection, number: number) =>
    once(`${folder} ${number}`, async () => {
      const [packed, syllableOf] = await Promise.all([
        readBytes(`${folder}/${titleFile(number)}`),
        syllables(),
      ]);
      const rows = JSON.parse(new TextDecoder().decode(unpack(packed))) as TitleRow[];
      const docs = docsOf(runs);
      return rows
        .map(([position, ...rest]): TitleRow => [docs[position] ?? -1, ...rest])
        .filter(([doc]) => doc >= 0)
        .map((row) => readTitle(row, syllableOf));
    });

  /** The titles of the files that `wanted` names of each section. */
  const titlesOf = async (wanted: (section: TextSection) => readonly number[]) => {
    const { sections } = await manifest();
    const files = flatten(sections.map((section) => wanted(section).map((one) => titlesIn(section, one))));
    const titles = new Map<number, Title>();
    for (const found of await Promise.all(files)) for (const title of found) titles.set(title.doc, title);
    return titles;
  };

  const candidates = async (query: Query) => {
    const sounds = await known();
    const titles = await titlesOf((section) => filesFor(query, sounds, section.titles));
    return Array.from(titles.values());
  };

  const urgent = async (query: Query) => {
    const syllableOf = await syllables();
    const groups = urgentFor(query, (await manifest()).urgent, syllableOf);
    const files = Array.from(new Set(groups.map((group) => group.file)));
    const rows = await Promise.all(
      files.map((name) => once(name, async () => (await readFile(name, false)) as TitleRow[])),
    );
    const rowOf = new Map(flatten(rows).map((row) => [row[0], row]));
    return flatten(groups.map(({ docs }) => docs)).map((doc) =>
      readTitle(rowOf.get(doc) as TitleRow, syllableOf),
    );
  };

  const urgentDocs = () =>
    once('urgentDocs', async () => new Set(flatten((await manifest()).urgent.map(({ docs }) => docs))));

  const sayings = () =>
    once('said', async () => {
      const [said, syllableOf] = await Promise.all([file<SayingsFile>('sayings'), syllables()]);
      const isNumbered = said.rows.some((row) => typeof row === 'number');
      const titleOf = isNumbered ? await titlesOf(() => [0]) : new Map<number, Title>();
      const titles = said.rows.map((row) =>
        typeof row === 'number' ? (titleOf.get(row) as Title) : readTitle(row, syllableOf),
      );
      return readSayings(said, titles);
    });

  return {
    manifest,
    characters,
    candidates,
    urgent,
    urgentDocs,
    sayings,
    facets: () => file<FacetsFile>('facets'),
    days: () => file<DayRow[]>('days'),
    mending: () => file<MendingFile>('mending'),
    led: async (query) => ledBy(query, await sayings()),
  };
}
