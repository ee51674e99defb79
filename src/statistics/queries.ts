import { today } from '../calendar/today.ts';
import { entries, itemsOf, siteSettings } from '../queries/index.ts';
import { once } from '../runtime/current.ts';
import { absolute } from '../ui/address.ts';
import { countyAddress, licenseAddress, publisher, type Schema } from '../ui/schema.ts';
import { typeNamed } from '../types/index.ts';
import { figureText } from './figures.ts';
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

/** Years that have figures, latest first. */
export const statisticYears = async (): Promise<number[]> => yearsWithFigures(await yearRecords());

/** Years that have a page: those with figures, those between them, and the running one, latest first. */
export async function yearsWithPage(): Promise<number[]> {
  const running = Number(today().slice(0, 4));
  const years = [running, ...(await statisticYears())];
  const last = Math.max(...years);
  return Array.from({ length: last - Math.min(...years) + 1 }, (_, index) => last - index);
}

/** All figures of a year. */
export const figuresOfYear = async (year: number): Promise<Figure[]> =>
  figuresOf(await yearRecords(), { year });

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

/** A figure in two: what qualifies it, 「不少于约」, and the amount, 「1,800 份」, 「1,278 或 1,283 人」, 「未载」. */
export function valueParts(figure: Figure): { qualifier: string; amount: string } {
  const { value, unit, approximate, incomplete, conflict } = figure;
  if (value === undefined && conflict.length > 0)
    return {
      qualifier: '',
      amount: `${conflict.map((one) => one.toLocaleString('zh-CN')).join(' 或 ')} ${UNITS[unit]}`,
    };
  if (isNotAdded(figure)) return { qualifier: '', amount: NOT_ADDED };
  const qualifier = value === undefined ? '' : `${incomplete ? '不少于' : ''}${approximate ? '约' : ''}`;
  return { qualifier, amount: figureText(value, unit) };
}

/** A figure as a reader sees it: 「不少于约 1,800 份」, 「1,278 或 1,283 人」, 「未载」. */
export function valueText(figure: Figure): string {
  const { qualifier, amount } = valueParts(figure);
  return qualifier ? `${qualifier} ${amount}` : amount;
}

/** No entry has a value, and nothing was reported: 「未载」. */
export const isBlank = (figure: Figure): boolean =>
  figure.value === undefined && figure.conflict.length === 0 && !isNotAdded(figure);

/** How many entries a figure was made of: 「4 笔记录，其中 2 笔未载，1 笔填报」. */
export function originText(figure: Figure): string {
  const parts = figure.parts.filter(hasPage);
  const blank = parts.filter(({ value }) => value === undefined).length;
  const origin = [
    parts.length > 0 && `${parts.length} 笔记录${blank > 0 ? `，其中 ${blank} 笔未载` : ''}`,
    figure.snapshots.length > 0 && `${figure.snapshots.length} 笔填报`,
  ];
  return origin.filter(Boolean).join('，');
}

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

/** Parts that come from an entry with a page: the rest are figures typed by hand. */
export const hasPage = (part: Part): boolean => addressOfPart(part) !== undefined;

const FORMATS = {
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A year's figures as schema.org Dataset. */
export const datasetSchema = (year: number): Schema => ({
  '@type': 'Dataset',
  name: `${siteSettings().county}${year}年科普工作数据`,
  description: `${siteSettings().association}${year}年办的科普活动、大篷车站次、科普阵地、基地、队伍和荣誉的数字，由每一次活动的记录加总，列出每一笔的来处，没有记录的空着。`,
  url: absolute(`/statistics/${year}/`),
  license: licenseAddress(),
  isAccessibleForFree: true,
  inLanguage: 'zh-CN',
  keywords: ['科学普及', '科协', siteSettings().county],
  temporalCoverage: String(year),
  spatialCoverage: { '@type': 'Place', name: siteSettings().county, address: countyAddress(undefined) },
  includedInDataCatalog: { '@type': 'DataCatalog', name: '开放数据', url: absolute('/open-data/') },
  creator: publisher(),
  publisher: publisher(),
  distribution: Object.entries(FORMATS).map(([extension, encodingFormat]) => ({
    '@type': 'DataDownload',
    encodingFormat,
    contentUrl: absolute(`/api/statistics/${year}.${extension}`),
  })),
});
