import { join } from 'node:path';
import { codeVersion } from '../../runtime/code-version.ts';
import { readKept, writeKept } from '../../runtime/kept-file.ts';
import { currentContent } from '../../store/index.ts';
import { type DocumentDay, daysNamed } from '../day-index.ts';
import { normalize } from '../text.ts';
import type { SearchRecord } from './record.ts';
import { rareCharacters } from './tables.ts';

/** What the text of a record holds that the title index tells: the days that it names and its words. */
export interface TextReading {
  days: DocumentDay[];
  /** Words of two to four Han characters, each once, with spaces between them. */
  words: string;
  /** Its characters that are not among the most common ones, simplified. */
  rare: string;
}

/** The readings of all records in their order, and how many of the records have each word. */
export interface TextReadings {
  readings: readonly TextReading[];
  counts: ReadonlyMap<string, number>;
}

/**
 * Readings by the version of the record. Kept in files of `cacheDir/search-texts`, each with the records whose version
 * begins with the same character: reading ten thousand texts takes seconds, and writing all readings half of one.
 */
interface Known {
  readings: Map<string, TextReading>;
  counts: Map<string, number>;
  /** Which files no longer say what is known. */
  changed: Set<string>;
}

const VERSION_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Names of files do not tell capitals apart on every system. */
const keptFile = (first: string) =>
  join(currentContent().cacheDir, 'search-texts', `${first.charCodeAt(0).toString(16)}.json`);

const fileOf = (version: string) => {
  const first = version.charAt(0);
  return VERSION_CHARACTERS.includes(first) ? first : '_';
};

let known: Known | undefined;
let knownFolder = '';

/** Takes what is kept into memory. */
export function recallTexts(): Known {
  const { cacheDir } = currentContent();
  if (known && knownFolder === cacheDir) return known;
  known = { readings: new Map(), counts: new Map(), changed: new Set() };
  knownFolder = cacheDir;
  for (const first of VERSION_CHARACTERS) {
    const bytes = readKept(keptFile(first));
    const kept = bytes && JSON.parse(bytes.toString());
    if (kept?.version !== codeVersion()) continue;
    for (const [version, reading] of kept.texts as [string, TextReading][]) put(known, version, reading);
  }
  known.changed.clear();
  return known;
}

function put({ readings, counts, changed }: Known, version: string, reading: TextReading): void {
  readings.set(version, reading);
  changed.add(fileOf(version));
  if (reading.words)
    for (const word of reading.words.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
}

function drop({ readings, counts, changed }: Known, version: string): void {
  const reading = readings.get(version);
  readings.delete(version);
  changed.add(fileOf(version));
  for (const word of reading?.words.split(' ') ?? []) {
    const left = (counts.get(word) ?? 0) - 1;
    if (left > 0) counts.set(word, left);
    else counts.delete(word);
  }
}

/**
 * Reads a text that is at hand anyway, for `readTexts` to come.
 *
 * @param text that of the record, which its getter would fetch once more
 */
export function readText({ title, version }: SearchRecord, text: string): void {
  const all = recallTexts();
  if (!all.readings.has(version)) put(all, version, readingOf(`${title}\n${text}`));
}

/** The readings of these records; what is new is kept, and what no record needs any more is dropped. */
export function readTexts(records: readonly SearchRecord[]): TextReadings {
  const all = recallTexts();
  for (const record of records) if (!all.readings.has(record.version)) readText(record, record.text);
  if (all.readings.size > records.length) {
    const needed = new Set(records.map(({ version }) => version));
    for (const version of [...all.readings.keys()]) if (!needed.has(version)) drop(all, version);
  }
  keepChanged(all);
  return {
    readings: records.map(({ version }) => all.readings.get(version) as TextReading),
    counts: all.counts,
  };
}

function keepChanged({ readings, changed }: Known): void {
  if (changed.size === 0) return;
  const texts = new Map([...changed].map((first): [string, unknown[]] => [first, []]));
  for (const [version, reading] of readings) texts.get(fileOf(version))?.push([version, reading]);
  for (const [first, kept] of texts)
    writeKept(keptFile(first), JSON.stringify({ version: codeVersion(), texts: kept }));
  changed.clear();
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

const RUN = /\p{Script=Han}{2,}/gu;
const WORD = /^\p{Script=Han}{2,4}$/u;

function readingOf(text: string): TextReading {
  const words = new Set<string>();
  // All runs at once: setting the segmenter to a text takes longer than a sentence does.
  const runs = (normalize(text).match(RUN) ?? []).join(' ');
  for (const { segment } of segmenter.segment(runs))
    if (segment.length > 1 && WORD.test(segment)) words.add(segment);
  return {
    days: daysNamed(text.normalize('NFKC')),
    words: [...words].join(' '),
    rare: rareCharacters(text),
  };
}
