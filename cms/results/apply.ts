import { EVENT_STATES } from '../../src/calendar/states.ts';
import { type Indicator, readFigure } from './figure.ts';
import {
  type Data,
  groupsIn,
  isBlank,
  keysOf,
  type PhotoRow,
  type ResultRow,
  type ResultsForm,
} from './form.ts';

/** What a filled-in form makes of an entry. */

/** Messages by control: `state`, `row-2-value`, `photo-0-alt`. */
export type Faults = Record<string, string>;

export interface Applied {
  data: Data;
  faults: Faults;
  /** For each of the entry's results the row that it comes from; undefined for one that the form did not hold. */
  rowOf: (number | undefined)[];
}

export interface ApplyContext {
  indicators: ReadonlyMap<string, Indicator>;
  /** Evidence for the figures of this form that have none of their own. */
  evidence: string;
  /** Current local time, `YYYY-MM-DDTHH:mm`. */
  now: string;
}

/** An entry's data with what the form says; fields that it does not hold stay as they are. */
export function applyForm(former: Readonly<Data>, form: ResultsForm, context: ApplyContext): Applied {
  const faults: Faults = {};
  const { results, rowOf } = resultsOf(groupsIn(former.results), form.rows, context, faults);
  const data: Data = {
    ...former,
    state: form.state,
    changeReason: form.changeReason,
    sessions: countOf('sessions', form, 1, faults),
    platform: form.platform,
    uploads: countOf('uploads', form, 0, faults),
    photoConsent: form.photoConsent,
    results,
    photos: photosOf(groupsIn(former.photos), form.photos),
  };
  for (const [name, value] of Object.entries(data))
    if (
      value === '' ||
      value === undefined ||
      (Array.isArray(value) && value.length === 0 && !(name in former))
    )
      delete data[name];
  explainState(former, form, context, faults);
  if (form.photos.length > 0 && !form.photoConsent)
    faults.photoConsent = '有照片就要选一项；有十四周岁以下儿童的照片，必须有监护人同意';
  return { data, faults, rowOf };
}

/** A number of sessions. */
function countOf(
  name: 'sessions' | 'uploads',
  form: ResultsForm,
  min: number,
  faults: Faults,
): number | string {
  const typed = form[name];
  if (!typed) return '';
  const read = readFigure(typed, 'session');
  if ('value' in read && read.value >= min) return read.value;
  faults[name] = 'problem' in read ? read.problem : '至少是 1 场；没有办的选「取消」';
  return typed;
}

function explainState(
  former: Data,
  { state, changeReason, rows }: ResultsForm,
  { now }: ApplyContext,
  faults: Faults,
) {
  const start = String(former.start ?? '');
  const hasFigures = rows.some(({ value }) => value !== '');
  if (!state || !(state in EVENT_STATES)) faults.state = '请选一项';
  else if (state === 'completed' && start > now.slice(0, start.length))
    faults.state = `还没有到开始的时间（${start.replace('T', ' ')}），不能选「完成」`;
  else if (state === 'cancelled' && hasFigures)
    faults.state = '填了成果的数，就不是取消：办了的请选「完成」，没有办的请把数删去';
  else if (state !== 'completed' && hasFigures) faults.state = '填了成果的数，请选「完成」';
  if (state === 'cancelled' && !changeReason) faults.changeReason = '取消要写明原因，网站上会公开显示';
}

function resultsOf(
  former: readonly Data[],
  rows: readonly ResultRow[],
  context: ApplyContext,
  faults: Faults,
): { results: Data[]; rowOf: Applied['rowOf'] } {
  const keys = keysOf(former);
  const numberOf = new Map(rows.map(({ key }, number) => [key, number]));
  const kept = former.flatMap((result, index): [Data, number | undefined][] => {
    const number = numberOf.get(keys[index] as string);
    const row = number === undefined ? undefined : rows[number];
    if (!row) return [[result, undefined]];
    return isBlank(row) && !isUnchanged(result, row)
      ? []
      : [[resultOf(result, row, number as number, context, faults), number]];
  });
  const added = rows.flatMap((row, number): [Data, number][] => {
    if (keys.includes(row.key)) return [];
    if (isBlank(row)) {
      if (row.approximate || row.method)
        faults[`row-${number}-value`] = '没有写数：请写数，或者把后面选的去掉';
      return [];
    }
    return [[resultOf({}, row, number, context, faults), number]];
  });
  const all = [...kept, ...added];
  explainDuplicates(all, faults);
  return { results: all.map(([result]) => result), rowOf: all.map(([, number]) => number) };
}

const FIELDS = ['item', 'evidence', 'method'] as const;

/** Whether a row says the same as the result that it was made from. */
const isUnchanged = (result: Data, row: ResultRow) =>
  String(result.value ?? '') === row.value &&
  (result.approximate === true) === row.approximate &&
  FIELDS.every((field) => String(result[field] ?? '') === row[field]);

/** A result with what its row says; keys that the form does not show stay. */
function resultOf(
  former: Data,
  row: ResultRow,
  number: number,
  { indicators, evidence }: ApplyContext,
  faults: Faults,
): Data {
  if (isUnchanged(former, row)) return former;
  const indicator = indicators.get(row.indicator);
  if (!indicator)
    faults[`row-${number}-indicator`] = row.indicator
      ? `指标词典里没有「${row.indicator}」，请另选一项`
      : '请选这个数是哪一项';
  const read = row.value && indicator ? readFigure(row.value, indicator.unit) : undefined;
  if (read && 'problem' in read) faults[`row-${number}-value`] = read.problem;
  const value = read && 'value' in read ? read.value : row.value || undefined;
  const isRough = row.approximate || (read && 'value' in read && read.approximate);
  const result: Data = {
    ...former,
    indicator: row.indicator,
    value,
    approximate: isRough || undefined,
    method: row.method,
    item: row.item,
    evidence: row.evidence || (row.value ? evidence : ''),
  };
  for (const [name, one] of Object.entries(result)) if (one === undefined || one === '') delete result[name];
  return result;
}

/** The same indicator twice without an item that tells which is which would be counted twice. */
function explainDuplicates(all: readonly (readonly [Data, number | undefined])[], faults: Faults): void {
  const seen = new Set<string>();
  for (const [{ indicator, item = '' }, number] of all) {
    const name = JSON.stringify([indicator, item]);
    if (seen.has(name) && number !== undefined)
      faults[`row-${number}-item`] ??= '和上面一项是同一个指标：请合成一项，或在「细目」里写明两笔分别是什么';
    seen.add(name);
  }
}

const photosOf = (former: readonly Data[], photos: readonly PhotoRow[]): Data[] =>
  photos.map(({ src, alt, license, caption }) => {
    const old = former.find((photo) => photo.src === src);
    const photo: Data = { ...old, src, alt, license, caption };
    if (!caption) delete photo.caption;
    return photo;
  });
