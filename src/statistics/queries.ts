import { entries, itemsOf, siteSettings } from '../queries/index.ts';
import { once } from '../runtime/current.ts';
import { absolute } from '../ui/address.ts';
import { publisher, type Schema } from '../ui/schema.ts';
import { typeNamed } from '../types/index.ts';
import { figureText, NOT_RECORDED } from './figures.ts';
import { indicators, UNITS } from '../types/statistics.ts';
import { type Figure, figuresOf } from './figure.ts';
import type { Part } from './part.ts';
import { SOURCE_TYPES, type SourceRecord, type YearRecords } from './records.ts';
import { yearsWithFigures } from './years.ts';

/** Queries of the statistics pages. */

/** Everything that figures are made of, read once. */
export const yearRecords = once(async (): Promise<YearRecords> => {
  const read: SourceRecord[][] = await Promise.all(SOURCE_TYPES.map((name) => entries(name)));
  return {
    entries: read.flat(),
    snapshots: await entries('statistics'),
    dictionary: itemsOf(indicators),
  };
});

export const statisticYears = async (): Promise<number[]> => yearsWithFigures(await yearRecords());

/** All figures of a year. */
export const figuresOfYear = async (year: number): Promise<Figure[]> =>
  figuresOf(await yearRecords(), { year });

/** A township's figures of the latest year in which it has any. */
export async function figuresOfTownship(
  township: string,
): Promise<{ year: number; figures: Figure[] } | undefined> {
  const records = await yearRecords();
  return yearsWithFigures(records)
    .map((year) => ({ year, figures: figuresOf(records, { year, township }) }))
    .find(({ figures }) => figures.length > 0);
}

/** Site address of the entry that a part comes from; undefined for a figure typed by hand, which has no page. */
export const addressOfPart = ({ entry }: Part): string | undefined =>
  typeNamed(entry.collection)?.address?.(entry.id);

/** A part in words: 「约 24 场」, or what its entry states and how much of that no other part covers. */
export const partText = ({ value, stated, approximate }: Part, unit: Figure['unit']): string =>
  stated === undefined || stated === value
    ? figureText(value, unit, approximate)
    : `共 ${figureText(stated, unit, approximate)}，其中 ${figureText(value, unit)}没有分到各项`;

/** Values that an indicator's parts have, though they are not added. */
const isNotAdded = ({ value, parts }: Figure) =>
  value === undefined && parts.some((part) => part.value !== undefined);

/** Where adding would count the same people twice: see the parts. */
const NOT_ADDED = '不相加，见各笔';

/** A figure as a reader sees it: 「不少于约 1,800 份」, 「1,278 或 1,283 人」, 「未载」. */
export function valueText(figure: Figure): string {
  const { value, unit, approximate, incomplete, conflict } = figure;
  if (value === undefined && conflict.length > 0)
    return `${conflict.map((one) => one.toLocaleString('zh-CN')).join(' 或 ')} ${UNITS[unit]}`;
  if (isNotAdded(figure)) return NOT_ADDED;
  const text = figureText(value, unit, approximate);
  return incomplete && value !== undefined ? `不少于${approximate ? '' : ' '}${text}` : text;
}

/** The figure alone, for tables that are copied into a spreadsheet: 「1800」, 「1278 或 1283」, 「未载」. */
export const bareValue = (figure: Figure): string =>
  figure.value !== undefined
    ? String(figure.value)
    : figure.conflict.join(' 或 ') || (isNotAdded(figure) ? NOT_ADDED : NOT_RECORDED);

/** How much was measured and how much estimated, where anything was estimated: 「实测 300 份，估计 50,000 份」. */
export function methodText({ method, unit }: Pick<Figure, 'method' | 'unit'>): string | undefined {
  if (method.estimated === 0) return undefined;
  const parts = [
    ['实测', method.measured],
    ['估计', method.estimated],
    ['没有说明', method.unsaid],
  ] as const;
  return parts
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${name} ${figureText(value, unit)}`)
    .join('，');
}

/** What the bare figure leaves unsaid: 「不少于」, 「约」, or nothing. */
export const qualifier = ({ value, approximate, incomplete }: Figure): string =>
  value === undefined ? '' : `${incomplete ? '不少于' : ''}${approximate ? '约' : ''}`;

/** Parts that come from an entry with a page: the rest are figures typed by hand. */
export const hasPage = (part: Part): boolean => addressOfPart(part) !== undefined;

/** A year's figures as open data; absent values are null. */
export const yearJson = (year: number, figures: readonly Figure[]) => ({
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
    method: figure.method,
    parts: figure.parts.filter(hasPage).map((part) => ({
      title: part.entry.data.title,
      page: absolute(addressOfPart(part) ?? '/'),
      value: part.value ?? null,
      stated: part.stated ?? null,
      approximate: part.approximate,
      method: part.method ?? null,
      item: part.item ?? null,
    })),
    reported: figure.snapshots.map(({ data }) => ({
      title: data.title,
      date: data.date ?? null,
      value: data.value ?? null,
      approximate: data.approximate ?? false,
      source: data.source ?? null,
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
