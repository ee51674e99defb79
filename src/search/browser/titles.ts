import { type Characters, NO_CHARACTERS, readSyllables, readTraditional } from '../characters.ts';
import type { DayRow } from '../day-index.ts';
import type { FacetsFile } from '../facets.ts';
import type { MendingFile } from '../mending.ts';
import type { Query } from '../query.ts';
import { isHan } from '../text.ts';
import { type Manifest, shardsFor } from '../shards.ts';
import { type Led, ledBy, readSayings, type Sayings, type SayingsFile } from '../sayings.ts';
import { readTitle, type Title, type TitleRow } from '../title-row.ts';
import { urgentFor } from '../urgent.ts';

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
  mending(): Promise<MendingFile | undefined>;
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

/** Opens the index; nothing is fetched before it is asked for, and nothing twice unless it failed. */
export function openTitleIndex(readFile: ReadFile): TitleIndex {
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
  const table = <Table>(name: 'syllables' | 'traditional', read: (text: string) => Table) =>
    once(name, async () => read((await readFile((await manifest())[name], false)) as string));
  const characters = async (typed: string): Promise<Characters> => {
    const syllableOf = await table('syllables', readSyllables);
    const known = Array.from(typed).every((char) => !isHan(char) || syllableOf.has(char));
    return {
      syllableOf,
      simplifiedOf: known ? NO_CHARACTERS.simplifiedOf : await table('traditional', readTraditional),
    };
  };
  const facets = () =>
    once('facets', async () => (await readFile((await manifest()).facets, false)) as FacetsFile);
  const shard = (index: number) =>
    once(`shard ${index}`, async () => {
      const { shards, kinds } = await manifest();
      const { file } = shards[index] as { file: string };
      const [rows, syllableOf] = await Promise.all([
        readFile(file, false),
        table('syllables', readSyllables),
      ]);
      return (rows as TitleRow[]).map((row) => readTitle(row, kinds, syllableOf));
    });

  const candidates = async (query: Query) => {
    const titles = new Map<number, Title>();
    const shards = await Promise.all(shardsFor(query, await manifest()).map(shard));
    for (const found of shards) for (const title of found) titles.set(title.doc, title);
    return Array.from(titles.values());
  };

  const urgent = async (query: Query) => {
    const { urgent: rows, kinds } = await manifest();
    const { syllableOf } = await characters('');
    return urgentFor(query, rows, syllableOf).map((row) => readTitle(row, kinds, syllableOf));
  };

  const urgentDocs = () =>
    once('urgent', async () => new Set(((await manifest()).urgent ?? []).map(({ row: [doc] }) => doc)));

  // The index of an older release has none of these files.
  const optional = <File>(name: 'sayings' | 'days' | 'mending', absent: File) =>
    once(name, async () => {
      const { [name]: file } = await manifest();
      return file ? ((await readFile(file, false)) as File) : absent;
    });
  const sayings = () =>
    once('said', async () => {
      const file = await optional<SayingsFile>('sayings', { rows: [], sayings: [], meanings: [] });
      const [{ kinds }, { syllableOf }] = await Promise.all([manifest(), characters('')]);
      const numbered = file.rows.some((row) => typeof row === 'number') ? await shard(0) : [];
      const titleOf = new Map(numbered.map((title) => [title.doc, title]));
      const titles = file.rows.map((row) =>
        typeof row === 'number' ? (titleOf.get(row) as Title) : readTitle(row, kinds, syllableOf),
      );
      return readSayings(file, titles);
    });
  const days = () => optional<DayRow[]>('days', []);
  const mending = () => optional<MendingFile | undefined>('mending', undefined);
  const led = async (query: Query) => ledBy(query, await sayings());

  return { manifest, characters, facets, candidates, urgent, urgentDocs, sayings, led, days, mending };
}
