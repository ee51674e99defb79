import { planningWarnings, type PlannedStop, type Reference } from '../../src/caravan/planning/index.ts';
import { readFileParts, writeFile } from '../documents/format.ts';
import { caravan } from '../../src/types/caravan.ts';
import { revise } from '../../src/happenings/changes/revise.ts';
import { labelOf } from '../../src/model/labels.ts';
import { readEntry } from '../../src/model/entry.ts';
import type { Problem } from '../../src/model/problems.ts';
import type { Names, StoredFile } from '../protocol/entries.ts';
import { slugOfPath } from '../documents/slug.ts';
import { type Column, readCell, writeCell } from './columns.ts';
import type { Table } from './reading.ts';
import { freeSlug, type ImportRow, refusal } from './import-row.ts';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** Plans the import of an uploaded sheet into the schedule, row by row. Nothing is saved here. */

export interface ImportContext {
  /** All stops; a draft replaces its published version. */
  stops: readonly StoredFile[];
  names: Names;
  reference: Reference;
  /** Current local time, `YYYY-MM-DDTHH:mm`. */
  now: string;
  makeUid: () => string;
  /** Validates a file as publishing would. */
  inspect: (path: string, text: string) => Problem[];
}

type Data = Record<string, unknown>;

interface ExistingStop {
  file: StoredFile;
  data: Data;
  body: string;
}

const FOLDER = `content/${caravan.name}/`;

/** Rows without an identifier are matched by start and place. */
const placeKey = ({ start, school, place }: Data) =>
  start && (school || place) ? JSON.stringify([start, school ?? null, school ? null : place]) : undefined;

/** The school or place as typed, for a row without a title. */
const typedHost = (columns: Table['columns'], cells: Table['rows'][number]['cells']) =>
  columns
    .filter(({ column }) => column.name === 'school' || column.name === 'place')
    .map(({ at }) => cells[at])
    .find((cell) => typeof cell === 'string' && cell.trim() !== '');

/**
 * Compares every row with the schedule: new, changed, unchanged or with errors. A whole sheet takes seconds, so the event loop
 * runs after each row.
 */
export async function planImport({ columns, rows }: Table, context: ImportContext): Promise<ImportRow[]> {
  const existing = context.stops.flatMap((file): ExistingStop[] => {
    try {
      return [{ file, ...readFileParts(file.text, caravan.format) }];
    } catch {
      return [];
    }
  });
  const byUid = new Map(existing.map((stop) => [String(stop.data.uid), stop]));
  const byPlace = new Map(existing.map((stop) => [placeKey(stop.data), stop]));
  const taken = new Set(context.stops.map(({ path }) => slugOfPath(path)));
  const seen = new Map<string, number>();

  const plan = ({ number, cells }: Table['rows'][number]): ImportRow => {
    const { values, problems } = readRow(columns, cells, context.names);
    const uid = values.get('uid');
    const plain = Object.fromEntries(values);
    const key = placeKey(plain);
    const former = uid ? byUid.get(String(uid)) : key ? byPlace.get(key) : undefined;
    const data = former ? changedStop(former.data, columns, values) : newStop(plain, context);
    const path = former?.file.path ?? `${FOLDER}${freeSlug(data, taken, 'stop')}.mdx`;
    const body = former?.body ?? '';
    const text = writeFile({ data, body }, caravan.format, caravan.schema, former?.file.text);
    // Title and township follow from the school: without a valid one they need no errors of their own.
    const isSchoolInvalid = problems.some(({ field }) => field === quoted('school'));
    const reportedFields = new Set([
      ...problems.map(({ field }) => field),
      ...(isSchoolInvalid ? [quoted('title'), quoted('township')] : []),
    ]);
    problems.push(
      ...context.inspect(path, text).filter(({ field }) => field === undefined || !reportedFields.has(field)),
    );

    const keys = [String(data.uid), ...(uid || !key ? [] : [key])];
    const duplicate = keys.map((each) => seen.get(each)).find((other) => other !== undefined);
    if (duplicate !== undefined)
      problems.push(refusal(`和第 ${duplicate} 行是同一站（日历编号或学校、时间相同），请只留一行`));
    for (const each of keys) seen.set(each, number);

    const hasErrors = problems.some(({ severity }) => severity === 'error');
    const isUnchanged = text === former?.file.text;
    return {
      number,
      kind: hasErrors ? 'error' : !former ? 'new' : isUnchanged ? 'unchanged' : 'changed',
      title: String(data.title ?? typedHost(columns, cells) ?? '（没有标题）').trim(),
      start: String(data.start ?? '').replace('T', ' '),
      path,
      text,
      version: former?.file.version ?? null,
      isGuess: former !== undefined && !uid,
      problems,
      changes: former ? changesOf(columns, former.data, data, context.names) : [],
    };
  };
  const planned: ImportRow[] = [];
  for (const row of rows) {
    planned.push(plan(row));
    await yieldToEventLoop();
  }
  await addWarnings(planned, context);
  return planned;
}

/** A field's label as problems show it. */
const quoted = (name: string) => `「${labelOf(caravan.schema, name)}」`;

/** Values by field, none for an empty cell; problems for cells that cannot be parsed. */
function readRow(columns: Table['columns'], cells: Table['rows'][number]['cells'], names: Names) {
  const values = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const { column, at } of columns) {
    const read = readCell(column, cells[at] ?? null, names);
    if ('problem' in read) problems.push({ ...refusal(read.problem), field: `「${column.label}」` });
    else if (read.value !== undefined) values.set(column.name, read.value);
  }
  const [start, end] = [values.get('start'), values.get('end')];
  // 「11:30」 in the column of the end means the day of the start.
  if (typeof start === 'string' && typeof end === 'string' && /^\d\d:\d\d$/.test(end))
    values.set('end', `${start.slice(0, 10)}T${end}`);
  return { values, problems };
}

/** An empty cell deletes an optional value; values of columns that the sheet lacks stay. */
function changedStop(former: Data, columns: Table['columns'], values: ReadonlyMap<string, unknown>): Data {
  const data = { ...former };
  for (const { column } of columns) {
    if (values.has(column.name)) data[column.name] = values.get(column.name);
    else if (!column.isRequired) delete data[column.name];
  }
  return data;
}

/** Adds the default values of a new stop; `WHEN_EMPTY` describes them to the user. */
function newStop(data: Data, { reference, names, now, makeUid }: ImportContext): Data {
  const school = reference.schools.find(({ id }) => id === data.school);
  const host = names.schools?.[String(data.school)] ?? data.place;
  const filled = {
    title: host ? `科普大篷车走进${String(host)}` : undefined,
    uid: makeUid(),
    state: 'tentative',
    township: school?.township,
    open: 'closed',
    published: now.slice(0, 10),
  };
  return { ...filled, ...data };
}

function changesOf(columns: Table['columns'], from: Data, to: Data, names: Names): ImportRow['changes'] {
  const cellText = (column: Column, data: Data) => String(writeCell(column, data[column.name], names) ?? '');
  return columns
    .map(({ column }) => ({ label: column.label, from: cellText(column, from), to: cellText(column, to) }))
    .filter((change) => change.from !== change.to);
}

/** Adds the warnings of planning against the future schedule, and what publishing would refuse. */
async function addWarnings(
  rows: readonly ImportRow[],
  { stops, reference, now }: ImportContext,
): Promise<void> {
  const read = (path: string, text: string) => readEntry(caravan.schema, path, text, caravan.format).data;
  const schedule = new Map<string, PlannedStop>();
  const good = rows.filter(({ kind }) => kind !== 'error');
  const texts = new Map([...stops, ...good].map(({ path, text }) => [path, text]));
  for (const [path, text] of texts) {
    const data = read(path, text);
    if (data) schedule.set(path, { slug: slugOfPath(path), data });
    await yieldToEventLoop();
  }
  const all = [...schedule.values()];
  const published = new Map(
    stops.filter(({ stage }) => stage === 'published').map((stop) => [stop.path, stop.text]),
  );
  for (const row of good) {
    const stop = schedule.get(row.path);
    if (row.kind === 'unchanged' || !stop) continue;
    await yieldToEventLoop();
    row.problems.push(...planningWarnings(stop, all, reference));
    const former = published.get(row.path);
    const before = former === undefined ? undefined : read(row.path, former);
    const after = before && read(row.path, row.text);
    for (const { field, message } of before && after ? revise(before, after, now).problems : [])
      row.problems.push({
        severity: 'warning',
        file: '',
        field: quoted(field),
        message: `${message}（可以先存成草稿，改好才能发布）`,
      });
  }
}
