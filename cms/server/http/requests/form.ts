import { html } from 'hono/html';
import type { z } from 'zod';
import { NOT_CONFIRMED, requestWindow, visitRequest } from '../../../../src/caravan/request/request.ts';
import { elementOf, isOptional, metaOf, shapeOf } from '../../../../src/model/schema.ts';
import type { Markup } from '../page/index.ts';
import { type Faults, type Lists, nameOfField, type Typed } from '../../services/requests/check.ts';
import type { SiteSettings } from '../../../../src/types/site-settings.ts';
import { CONSENT, consentFields } from './consent.ts';

/** The form, made from the schema of a request; after an error the values are filled in again, each with its message. */

/** Filled in by programs only: people neither see nor reach it. */
export const HONEYPOT = 'website';
/** When the form was opened, signed. */
export const STARTED = 'started';

export interface FormParts {
  typed: Typed;
  faults: Faults;
  lists: Lists;
  today: string;
  /** Value of `STARTED`. */
  started: string;
  /** Whether the box of the consent was ticked before; it is not, at first. */
  isTicked: boolean;
  site: SiteSettings;
}

export function requestForm({ typed, faults, lists, today, started, isTicked, site }: FormParts): Markup {
  const fields = Object.entries(shapeOf(visitRequest));
  return html`<form class="form request-form" method="post">
    <p><strong>${NOT_CONFIRMED}</strong></p>
    ${Object.keys(faults).length > 0 && faultList(faults)}
    ${fields.map(([name, field]) => control({ name, field, typed, faults, lists, today }))}
    <p class="visually-hidden" aria-hidden="true">
      <label>请留空<input name="${HONEYPOT}" tabindex="-1" autocomplete="off" /></label>
    </p>
    <input type="hidden" name="${STARTED}" value="${started}" />
    ${consentFields({ site, isTicked, fault: faults[CONSENT] })}
    <p><button type="submit">提交申请</button></p>
  </form>`;
}

const faultList = (faults: Faults) =>
  html`<div class="problem" role="alert">
    <p>还有 ${Object.keys(faults).length} 处要改，改好再提交一次。填好的都还在。</p>
    <ul>
      ${Object.entries(faults).map(([name, message]) =>
        name
          ? html`<li>
              <a href="#request-${name}">${name === CONSENT ? '同意' : nameOfField(name)}</a>：${message}
            </li>`
          : html`<li>${message}</li>`,
      )}
    </ul>
  </div>`;

interface ControlParts extends Omit<FormParts, 'started' | 'isTicked' | 'site'> {
  name: string;
  field: z.ZodType;
}

function control({ name, field, typed, faults, lists, today }: ControlParts): Markup {
  const meta = metaOf(field);
  const fault = faults[name];
  const values = [typed[name] ?? []].flat();
  const [value = ''] = values;
  const label = html`${meta?.label}${isOptional(field) ? '' : html`<small>必填</small>`}`;
  const notes = html`${meta?.hint && html`<small id="hint-${name}">${meta.hint}</small>`}
  ${fault && html`<p class="problem" id="fault-${name}">${fault}</p>`}`;
  const described = [meta?.hint && `hint-${name}`, fault && `fault-${name}`].filter(Boolean).join(' ');
  const attributes = html`id="request-${name}" name="${name}"
  ${described && html`aria-describedby="${described}"`} ${fault && html`aria-invalid="true"`}
  ${isOptional(field) ? '' : html`required`}`;
  const options = Object.entries(optionsOf(field, lists));

  if (elementOf(field))
    return html`<fieldset id="request-${name}">
      <legend>${label}</legend>
      ${options.map(
        ([id, text]) =>
          html`<label
            ><input type="checkbox" name="${name}" value="${id}" ${values.includes(id) && html`checked`} />
            ${text}</label
          >`,
      )}
      ${notes}
    </fieldset>`;
  if (meta?.options || meta?.to)
    return html`<div>
      <label for="request-${name}">${label}</label>
      <select ${attributes}>
        <option value="">请选择</option>
        ${options.map(
          ([id, text]) => html`<option value="${id}" ${id === value && html`selected`}>${text}</option>`,
        )}
      </select>
      ${notes}
    </div>`;
  if (meta?.widget === 'text')
    return html`<div>
      <label for="request-${name}">${label}</label>
      <textarea ${attributes} rows="3" maxlength="${meta.max}">${value}</textarea>
      ${notes}
    </div>`;
  return html`<div>
    <label for="request-${name}">${label}</label>
    <input ${attributes} ${typeOf(name, meta?.widget, today)} value="${value}" />
    ${notes}
  </div>`;
}

/** Type and input mode of a field, for browsers and the keyboards of phones. */
function typeOf(name: string, widget: string | undefined, today: string): Markup {
  const { from, to } = requestWindow(today);
  if (widget === 'date') return html`type="date" min="${from}" max="${to}"`;
  if (widget === 'number') return html`type="text" inputmode="numeric"`;
  if (name === 'phone') return html`type="tel" autocomplete="tel"`;
  return name === 'contact' ? html`type="text" autocomplete="name"` : html`type="text"`;
}

function optionsOf(field: z.ZodType, { schools, townships, exhibitSets }: Lists): Record<string, string> {
  const meta = metaOf(field);
  const list = { schools, townships, 'exhibit-sets': exhibitSets }[meta?.to ?? ''];
  if (list) return Object.fromEntries(list.map(({ id, name }) => [id, name]));
  return meta?.options ?? {};
}
