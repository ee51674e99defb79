import {
  type Figure,
  figureOfIndicator,
  type Indicator,
  type Part,
  sumOf,
  unknownFacets,
} from '../../statistics/index.ts';
import type { Doubt, NoteSource } from '../document.ts';
import { type Material, type ReportRecord, sourceOf } from '../material.ts';
import { type Amount, amountText, moneyText } from './numbers.ts';
import type { Scope } from './scope.ts';

/** A figure of the report with where it comes from. */
export interface Quantity extends Amount {
  /** Id of the indicator, or the word for what is counted. */
  id: string;
  name: string;
  sources: NoteSource[];
  /** What its parts count, where all say the same. */
  item: string | undefined;
  /** What the records disagree about. */
  doubt?: Doubt | undefined;
}

const METHODS = { measured: '实测', estimated: '估计' } as const;

const idOf = ({ collection, id }: { collection: string; id: string }) => `${collection}/${id}`;

/** What a record says: 「340面，实测」, 「资料、手提袋合计：5万份，估计」, 「未填」. */
function detailOf(
  { value, stated, approximate, method, item, entry }: Part,
  { unit, derived }: Indicator,
): string {
  const whole = stated ?? value;
  const amount = amountText({ value: whole, unit, approximate, incomplete: false, conflict: [] }) ?? '未填';
  const said = [
    item && `${item}：${amount}`,
    !item && amount,
    // Entries are counted, not measured.
    whole !== undefined && derived === undefined && method && METHODS[method],
  ];
  if (entry.collection === 'statistics') {
    const { date, source } = entry.data as { date: string; source: string };
    said.push(`截至${date}`, source && `出处：${source}`);
  }
  return said.filter(Boolean).join('，');
}

function sourcesOf(parts: readonly Part[], indicator: Indicator, material: Material): NoteSource[] {
  return parts.map((part) => ({
    ...sourceOf(material, part.entry as ReportRecord),
    detail: detailOf(part, indicator),
  }));
}

/** Items that agree, without what is not on record. */
function itemOf(parts: readonly Part[]): string | undefined {
  const items = new Set(parts.map(({ item }) => item));
  const [item] = items;
  return items.size === 1 && item !== undefined && !/未载|\d/.test(item) ? item : undefined;
}

/** Where a scope holds a campaign and none of its events, the campaign's own figure counts, not what they leave over. */
function asStated(parts: readonly Part[], scope: Scope): Part[] {
  const hasMembers = scope.records.some(({ collection }) => collection !== 'campaigns');
  return hasMembers ? [...parts] : parts.map((part) => ({ ...part, value: part.stated ?? part.value }));
}

/** Everything that was typed by hand and is not already a part. */
function snapshotParts({ snapshots, parts }: Figure): Part[] {
  const known = new Set(parts.map(({ entry }) => entry));
  return snapshots
    .filter((entry) => !known.has(entry))
    .map((entry) => ({
      entry,
      value: entry.data.value,
      approximate: entry.data.approximate ?? false,
      method: undefined,
      item: undefined,
      facets: unknownFacets(),
    }));
}

function doubtOf(figure: Figure, sources: NoteSource[]): Doubt | undefined {
  const { conflict, indicator, unit } = figure;
  if (conflict.length === 0) return undefined;
  const values = conflict
    .map((value) => amountText({ value, unit, approximate: false, incomplete: false, conflict: [] }))
    .join('、');
  const notes = figure.snapshots.flatMap(({ data }) => data.note ?? []);
  return {
    title: indicator.name,
    text: `记载不一致：${values}。请核实后改正其中一处${notes.length > 0 ? `。记录里的说明：${notes.join('')}` : ''}`,
    sources,
  };
}

/** What an indicator comes to within a scope; undefined when none of its records mentions it. */
export function indicatorQuantity(material: Material, indicator: string, scope: Scope): Quantity | undefined {
  const { records, year } = material;
  const figure = figureOfIndicator(records, indicator, { year });
  if (!figure) return undefined;
  const { indicator: about, unit } = figure;
  if (scope.isYear) {
    const sources = sourcesOf([...figure.parts, ...snapshotParts(figure)], about, material);
    return {
      ...figure,
      id: about.id,
      name: about.name,
      sources,
      item: itemOf(figure.parts),
      doubt: doubtOf(figure, sources),
    };
  }
  const within = new Set(scope.records.map(idOf));
  const parts = asStated(
    figure.parts.filter(({ entry }) => within.has(idOf(entry))),
    scope,
  );
  if (parts.length === 0) return undefined;
  const total = sumOf(about, parts);
  const sources = sourcesOf(parts, about, material);
  const [campaign] = scope.campaigns;
  const whole =
    campaign && scope.campaigns.length === 1 && !scope.strand
      ? figureOfIndicator(records, indicator, { year, campaign: campaign.id })
      : undefined;
  const doubt = whole && doubtOf(whole, sources);
  return {
    ...total,
    unit,
    conflict: doubt ? (whole?.conflict ?? []) : [],
    id: about.id,
    name: about.name,
    sources,
    item: itemOf(parts),
    doubt,
  };
}

/** How many the records stand for, each by its own number. */
export function countQuantity(material: Material, records: readonly ReportRecord[]): Quantity {
  const counted = records.map((record) => ({ record, value: quantityOf(record) }));
  return {
    id: 'count',
    name: '数量',
    value: counted.reduce((total, { value }) => total + value, 0),
    unit: 'count',
    approximate: false,
    incomplete: false,
    conflict: [],
    item: undefined,
    sources: counted.map(({ record, value }) => ({
      ...sourceOf(material, record),
      detail: value === 1 ? '' : `数量${value}`,
    })),
  };
}

/** How many things a record stands for. */
export const quantityOf = ({ data }: ReportRecord): number =>
  ('quantity' in data ? data.quantity : undefined) ?? ('sessions' in data ? data.sessions : undefined) ?? 1;

/** What the facilities among the records cost; one whose cost is part of another's adds nothing. */
export function investmentQuantity(material: Material, records: readonly ReportRecord[]): Quantity {
  const costs = records.flatMap((record) =>
    record.collection === 'facilities' && record.data.investmentIn === undefined
      ? [{ record, value: record.data.investment }]
      : [],
  );
  const known = costs.flatMap(({ value }) => value ?? []);
  return {
    id: 'investment',
    name: '投资',
    value: known.length > 0 ? known.reduce((total, value) => total + value, 0) : undefined,
    unit: 'yuan',
    approximate: false,
    incomplete: known.length < costs.length,
    conflict: [],
    item: undefined,
    sources: costs.map(({ record, value }) => ({
      ...sourceOf(material, record),
      detail: value === undefined ? '投资未填' : `投资${moneyText(value)}`,
    })),
  };
}
