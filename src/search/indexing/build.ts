import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentContent } from '../../store/index.ts';
import { synonyms } from '../../types/site.ts';
import { dayRows } from '../day-index.ts';
import { packFacets } from '../facets.ts';
import { TEXT_FOLDER, type TextSection } from '../fulltext/sections.ts';
import { writeFullText } from './full-text.ts';
import type { SearchRecord } from './record.ts';
import { facetOrder, searchRecords } from './records.ts';
import { mendingFile } from './mending.ts';
import { sayingsFile } from './sayings.ts';
import { readTexts } from './texts.ts';
import { readTitles, rowOfRecord } from './title-readings.ts';
import type { Manifest } from '../shards.ts';
import { urgentGroups } from './urgent.ts';

/** Folder of what else search needs in the built site: characters, facets, days, what people say. */
export const TITLES_FOLDER = 'search/index';

/** So many pages for emergencies have one file of their titles; of more, those of each kind have their own. */
const URGENT_TOGETHER = 40;

/**
 * Writes everything that search needs into a built site: titles and full text to `search/text/`, the rest to
 * `search/index/`.
 *
 * @param outDir the built site
 * @param records what can be found, in the order that numbers the documents
 */
export async function buildSearch(
  outDir: string,
  records: readonly SearchRecord[] = searchRecords(),
): Promise<void> {
  const folder = join(outDir, TEXT_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const written = writeFullText(folder, records);
  writeTitleIndex(outDir, records, [{ ...written, docs: [[0, records.length]] }]);
}

/**
 * Writes the manifest of the index and what is about all documents: characters, facets, days, what people say.
 *
 * @param sections what titles and full text are put together from
 */
export function writeTitleIndex(
  outDir: string,
  records: readonly SearchRecord[],
  sections: readonly TextSection[],
): void {
  const folder = join(outDir, TITLES_FOLDER);
  // Files are named by content: old ones would never be asked for again.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: unknown) => {
    const json = JSON.stringify(value);
    const file = `${name}-${createHash('sha256').update(json).digest('hex').slice(0, 10)}.json`;
    writeFileSync(join(folder, file), json);
    return file;
  };

  const { readings: texts, counts } = readTexts(records);
  const { readings, tables } = readTitles(
    records.map(({ title }) => title),
    texts.map(({ rare }) => rare).join(''),
  );
  const docs = new Map(records.map(({ address }, doc) => [address, doc]));
  const rowOfDoc = (doc: number) => rowOfRecord(records[doc] as SearchRecord, doc, readings[doc]);
  const rowOf = (address: string) => {
    const doc = docs.get(address);
    return doc === undefined ? undefined : rowOfDoc(doc);
  };
  const synonymous = currentContent()
    .list(synonyms)
    .items.map(({ words }) => words);
  const sayings = sayingsFile(
    rowOf,
    sections.every(({ titles }) => titles === 1),
  );
  const spoken = [...synonymous.flat(), ...sayings.sayings.flatMap(([words]) => words.join('…').split('…'))];
  const groups = urgentGroups((address) => docs.get(address));
  const rowsOf = (some: typeof groups) => some.flatMap((group) => group.docs).map(rowOfDoc);
  const together = rowsOf(groups).length <= URGENT_TOGETHER ? write('urgent', rowsOf(groups)) : undefined;
  const urgent = groups.map((group) => ({ ...group, file: together ?? write('urgent', rowsOf([group])) }));
  const labels = records.map(({ facets }) => facets);
  const days = dayRows(records.map(({ days = [] }, doc) => [...days, ...(texts[doc]?.days ?? [])]));
  const manifest: Manifest = {
    syllables: write('syllables', tables.syllables),
    traditional: write('traditional', tables.traditional),
    facets: write('facets', packFacets(labels, facetOrder(records))),
    synonyms: synonymous,
    urgent,
    sayings: write('sayings', sayings),
    days: write('days', days),
    mending: write('mending', mendingFile(records, counts, spoken)),
    sections,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
