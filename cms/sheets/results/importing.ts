import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { caravan } from '../../../src/types/caravan.ts';
import { EVENT_KINDS, events } from '../../../src/types/events.ts';
import { EVENT_STATES } from '../../../src/calendar/states.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { labelOfPath } from '../../../src/model/schema.ts';
import { readFileParts, writeFile } from '../../documents/format.ts';
import { slugOfPath } from '../../documents/slug.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import { applyForm } from '../../results/apply.ts';
import type { Indicator } from '../../results/figure.ts';
import { type Data, FORM_FIELDS, formOf, newRow, type ResultsForm } from '../../results/form.ts';
import type { Cell } from '../cells.ts';
import { freeSlug, type ImportRow, refusal } from '../import-row.ts';
import { readMoment } from '../../../src/calendar/typed.ts';
import { momentOfDate, momentOfSerial } from '../moments.ts';
import type { Table } from '../reading.ts';
import { FIELD_COLUMNS, type FieldName, figureLabel, type ResultsColumn } from './columns.ts';
import { changesOf, fault, faultsAsProblems, faultyResults, figuresOf, METHODS, quoted } from './telling.ts';

/** Plans the import of a sheet of results, row by row. Nothing is saved here; a blank cell changes nothing. */

export interface ResultsImport {
  /** All events and stops; a draft replaces its published version. */
  files: readonly StoredFile[];
  dictionary: readonly Indicator[];
  /** Current local time, `YYYY-MM-DDTHH:mm`. */
  now: string;
  makeUid: () => string;
  /** Validates a file as publishing would. */
  inspect: (path: string, text: string) => Problem[];
}

interface Existing {
  file: StoredFile;
  data: Data;
  body: string;
  schema: typeof events.schema | typeof caravan.schema;
}

type Cells = Table<ResultsColumn>['rows'][number];

const textOf = (cell: Cell | undefined) =>
  cell instanceof Date ? (momentOfDate(cell) ?? '') : String(cell ?? '').trim();

/** One row: its fields as text, and its figures as typed. */
function readCells(columns: Table<ResultsColumn>['columns'], { cells }: Cells) {
  const fields: Partial<Record<FieldName, string>> = {};
  const figures: { indicator: Indicator; typed: string }[] = [];
  for (const { column, at } of columns) {
    const cell = cells[at] ?? null;
    const text = textOf(cell);
    if (text === '') continue;
    if (column.indicator) figures.push({ indicator: column.indicator, typed: text });
    else fields[column.name] = column.name === 'start' ? (momentIn(cell, text) ?? text) : text;
  }
  return { fields, figures };
}

const momentIn = (cell: Cell, text: string) =>
  typeof cell === 'number' ? momentOfSerial(cell) : readMoment(text);

/** The value of a choice by its label: 完成 → completed. */
const optionNamed = (options: Readonly<Record<string, string>>, label: string) =>
  Object.keys(options).find((value) => options[value] === label || value === label);

const readExisting = (files: readonly StoredFile[]): Existing[] =>
  files.flatMap((file): Existing[] => {
    const schema = file.path.startsWith(`content/${caravan.name}/`) ? caravan.schema : events.schema;
    try {
      return [{ file, schema, ...readFileParts(file.text, 'mdx') }];
    } catch {
      return [];
    }
  });

const dayKey = ({ title, start }: { title?: unknown; start?: unknown }) =>
  title && start ? JSON.stringify([String(title).replace(/\s/g, ''), String(start).slice(0, 10)]) : undefined;

/** Compares every row with the events and stops: new, changed, unchanged, or with errors. */
export async function planResults(table: Table<ResultsColumn>, context: ResultsImport): Promise<ImportRow[]> {
  const existing = readExisting(context.files);
  const byUid = new Map(existing.map((entry) => [String(entry.data.uid), entry]));
  const byDay = new Map(existing.map((entry) => [dayKey(entry.data), entry]));
  const taken = new Set(context.files.map(({ path }) => slugOfPath(path)));
  const seen = new Map<string, number>();
  const planned: ImportRow[] = [];
  for (const row of table.rows) {
    const read = readCells(table.columns, row);
    const { uid } = read.fields;
    const former = uid ? byUid.get(uid) : byDay.get(dayKey(read.fields));
    const result = planRow(row.number, { ...read, former, taken }, context);
    if (uid && !former)
      result.problems.unshift(
        fault(quoted('uid'), `没有日历编号是「${uid.slice(0, 60)}」的活动；新的活动，这一格要空着`),
      );
    const key = former?.file.path ?? dayKey(read.fields) ?? `row ${row.number}`;
    const other = seen.get(key);
    if (other !== undefined) result.problems.unshift(refusal(`和第 ${other} 行是同一个活动，请只留一行`));
    seen.set(key, row.number);
    if (result.problems.some(({ severity }) => severity === 'error')) result.kind = 'error';
    planned.push(result);
    await yieldToEventLoop();
  }
  return planned;
}

interface Row extends ReturnType<typeof readCells> {
  former: Existing | undefined;
  taken: Set<string>;
}

function planRow(number: number, row: Row, context: ResultsImport): ImportRow {
  const { fields, former, taken } = row;
  const problems: Problem[] = [];
  const base = former?.data ?? newEvent(fields, context, problems);
  if (former) problems.push(...otherRow(fields, former.data));
  const form = filledIn(formOf(base), row, base, context, problems);
  const indicators = new Map(context.dictionary.map((indicator) => [indicator.id, indicator]));
  const applied = applyForm(base, form, { indicators, evidence: fields.evidence ?? '', now: context.now });
  problems.push(...faultsAsProblems(applied, form, indicators));
  const data = applied.data;
  const path = former?.file.path ?? `content/${events.name}/${freeSlug(data, taken, 'event')}.mdx`;
  const schema = former?.schema ?? events.schema;
  const text = writeFile({ data, body: former?.body ?? '' }, 'mdx', schema, former?.file.text);
  const told = [...problems.flatMap(({ field }) => field ?? []), ...faultyResults(applied)];
  const found = context
    .inspect(path, text)
    .filter(({ field }) => field === undefined || !told.some((label) => field.startsWith(label)));
  problems.push(...found.map((problem) => asWarning(problem)));
  return {
    number,
    kind: !former ? 'new' : text === former.file.text ? 'unchanged' : 'changed',
    title: String(data.title ?? '（没有标题）'),
    start: String(data.start ?? '').replace('T', ' '),
    path,
    text,
    version: former?.file.version ?? null,
    isGuess: former !== undefined && !fields.uid,
    problems,
    changes: former ? changesOf(former.data, data, context.dictionary) : figuresOf(data, context.dictionary),
  };
}

/** The fields that a row fills in, by their labels in the form. */
const OWN = new Set(
  [...FORM_FIELDS, 'title', 'start', 'kind', 'place'].map((name) => labelOfPath(events.schema, [name])),
);

/** What is wrong with the rest of an entry does not keep its results from being saved as a draft. */
const asWarning = (problem: Problem): Problem =>
  problem.severity === 'error' && !OWN.has(/^「[^」]*」/.exec(problem.field ?? '')?.[0] ?? '')
    ? { ...problem, severity: 'warning', message: `${problem.message}（可以先存成草稿，改好才能发布）` }
    : problem;

const NEEDED = ['title', 'start', 'kind', 'place'] as const;

/** A new event of a row that has title, day, kind and place. */
function newEvent(fields: Row['fields'], { now, makeUid }: ResultsImport, problems: Problem[]): Data {
  if (!fields.uid)
    for (const name of NEEDED)
      if (!fields[name])
        problems.push(
          fault(
            quoted(name),
            '没有认出是哪个活动：改已有的，写「日历编号」；新的活动，标题、开始、种类、地点都要写',
          ),
        );
  const kind = fields.kind && optionNamed(EVENT_KINDS, fields.kind);
  if (fields.kind && !kind)
    problems.push(
      fault(
        quoted('kind'),
        fields.kind === RESULT_STOP
          ? '大篷车站次要用「日程表格」新建'
          : `没有「${fields.kind}」这一种；可以写：${Object.values(EVENT_KINDS).join('、')}`,
      ),
    );
  const { title, start, place } = fields;
  return {
    title,
    kind,
    uid: makeUid(),
    start,
    state: 'tentative',
    place,
    open: 'public',
    published: now.slice(0, 10),
  };
}

const RESULT_STOP = '大篷车站次';

/** A row whose title or day is not that of its identifier: somebody has sorted only some of the columns. */
function otherRow({ title, start }: Row['fields'], data: Data): Problem[] {
  const warn = (name: FieldName, written: string, own: string): Problem => ({
    severity: 'warning',
    file: '',
    field: quoted(name),
    message: `表里是「${written}」，这个活动是「${own}」：请看是不是串了行；这里不改${FIELD_COLUMNS[name].label}`,
  });
  const differs = (a: string, b: unknown) => a.replace(/\s/g, '') !== String(b ?? '').replace(/\s/g, '');
  return [
    ...(title && differs(title, data.title) ? [warn('title', title, String(data.title))] : []),
    ...(start && start.slice(0, 10) !== String(data.start).slice(0, 10)
      ? [warn('start', start.replace('T', ' '), String(data.start).replace('T', ' '))]
      : []),
  ];
}

/** The form of an entry with the cells of a row; blank cells leave what there is. */
function filledIn(
  form: ResultsForm,
  { fields, figures }: Row,
  base: Data,
  { now }: ResultsImport,
  problems: Problem[],
): ResultsForm {
  const rows = [...form.rows];
  const method = fields.method && optionNamed(METHODS, fields.method);
  if (fields.method && !method)
    problems.push(fault(quoted('method'), '只能写「实测」或「估计」，不清楚就空着'));
  for (const { indicator, typed } of figures) {
    const own = rows.flatMap((row, index) => (row.indicator === indicator.id ? index : []));
    const [index = rows.length] = own;
    if (own.length > 1) {
      const items = own.map((one) => rows[one]?.item || '没有细目').join('、');
      problems.push(
        fault(`「${figureLabel(indicator)}」`, `这个活动的这一项分几笔记的（${items}），请到「补成果」里改`),
      );
      continue;
    }
    const row = rows[index] ?? newRow(indicator.id);
    const isSame = row.value === typed || (row.approximate && `约${row.value}` === typed.replace(/\s/g, ''));
    const { evidence = '' } = fields;
    rows[index] = isSame
      ? { ...row, method: row.method || method || '', evidence: row.evidence || evidence }
      : { ...row, value: typed, approximate: false, method: method || row.method };
  }
  const hasFigures = figures.length > 0;
  const began = String(base.start ?? '') <= now;
  const state = fields.state ? optionNamed(EVENT_STATES, fields.state) : undefined;
  if (fields.state && !state)
    problems.push(
      fault(quoted('state'), `没有「${fields.state}」；可以写：${Object.values(EVENT_STATES).join('、')}`),
    );
  return {
    ...form,
    rows,
    state: state ?? (hasFigures && began ? 'completed' : form.state),
    changeReason: fields.changeReason ?? form.changeReason,
    sessions: fields.sessions ?? form.sessions,
    platform: fields.platform ?? form.platform,
  };
}
