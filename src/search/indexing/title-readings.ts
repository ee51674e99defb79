import { join } from 'node:path';
import { currentContent } from '../../store/index.ts';
import { codeVersion } from '../../runtime/code-version.ts';
import { readKept, writeKept } from '../../runtime/kept-file.ts';
import { keysOf } from '../shards.ts';
import { type CharacterTables, characterTables, charactersOf, readingsOf, usualSyllable } from './tables.ts';
import { titleChars, type TitleRow } from '../title-row.ts';
import type { SearchRecord } from './record.ts';

/**
 * Readings and words of titles, kept in `cacheDir/search-titles.json`: working them out takes a fifth of a millisecond a
 * title, two seconds of every publish of ten thousand.
 */

/** What the title index stores with a title. */
export interface TitleReading {
  /** `position:syllable` where the title asks for another reading than the usual one; empty when nowhere. */
  unusual: string;
  /** The keys that it is filed under, see `shards.ts`. */
  keys: string[];
}

interface Known {
  titles: Map<string, TitleReading>;
  /** The tables of one set of characters. */
  tables: { characters: string; made: CharacterTables } | undefined;
  /** How many titles the file holds. */
  kept: number;
}

const keptFile = () => join(currentContent().cacheDir, 'search-titles.json');

let known: Known | undefined;

/** Takes what is kept into memory. */
export function recallTitles(): void {
  known ??= read();
}

function read(): Known {
  const bytes = readKept(keptFile());
  const kept = bytes && JSON.parse(bytes.toString());
  if (kept?.version === codeVersion())
    return { titles: new Map(kept.titles), tables: kept.tables, kept: kept.titles.length };
  return { titles: new Map(), tables: undefined, kept: 0 };
}

/**
 * What the index says of each title, in their order, and the tables of all their characters. What is new is kept, and
 * what no title asks for any more is dropped.
 *
 * @param others more characters that the tables are about: those of the texts
 */
export function readTitles(
  titles: readonly string[],
  others = '',
): { readings: TitleReading[]; tables: CharacterTables } {
  const { titles: before, tables: made, kept } = known ?? read();
  const now = new Map(titles.map((title) => [title, before.get(title) ?? readingOf(title)]));
  const characters = charactersOf([...titles, others]).join('');
  const tables = made?.characters === characters ? made.made : characterTables([...titles, others]);
  known = { titles: now, tables: { characters, made: tables }, kept: now.size };
  if (
    tables !== made?.made ||
    now.size !== kept ||
    before.size !== kept ||
    [...now.keys()].some((title) => !before.has(title))
  )
    keep(known);
  return { readings: titles.map((title) => now.get(title) as TitleReading), tables };
}

function keep({ titles, tables }: Known): void {
  writeKept(keptFile(), JSON.stringify({ version: codeVersion(), titles: [...titles], tables }));
}

/** The readings of these titles alone; `readTitles` keeps them when it is their turn. */
export function readSomeTitles(titles: readonly string[]): TitleReading[] {
  known ??= read();
  const { titles: before } = known;
  return titles.map((title) => {
    const reading = before.get(title) ?? readingOf(title);
    before.set(title, reading);
    return reading;
  });
}

/** A record's row in a file of titles. */
export function rowOfRecord(
  { title, address, kind }: Pick<SearchRecord, 'title' | 'address' | 'kind'>,
  doc: number,
  reading: TitleReading | undefined,
): TitleRow {
  const row: TitleRow = [doc, title, address, kind];
  if (reading?.unusual) row.push(reading.unusual);
  return row;
}

function readingOf(title: string): TitleReading {
  const chars = titleChars(title);
  const syllables = readingsOf(chars);
  const unusual = syllables.flatMap((syllable, position) =>
    syllable && syllable !== usualSyllable(chars[position] as string) ? `${position}:${syllable}` : [],
  );
  const starts = wordStarts(chars);
  const keys = keysOf(chars, syllables, starts);
  // What is typed in characters is looked up by their usual readings, pinyin as it is spoken.
  const usual = unusual.length > 0 ? keysOf(chars, chars.map(usualSyllable), starts) : [];
  return { unusual: unusual.join(' '), keys: [...new Set([...keys, ...usual])] };
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordStarts(chars: readonly string[]): number[] {
  const starts: number[] = [];
  let position = 0;
  for (const { segment } of segmenter.segment(chars.join(''))) {
    starts.push(position);
    position += Array.from(segment).length;
  }
  return starts;
}
