import type { Indicator } from './figure.ts';

/** What the form 「补成果」 holds: everything as text, as it was typed. */

export interface ResultRow {
  /** Which result of the entry it is, see `keysOf`; empty for a new one. */
  key: string;
  indicator: string;
  value: string;
  approximate: boolean;
  /** 实测 or 估计; empty when it is not known. */
  method: string;
  item: string;
  evidence: string;
}

export interface PhotoRow {
  /** `/uploads/…` */
  src: string;
  alt: string;
  license: string;
  caption: string;
}

export interface ResultsForm {
  state: string;
  changeReason: string;
  sessions: string;
  platform: string;
  uploads: string;
  photoConsent: string;
  rows: ResultRow[];
  photos: PhotoRow[];
}

export type Data = Record<string, unknown>;

/** The fields that hold one value each. */
export const SINGLE_FIELDS = [
  'state',
  'changeReason',
  'sessions',
  'platform',
  'uploads',
  'photoConsent',
] as const;
/** All fields of an entry that the form changes; nothing else of it is touched. */
export const FORM_FIELDS = [...SINGLE_FIELDS, 'results', 'photos'] as const;

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The groups of a list; what is no group is left where it is and not shown. */
export const groupsIn = (value: unknown): Data[] =>
  Array.isArray(value)
    ? value.filter((item): item is Data => typeof item === 'object' && item !== null && !Array.isArray(item))
    : [];

/** A name for each result of an entry that stays the same while others come and go: its indicator, item and number. */
export function keysOf(results: readonly Data[]): string[] {
  const seen = new Map<string, number>();
  return results.map(({ indicator, item }) => {
    const name = `${textOf(indicator)}|${textOf(item)}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name}|${number}`;
  });
}

/** The form of an entry. */
export function formOf(data: Readonly<Data>): ResultsForm {
  const results = groupsIn(data.results);
  const keys = keysOf(results);
  const single = Object.fromEntries(SINGLE_FIELDS.map((name) => [name, textOf(data[name])]));
  return {
    ...(single as Record<(typeof SINGLE_FIELDS)[number], string>),
    rows: results.map((result, index) => ({
      key: keys[index] as string,
      indicator: textOf(result.indicator),
      value: textOf(result.value),
      approximate: result.approximate === true,
      method: textOf(result.method),
      item: textOf(result.item),
      evidence: textOf(result.evidence),
    })),
    photos: groupsIn(data.photos).map(({ src, alt, license, caption }) => ({
      src: textOf(src),
      alt: textOf(alt),
      license: textOf(license),
      caption: textOf(caption),
    })),
  };
}

export const newRow = (indicator = ''): ResultRow => ({
  key: '',
  indicator,
  value: '',
  approximate: false,
  method: '',
  item: '',
  evidence: '',
});

/** Whether a row says nothing: a blank figure is no figure, never 0. */
export const isBlank = ({ value, item, evidence }: ResultRow) => !value && !item && !evidence;

/** The same form with a blank row for each suggested indicator that has none. */
export function withSuggestions(form: ResultsForm, suggested: readonly Indicator[]): ResultsForm {
  const has = new Set(form.rows.map(({ indicator }) => indicator));
  const missing = suggested.filter(({ id }) => !has.has(id)).map(({ id }) => newRow(id));
  return { ...form, rows: [...form.rows, ...missing] };
}
