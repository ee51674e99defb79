import { html } from 'hono/html';
import type { Faults } from '../../../../results/apply.ts';
import type { Markup } from '../../page/index.ts';

/** The controls of the form: each with its label, its hint, what is wrong with it, and what another person wrote there. */

export interface Told {
  faults: Faults;
  theirs: Readonly<Record<string, string>>;
}

/** What is told of a control, below it. */
export const faultOf = (name: string, { faults, theirs }: Told): Markup =>
  html`${theirs[name] !== undefined && html`<p class="notice theirs" id="theirs-${name}">对方写的：${theirs[name]}</p>`}
  ${faults[name] && html`<p class="problem" id="fault-${name}">${faults[name]}</p>`}`;

/** Attributes that tie a control to what is told of it. */
export const describedBy = (name: string, { faults, theirs }: Told, hasHint = false): Markup => {
  const ids = [
    hasHint && `hint-${name}`,
    theirs[name] !== undefined && `theirs-${name}`,
    faults[name] && `fault-${name}`,
  ].filter(Boolean);
  return html`${ids.length > 0 && html`aria-describedby="${ids.join(' ')}"`}
  ${faults[name] && html`aria-invalid="true"`}`;
};

interface TextInput extends Told {
  name: string;
  label: string;
  value: string;
  hint?: string;
  mode?: 'numeric' | 'decimal';
  maxLength?: number;
}

export const textInput = ({ name, label, value, hint = '', mode, ...told }: TextInput): Markup =>
  html`<div>
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="off"
      ${mode && html`inputmode="${mode}"`}
      ${describedBy(name, told, hint !== '')}
    />
    ${hint && html`<small id="hint-${name}">${hint}</small>`} ${faultOf(name, told)}
  </div>`;

interface Choice extends Told {
  name: string;
  legend: string;
  options: Readonly<Record<string, string>>;
  value: string;
  hint?: string | undefined;
}

export const radios = ({ name, legend, options, value, hint, ...told }: Choice): Markup =>
  html`<fieldset id="${name}" ${describedBy(name, told, Boolean(hint))}>
    <legend>${legend}</legend>
    ${Object.entries(options).map(
      ([option, label]) =>
        html`<label
          ><input type="radio" name="${name}" value="${option}" ${option === value && html`checked`} />
          ${label}</label
        >`,
    )}
    ${hint && html`<small id="hint-${name}">${hint}</small>`} ${faultOf(name, told)}
  </fieldset>`;

export const select = ({ name, legend, options, value, ...told }: Choice): Markup =>
  html`<label for="${name}">${legend}</label>
    <select id="${name}" name="${name}" ${describedBy(name, told)}>
      ${Object.entries(options).map(
        ([option, label]) =>
          html`<option value="${option}" ${option === value && html`selected`}>${label}</option>`,
      )}
    </select>`;

/** All that has to be corrected, with links to the controls: the page is several screens long on a phone. */
export const faultList = (faults: Faults, labelOf: (name: string) => string): Markup =>
  html`<div class="problem" role="alert">
    <p>还没有保存：有 ${Object.keys(faults).length} 处要改。填好的都还在。</p>
    <ul>
      ${Object.entries(faults).map(([name, message]) => html`<li><a href="#${name}">${labelOf(name)}</a>：${message}</li>`)}
    </ul>
  </div>`;
