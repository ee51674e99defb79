import { EVENT_STATES } from '../../../src/calendar/states.ts';
import { optionsOf } from '../../../src/model/labels.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { labelOfPath } from '../../../src/model/schema.ts';
import { events } from '../../../src/types/events.ts';
import type { Applied } from '../../results/apply.ts';
import type { Indicator } from '../../results/figure.ts';
import { type Data, formOf, type ResultsForm } from '../../results/form.ts';
import { type ImportRow, refusal } from '../import-row.ts';
import { FIELD_COLUMNS, type FieldName, figureLabel } from './columns.ts';

/** What the preview of a row tells: problems by column, and the changes. */

export const quoted = (name: FieldName) => `「${FIELD_COLUMNS[name].label}」`;

/** An error of a column. */
export const fault = (field: string, message: string): Problem => ({ ...refusal(message), field });

/** 实测 and 估计. */
export const METHODS = optionsOf(events.schema, 'results', 'method');

/** Labels of the results that have a fault already: 「活动成果」第 2 项. */
export const faultyResults = ({ faults, rowOf }: Applied): string[] =>
  rowOf.flatMap((row, index) =>
    Object.keys(faults).some((control) => control.startsWith(`row-${row}-`))
      ? labelOfPath(events.schema, ['results', index])
      : [],
  );

/** The faults of the form by column. */
export function faultsAsProblems(
  { faults }: Applied,
  { rows }: ResultsForm,
  indicators: ReadonlyMap<string, Indicator>,
): Problem[] {
  return Object.entries(faults).map(([control, message]) => {
    const [, row] = /^row-(\d+)-/.exec(control) ?? [];
    const indicator = row === undefined ? undefined : indicators.get(rows[Number(row)]?.indicator ?? '');
    if (indicator) return fault(`「${figureLabel(indicator)}」`, message);
    return control in FIELD_COLUMNS ? fault(quoted(control as FieldName), message) : refusal(message);
  });
}

const SHOWN = ['state', 'changeReason', 'sessions', 'platform'] as const;

/** What a row changes, field by field and figure by figure. */
export function changesOf(from: Data, to: Data, dictionary: readonly Indicator[]): ImportRow['changes'] {
  const shown = (name: (typeof SHOWN)[number], data: Data) =>
    name === 'state'
      ? (EVENT_STATES[data.state as keyof typeof EVENT_STATES] ?? '')
      : String(data[name] ?? '');
  const fields = SHOWN.map((name) => ({
    label: FIELD_COLUMNS[name].label,
    from: shown(name, from),
    to: shown(name, to),
  }));
  const figures = dictionary.map((indicator) => ({
    label: figureLabel(indicator),
    from: figureIn(from, indicator),
    to: figureIn(to, indicator),
  }));
  return [...fields, ...figures].filter((change) => change.from !== change.to);
}

export const figuresOf = (data: Data, dictionary: readonly Indicator[]) => changesOf({}, data, dictionary);

/** The figures of an indicator as a reader sees them: 「约1650（估计）、20」. */
function figureIn(data: Data, { id }: Indicator): string {
  return formOf(data)
    .rows.filter(({ indicator }) => indicator === id)
    .map(({ value, approximate, method, evidence }) => {
      const how = [method && METHODS[method], evidence].filter(Boolean).join('，');
      return `${approximate ? '约' : ''}${value}${how && `（${how}）`}`;
    })
    .join('、');
}
