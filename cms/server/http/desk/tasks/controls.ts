import { html } from 'hono/html';
import type { Faults } from '../../../../results/apply.ts';
import type { Markup } from '../../page/index.ts';
import { describedBy, faultOf } from '../results/controls.ts';
import type { Values } from './values.ts';

/** The questions of a guided form: a number, what is asked, and controls that say what is wrong with them. */

export interface Asked {
  values: Values;
  faults: Faults;
}

const told = ({ faults }: Asked) => ({ faults, theirs: {} });

export const question = (number: number, legend: string, inner: Markup): Markup =>
  html`<fieldset class="question">
    <legend><span class="number">${number}</span> ${legend}</legend>
    ${inner}
  </fieldset>`;

interface Box {
  name: string;
  label: string;
  hint?: string;
  mode?: 'numeric' | 'decimal';
  /** What is offered while one types. */
  suggestions?: readonly string[];
  isLong?: boolean;
}

export function box(asked: Asked, { name, label, hint = '', mode, suggestions = [], isLong }: Box): Markup {
  const described = describedBy(name, told(asked), hint !== '');
  const value = asked.values.one(name);
  const hasList = suggestions.length > 0;
  return html`<div>
    <label for="${name}">${label}</label>
    ${
      isLong
        ? html`<textarea id="${name}" name="${name}" rows="3" ${described}>${value}</textarea>`
        : html`<input
            id="${name}"
            name="${name}"
            value="${value}"
            autocomplete="off"
            ${mode && html`inputmode="${mode}"`}
            ${hasList && html`list="list-${name}"`}
            ${described}
          />`
    }
    ${
      hasList &&
      html`<datalist id="list-${name}">
        ${suggestions.map((one) => html`<option value="${one}"></option>`)}
      </datalist>`
    }
    ${hint && html`<small id="hint-${name}">${hint}</small>`} ${faultOf(name, told(asked))}
  </div>`;
}

export interface Option {
  value: string;
  label: string;
  /** Options of one group stand together under its name. */
  group?: string;
}

interface Pick {
  name: string;
  label: string;
  options: readonly Option[];
  hint?: string;
  /** What the first line says, which chooses nothing. */
  none?: string;
}

export function pick(asked: Asked, { name, label, options, hint = '', none }: Pick): Markup {
  const chosen = asked.values.one(name);
  const optionOf = ({ value, label: text }: Option) =>
    html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`;
  const groups = Map.groupBy(options, ({ group = '' }) => group);
  return html`<div>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}" ${describedBy(name, told(asked), hint !== '')}>
      ${none !== undefined && optionOf({ value: '', label: none })}
      ${[...groups].map(([group, some]) =>
        group ? html`<optgroup label="${group}">${some.map(optionOf)}</optgroup>` : some.map(optionOf),
      )}
    </select>
    ${hint && html`<small id="hint-${name}">${hint}</small>`} ${faultOf(name, told(asked))}
  </div>`;
}

interface Choose {
  name: string;
  legend: string;
  options: Readonly<Record<string, string>>;
  hint?: string;
}

/** One of a few, all in sight. */
export const choose = (asked: Asked, { name, legend, options, hint = '' }: Choose): Markup =>
  html`<fieldset id="${name}" class="plain" ${describedBy(name, told(asked), hint !== '')}>
    <legend>${legend}</legend>
    ${Object.entries(options).map(
      ([value, label]) =>
        html`<label
          ><input
            type="radio"
            name="${name}"
            value="${value}"
            ${value === asked.values.one(name) && html`checked`}
          />
          ${label}</label
        >`,
    )}
    ${hint && html`<small id="hint-${name}">${hint}</small>`} ${faultOf(name, told(asked))}
  </fieldset>`;

/** Several of a few. */
export const tick = (asked: Asked, { name, legend, options }: Choose): Markup =>
  html`<fieldset id="${name}" class="plain ticks" ${describedBy(name, told(asked))}>
    <legend>${legend}</legend>
    ${Object.entries(options).map(
      ([value, label]) =>
        html`<label
          ><input
            type="checkbox"
            name="${name}"
            value="${value}"
            ${asked.values.all(name).includes(value) && html`checked`}
          />
          ${label}</label
        >`,
    )}
    ${faultOf(name, told(asked))}
  </fieldset>`;
