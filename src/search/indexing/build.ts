import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentContent } from '../../store/index.ts';
import { synonyms } from '../../types/site.ts';
import { dayRows } from '../day-index.ts';
import { packFacets } from '../facets.ts';
import { TEXT_FOLDER, type TextSection } from '../fulltext/sections.ts';
import type { SearchRecord } from './record.ts';
import { facetOrder, searchRecords } from './records.ts';
import { mendingFile } from './mending.ts';
import { sayingsFile } from './sayings.ts';
import { writeFullText } from './full-text.ts';
import { readTexts } from './texts.ts';
import { readTitles, type TitleReading } from './title-readings.ts';
import { type Manifest, packShards } from '../shards.ts';
import type { TitleRow } from '../title-row.ts';
import { urgentRows } from './urgent.ts';

/** Folder of the title index in the built site. */
export const TITLES_FOLDER = 'search/index';

/** A site whose titles take no more than this has one file of them. In UTF-16 units of JSON. */
const ONE_FILE_UNITS = 45_000;

/** Size of a file of titles on larger sites, in the same unit. */
const SHARD_UNITS = 8_000;

/**
 * Writes everything that search needs into a built site: the full-text index to `search/text/`, the title index to
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
 * Writes the title index of a built site, its character table and the facets; see `shards.ts`.
 *
 * @param text what the full-text index is put together from
 */
export function writeTitleIndex(
  outDir: string,
  records: readonly SearchRecord[],
  text: readonly TextSection[] = [],
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

  const kinds = [...new Set(records.map(({ kind }) => kind))];
  const texts = readTexts(records);
  const { readings, tables } = readTitles(
    records.map(({ title }) => title),
    texts.map(({ rare }) => rare).join(''),
  );
  const rows = records.map((record, doc) => titleRow(record, doc, kinds, readings[doc] as TitleReading));
  const { shards, counts } = packShards(rows, ONE_FILE_UNITS, SHARD_UNITS);
  const rowOf = (address: string) => rows[records.findIndex((record) => record.address === address)]?.row;
  const groups = currentContent()
    .list(synonyms)
    .items.map(({ words }) => words);
  const sayings = sayingsFile(rowOf, shards.length === 1);
  const spoken = [...groups.flat(), ...sayings.sayings.flatMap(([words]) => words.join('…').split('…'))];
  const manifest: Manifest = {
    syllables: write('syllables', tables.syllables),
    traditional: write('traditional', tables.traditional),
    facets: write(
      'facets',
      packFacets(
        records.map(({ facets }) => facets),
        facetOrder(records),
      ),
    ),
    kinds,
    synonyms: groups,
    urgent: urgentRows(rowOf),
    sayings: write('sayings', sayings),
    days: write('days', dayRows(records.map(({ days = [] }, doc) => [...days, ...(texts[doc]?.days ?? [])]))),
    mending: write('mending', mendingFile(records, texts, spoken)),
    shards: shards.map(({ first, rows: held }) => ({ first, file: write('titles', held) })),
    counts,
    text,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

function titleRow(
  { title, address, kind }: SearchRecord,
  doc: number,
  kinds: readonly string[],
  { unusual, keys }: TitleReading,
) {
  const row: TitleRow = [doc, title, address, kinds.indexOf(kind)];
  if (unusual) row.push(unusual);
  return { row, keys };
}
