import { join } from 'node:path';
import { codeVersion } from '../../runtime/code-version.ts';
import { readKept, writeKept } from '../../runtime/kept-file.ts';
import { currentContent } from '../../store/index.ts';
import { type DocumentDay, daysNamed } from '../day-index.ts';
import { normalize, runsOf } from '../text.ts';
import type { SearchRecord } from './record.ts';
import { rareCharacters } from './tables.ts';

/**
 * What the texts of the records hold that the title index tells: the days that they name and their words. Kept in
 * `cacheDir/search-texts.json` by the version of the record: reading ten thousand texts takes many seconds.
 */
export interface TextReading {
  days: DocumentDay[];
  /** Words of two to four Han characters, each once. */
  words: string[];
  /** Its characters that are not among the most common ones, simplified. */
  rare: string;
}

const keptFile = () => join(currentContent().cacheDir, 'search-texts.json');

let known: Map<string, TextReading> | undefined;

function read(): Map<string, TextReading> {
  const bytes = readKept(keptFile());
  const kept = bytes && JSON.parse(bytes.toString());
  return new Map(kept?.version === codeVersion() ? kept.texts : []);
}

/** The reading of each record, in their order. */
export function readTexts(records: readonly SearchRecord[]): TextReading[] {
  const before = known ?? read();
  const now = new Map<string, TextReading>();
  for (const record of records)
    now.set(record.version, before.get(record.version) ?? readingOf(`${record.title}\n${record.text}`));
  known = now;
  if (now.size !== before.size || [...now.keys()].some((version) => !before.has(version)))
    writeKept(keptFile(), JSON.stringify({ version: codeVersion(), texts: [...now] }));
  return records.map(({ version }) => now.get(version) as TextReading);
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

const WORD = /^\p{Script=Han}{2,4}$/u;

function readingOf(text: string): TextReading {
  const words = new Set<string>();
  for (const run of runsOf(normalize(text)))
    for (const { segment } of segmenter.segment(run)) if (WORD.test(segment)) words.add(segment);
  return { days: daysNamed(text.normalize('NFKC')), words: [...words], rare: rareCharacters(text) };
}
