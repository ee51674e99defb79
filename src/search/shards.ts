import type { TextSection } from './fulltext/sections.ts';
import type { Query } from './query.ts';
import { isHan } from './text.ts';
import type { TitleRow } from './title-row.ts';
import type { UrgentRow } from './urgent.ts';

/**
 * The title index is kept in files small enough to fetch while the visitor types. Each title is filed under several
 * keys: the syllables of its characters (`qing`), the first letters of two characters at a word's beginning (`.qz`), the
 * first two letters of other words (`_wi`). Files hold consecutive keys; a small site has one file only.
 */

/** What the browser fetches first. Everything else is named by content, so that it can be cached for ever. */
export interface Manifest {
  /** File of the syllables of characters. */
  syllables: string;
  /** File of the traditional characters. */
  traditional: string;
  /** File of the facets. */
  facets: string;
  /** Labels of kinds; rows name them by index. */
  kinds: string[];
  /** Groups of words that stand for each other. */
  synonyms: string[][];
  /** Pages that lead the answers to whoever is in trouble; missing in the index of an older release. */
  urgent?: UrgentRow[];
  /** File of what people say; missing in the index of an older release, as the next two. */
  sayings?: string;
  /** File of the days of documents. */
  days?: string;
  /** File of the words that mistyped ones were meant to be. */
  mending?: string;
  /** The files, each with its first key, in order of keys. */
  shards: { first: string; file: string }[];
  /** How many titles stand under each key; empty when there is one file only. */
  counts: Record<string, number>;
  /** What the full-text index is put together from; missing in the index of an older release. */
  text?: readonly TextSection[];
}

/** The most files fetched for one query. */
const MAX_SHARDS = 4;

/** Fewest shared syllables to look at: with three, one may be wrong and another too common. */
const MAX_SYLLABLES = 3;

/**
 * The keys that a title is filed under.
 *
 * @param starts positions in `chars` where words begin
 */
export function keysOf(
  chars: readonly string[],
  syllables: readonly (string | undefined)[],
  starts: readonly number[],
): string[] {
  const keys = new Set<string>();
  for (const [index, char] of chars.entries()) {
    const syllable = syllables[index];
    if (syllable) keys.add(syllable);
    else if (!isHan(char)) keys.add(`_${char}${isHan(chars[index + 1] ?? '一') ? '' : chars[index + 1]}`);
  }
  for (const start of starts) {
    const pair = [syllables[start]?.[0] ?? chars[start], syllables[start + 1]?.[0] ?? chars[start + 1]];
    if (pair.every((letter) => letter && /^[a-z]$/.test(letter))) keys.add(`.${pair.join('')}`);
  }
  return Array.from(keys);
}

/** A row of the title index with the keys that it is filed under. */
export interface KeyedRow {
  readonly row: TitleRow;
  readonly keys: readonly string[];
}

/**
 * Packs rows into files of consecutive keys; sizes in UTF-16 units of JSON. Rows that all fit into `whole` go into one
 * file; otherwise each file takes keys until it would pass `limit`, and holds a row once however many keys name it.
 */
export function packShards(rows: readonly KeyedRow[], whole: number, limit: number) {
  const sizes = rows.map(({ row }) => JSON.stringify(row).length + 1);
  if (sizes.reduce((sum, size) => sum + size, 0) <= whole)
    return { shards: [{ first: '', rows: rows.map(({ row }) => row) }], counts: {} };

  const byKey = new Map<string, number[]>();
  for (const [index, { keys }] of rows.entries())
    for (const key of keys) {
      if (!byKey.has(key)) byKey.set(key, []);
      byKey.get(key)?.push(index);
    }
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  const shards: { first: string; held: Set<number>; size: number }[] = [];
  for (const [key, indexes] of sorted) {
    const last = shards[shards.length - 1];
    const added = indexes
      .filter((index) => !last?.held.has(index))
      .reduce((sum, index) => sum + (sizes[index] as number), 0);
    if (last && last.size + added <= limit) {
      for (const index of indexes) last.held.add(index);
      last.size += added;
    } else {
      const size = indexes.reduce((sum, index) => sum + (sizes[index] as number), 0);
      shards.push({ first: key, held: new Set(indexes), size });
    }
  }
  return {
    shards: shards.map(({ first, held }) => ({
      first,
      rows: [...held].sort((a, b) => a - b).map((index) => (rows[index] as KeyedRow).row),
    })),
    counts: Object.fromEntries(sorted.map(([key, indexes]) => [key, indexes.length])),
  };
}

/** The files worth fetching for a query, as indexes of `manifest.shards`; those with the rarest keys. */
export function shardsFor(query: Query, manifest: Manifest): number[] {
  if (manifest.shards.length <= 1) return manifest.shards.map((_, index) => index);
  const files = new Set<number>();
  for (const key of keysFor(query, manifest.counts))
    if (files.size < MAX_SHARDS) files.add(shardOf(key, manifest.shards));
  return Array.from(files);
}

/** The last file whose first key is not after `key`. */
function shardOf(key: string, shards: Manifest['shards']): number {
  let found = 0;
  while (found + 1 < shards.length && (shards[found + 1] as { first: string }).first <= key) found++;
  return found;
}

function keysFor(query: Query, counts: Manifest['counts']): string[] {
  const syllables = query.syllables.filter((syllable): syllable is string => syllable !== undefined);
  const rarest = Array.from(new Set(syllables))
    .filter((key) => counts[key])
    .sort((a, b) => (counts[a] as number) - (counts[b] as number));
  const [letters = ''] = /[a-z0-9]+/.exec(query.chars.join('')) ?? [];
  return [...rarest.slice(0, MAX_SYLLABLES), ...keysOfLetters(letters).filter((key) => counts[key])];

  /** Letters may be pinyin, its first syllable whole (most likely the longest) or half typed, first letters, or a word. */
  function keysOfLetters(typed: string): string[] {
    if (!typed) return [];
    const known = Object.keys(counts);
    const [longest = '', ...shorter] = known
      .filter((key) => typed.startsWith(key))
      .sort((a, b) => b.length - a.length);
    const half = typed.length > 1 ? known.filter((key) => key.startsWith(typed)) : [];
    return [longest, `.${typed.slice(0, 2)}`, `_${typed.slice(0, 2)}`, ...half, ...shorter];
  }
}
