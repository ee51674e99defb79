import { caravan } from '../types/caravan.ts';
import { campaigns } from '../types/campaigns.ts';
import { events } from '../types/events.ts';
import { SOURCE_TYPES, type YearRecords } from '../statistics/index.ts';
import { indicators, statistics } from '../types/statistics.ts';
import type { Content } from '../store/index.ts';
import type { z } from 'zod';
import type { CheckedFile, Corpus } from './corpus.ts';

/** Figures as the rules compare them: every typed value with its indicator, its year and its place in a file. */

export type Indicator = z.output<typeof indicators.item>;

export interface KnownFigure {
  indicator: string;
  value: number;
  approximate: boolean;
  year: number;
  checked: CheckedFile;
  /** Path of the value in the file's data. */
  path: PropertyKey[];
}

interface Result {
  indicator: string;
  value?: number | undefined;
  approximate?: boolean | undefined;
  item?: string | undefined;
  evidence?: string | undefined;
}

const WITH_RESULTS: ReadonlySet<string> = new Set([events.name, caravan.name, campaigns.name]);

/** The results of an event, a stop or a campaign; none for other files, nor where they have errors. */
export function resultsOf({ kind, data }: CheckedFile): Result[] {
  if (!WITH_RESULTS.has(kind) || !Array.isArray(data.results)) return [];
  return data.results.filter(
    (result): result is Result => typeof (result as Result | null)?.indicator === 'string',
  );
}

const yearOf = ({ data }: CheckedFile) =>
  Number(data.year ?? String(data.start ?? data.date ?? '').slice(0, 4));

/** All figures that count: those of what was cancelled do not. */
export function figuresIn({ files }: Pick<Corpus, 'files'>): KnownFigure[] {
  return files.flatMap((checked): KnownFigure[] => {
    const { kind, data } = checked;
    const year = yearOf(checked);
    const figure = (result: Result, path: PropertyKey[]): KnownFigure[] =>
      typeof result.value === 'number'
        ? [
            {
              indicator: result.indicator,
              value: result.value,
              approximate: result.approximate === true,
              year,
              checked,
              path,
            },
          ]
        : [];
    if (kind === statistics.name) return figure(data as unknown as Result, ['value']);
    if (data.state === 'cancelled') return [];
    return resultsOf(checked).flatMap((result, index) => figure(result, ['results', index, 'value']));
  });
}

/** The indicators by id, as they are published. */
export const indicatorsOf = (content: Pick<Content, 'list'>): ReadonlyMap<string, Indicator> =>
  new Map(content.list(indicators).items.map((item) => [item.id, item]));

const records = new WeakMap<readonly CheckedFile[], YearRecords>();

/** The corpus as the figures engine takes it; the same object for the same files, because figures are kept with it. */
export function yearRecordsOf({ files, content }: Pick<Corpus, 'files' | 'content'>): YearRecords {
  const known = records.get(files);
  if (known) return known;
  const ofTypes = (names: readonly string[]) =>
    files
      .filter(({ kind }) => names.includes(kind))
      .map(({ kind, slug, data }) => ({ id: slug, collection: kind, data }));
  const made: YearRecords = {
    entries: ofTypes(SOURCE_TYPES) as unknown as YearRecords['entries'],
    snapshots: ofTypes([statistics.name]) as unknown as YearRecords['snapshots'],
    dictionary: content.list(indicators).items,
  };
  records.set(files, made);
  return made;
}

/** The file of an entry. */
export const fileOf = (
  { files }: Pick<Corpus, 'files'>,
  { collection, id }: { collection: string; id: string },
): CheckedFile | undefined => files.find(({ kind, slug }) => kind === collection && slug === id);

/** An entry's title in 「」, or its slug. */
export const nameOf = ({ data, slug }: CheckedFile): string =>
  `「${String(data.title ?? data.name ?? slug)}」`;
