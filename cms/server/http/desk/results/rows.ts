import { html } from 'hono/html';
import { optionsOf } from '../../../../../src/model/labels.ts';
import { events } from '../../../../../src/types/events.ts';
import { UNITS } from '../../../../../src/types/statistics.ts';
import { isDerived } from '../../../../results/dictionary.ts';
import type { Indicator } from '../../../../results/figure.ts';
import type { ResultRow } from '../../../../results/form.ts';
import type { Markup } from '../../page/index.ts';
import { describedBy, faultOf, select, textInput, type Told } from './controls.ts';

/** The figures of the form, one group each: how many, whether roughly, how it was found, and what it rests on. */

interface Rows extends Told {
  rows: readonly ResultRow[];
  dictionary: readonly Indicator[];
}

const METHODS = { '': '不清楚', ...optionsOf(events.schema, 'results', 'method') };

export function resultRows({ rows, dictionary, ...told }: Rows): Markup {
  const byId = new Map(dictionary.map((indicator) => [indicator.id, indicator]));
  return html`<input type="hidden" name="rows" value="${rows.length}" /> ${rows.map((row, number) => {
      const isLast = number === rows.length - 1;
      const indicator = byId.get(row.indicator);
      // What was chosen under 加一项 can be changed until it is saved.
      return indicator && (row.key || !told.faults[`row-${number}-indicator`])
        ? rowMarkup(row, number, indicator, told)
        : freeRow(row, number, dictionary, told, isLast);
    })}`;
}

const hidden = (number: number, name: string, value: string): Markup =>
  html`<input type="hidden" name="row-${number}-${name}" value="${value}" />`;

const rowMarkup = (row: ResultRow, number: number, indicator: Indicator, told: Told): Markup =>
  html`<fieldset class="figure">
    <legend>${indicator.name}${row.item && html`<small>${row.item}</small>`}</legend>
    ${hidden(number, 'key', row.key)} ${hidden(number, 'indicator', row.indicator)}
    ${line(row, number, `数（${UNITS[indicator.unit]}）`, told)}
    ${more(row, number, told, indicator.deduplication)}
  </fieldset>`;

function freeRow(
  row: ResultRow,
  number: number,
  dictionary: readonly Indicator[],
  told: Told,
  isLast: boolean,
): Markup {
  const name = `row-${number}-indicator`;
  const asked = dictionary.filter((one) => !isDerived(one) || one.id === row.indicator);
  const options = {
    '': '请选是哪一项',
    ...Object.fromEntries(asked.map(({ id, name: label, unit }) => [id, `${label}（${UNITS[unit]}）`])),
  };
  return html`<fieldset class="figure" ${isLast && html`id="last-row"`}>
    <legend>加一项</legend>
    ${hidden(number, 'key', row.key)}
    <div>
      ${select({ name, legend: '哪一项', options, value: row.indicator, ...told })} ${faultOf(name, told)}
    </div>
    ${line(row, number, '数', told)} ${more(row, number, told)}
  </fieldset>`;
}

function line(row: ResultRow, number: number, label: string, told: Told): Markup {
  const name = (field: string) => `row-${number}-${field}`;
  return html`<div class="figure-line">
      <div>
        <label for="${name('value')}">${label}</label>
        <input
          id="${name('value')}"
          name="${name('value')}"
          value="${row.value}"
          inputmode="decimal"
          autocomplete="off"
          ${describedBy(name('value'), told)}
        />
      </div>
      <div>
        ${select({ name: name('method'), legend: '怎样得来', options: METHODS, value: row.method, ...told })}
      </div>
      <label
        ><input type="checkbox" name="${name('approximate')}" value="1" ${row.approximate && html`checked`} />
        约数</label
      >
    </div>
    ${faultOf(name('value'), told)} ${faultOf(name('method'), told)} ${faultOf(name('approximate'), told)}`;
}

function more(row: ResultRow, number: number, told: Told, deduplication?: string): Markup {
  const names = ['evidence', 'item'].map((field) => `row-${number}-${field}`);
  const isOpen = names.some((name) => told.faults[name] || told.theirs[name] !== undefined);
  const [evidence = '', item = ''] = names;
  return html`<details ${isOpen && html`open`}>
    <summary>依据、细目${deduplication && '、口径'}</summary>
    ${deduplication && html`<p class="muted">口径：${deduplication}</p>`}
    ${textInput({ name: evidence, label: '这一项的依据', value: row.evidence, ...told })}
    ${textInput({ name: item, label: '细目', hint: '同一项分几笔时写明是什么，如「县博物馆参观门票」。', value: row.item, ...told })}
  </details>`;
}
