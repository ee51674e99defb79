import { type EntryOf, entries, itemsOf, siteSettings } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import { publisher, type Schema } from '../ui/schema.ts';
import { typeNamed } from '../types/index.ts';
import { figureText, NOT_RECORDED } from './figures.ts';
import { indicators, UNITS } from '../types/statistics.ts';
import { type Figure, figuresOf, recordsOfYear, yearsWithFigures } from './year.ts';

/** What statistics pages ask of the content. */

export type YearRecord = EntryOf<'events' | 'caravan' | 'campaigns'>;
export type YearFigure = Figure<YearRecord, EntryOf<'statistics'>>;

const recordsOf = async (): Promise<YearRecord[]> => [
  ...(await entries('campaigns')),
  ...(await entries('events')),
  ...(await entries('caravan')),
];

export const statisticYears = async (): Promise<number[]> =>
  yearsWithFigures(await recordsOf(), await entries('statistics'));

/** All figures of a year. */
export const figuresOfYear = async (year: number): Promise<YearFigure[]> =>
  figuresOf(year, await recordsOf(), await entries('statistics'), itemsOf(indicators));

/** The figures of the latest year in which happenings of a township have results. */
export async function figuresOfTownship(
  township: string,
): Promise<{ year: number; figures: YearFigure[] } | undefined> {
  const own = (await recordsOf()).filter(({ data }) => 'township' in data && data.township === township);
  const [year] = yearsWithFigures(own, []);
  return year === undefined ? undefined : { year, figures: figuresOf(year, own, [], itemsOf(indicators)) };
}

/** Events and stops of a year that were not cancelled. */
export const happeningsOfYear = async (year: number) =>
  recordsOfYear([...(await entries('events')), ...(await entries('caravan'))], year);

/** Site address of the record that a figure comes from. */
export const addressOfRecord = ({ collection, id }: YearRecord): string | undefined =>
  typeNamed(collection)?.address?.(id);

/** A figure as a reader sees it: 「不少于约 1,800 份」, 「1,278 或 1,283 人」, 「未载」. */
export function valueText({ value, unit, approximate, incomplete, conflict }: YearFigure): string {
  if (value === undefined && conflict.length > 0)
    return `${conflict.map((one) => one.toLocaleString('zh-CN')).join(' 或 ')} ${UNITS[unit]}`;
  const text = figureText(value, unit, approximate);
  return incomplete && value !== undefined ? `不少于${approximate ? '' : ' '}${text}` : text;
}

/** The figure alone, for tables that are copied into a spreadsheet: 「1800」, 「1278 或 1283」, 「未载」. */
export const bareValue = ({ value, conflict }: YearFigure): string =>
  value !== undefined ? String(value) : conflict.join(' 或 ') || NOT_RECORDED;

/** What the bare figure leaves unsaid: 「不少于」, 「约」, or nothing. */
export const qualifier = ({ value, approximate, incomplete }: YearFigure): string =>
  value === undefined ? '' : `${incomplete ? '不少于' : ''}${approximate ? '约' : ''}`;

/** A year's figures as open data; absent values are null. */
export const yearJson = (year: number, figures: readonly YearFigure[]) => ({
  year,
  publisher: siteSettings().association,
  page: absolute(`/statistics/${year}/`),
  figures: figures.map((figure) => ({
    indicator: figure.indicator.id,
    name: figure.indicator.name,
    unit: UNITS[figure.unit],
    nature: figure.indicator.nature,
    form: figure.indicator.form ?? null,
    value: figure.value ?? null,
    approximate: figure.approximate,
    incomplete: figure.incomplete,
    conflict: figure.conflict,
    parts: (figure.total?.parts ?? []).map(({ entry, value, approximate, item }) => ({
      title: entry.data.title,
      page: absolute(addressOfRecord(entry) ?? '/'),
      value: value ?? null,
      approximate,
      item: item ?? null,
    })),
    reported: figure.snapshots.map(({ data }) => ({
      title: data.title,
      date: data.date,
      value: data.value ?? null,
      approximate: data.approximate,
      source: data.source,
      note: data.note ?? null,
    })),
  })),
});

/** A year's figures as schema.org Dataset. */
export const datasetSchema = (year: number): Schema => ({
  '@type': 'Dataset',
  name: `${siteSettings().county}${year}年科普工作数据`,
  description: `${siteSettings().association}${year}年科普活动、阵地、队伍的数字，由活动记录加总并列出每一笔来处。`,
  url: absolute(`/statistics/${year}/`),
  temporalCoverage: String(year),
  creator: publisher(),
  distribution: {
    '@type': 'DataDownload',
    encodingFormat: 'application/json',
    contentUrl: absolute(`/api/statistics/${year}.json`),
  },
});
