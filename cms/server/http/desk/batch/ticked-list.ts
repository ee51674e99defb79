import type { Context } from 'hono';
import { html } from 'hono/html';
import { csrfField } from '../../page/forms.ts';
import { type Markup, rootOf } from '../../page/index.ts';
import { itemValue } from './posted.ts';
import { BATCH_STEPS, type BatchStep } from './steps.ts';

/**
 * A list whose entries can be ticked, with buttons for what may be done with them. Works without scripts; `ticks.js` adds
 * ranges with Shift and the count of those ticked.
 */

export interface Ticked {
  path: string;
  version: string;
  title: string;
  /** What can be done with it now; without any it has no tick-box. */
  steps: readonly BatchStep[];
  line: Markup;
}

/** Lines that are shown; the others are in a `<details>`. */
const SHOWN_AT_ONCE = 12;

/** @param name of the list, unique on its page */
export function tickedList(
  context: Context,
  name: string,
  entries: readonly Ticked[],
  { isFolded = true } = {},
): Markup {
  const steps = (Object.keys(BATCH_STEPS) as BatchStep[]).filter((step) =>
    entries.some((entry) => entry.steps.includes(step)),
  );
  const hasTicks = steps.length > 0;
  const list = (some: readonly Ticked[]) =>
    html`<ul class="findings ${hasTicks ? 'ticked' : ''}">
      ${some.map((entry) => (hasTicks ? lineOf(entry) : html`<li>${entry.line}</li>`))}
    </ul>`;
  const isLong = isFolded && entries.length > SHOWN_AT_ONCE + 2;
  const lists = html`${list(isLong ? entries.slice(0, SHOWN_AT_ONCE) : entries)}
  ${
    isLong &&
    html`<details>
      <summary>还有 ${entries.length - SHOWN_AT_ONCE} 条</summary>
      ${list(entries.slice(SHOWN_AT_ONCE))}
    </details>`
  }`;
  if (!hasTicks) return lists;
  const tickable = entries.filter((entry) => entry.steps.length > 0).length;
  return html`<form
    method="post"
    action="${rootOf(context)}admin/desk/entries/act/"
    data-ticks
    aria-label="多选处理"
  >
    ${csrfField(context)}
    <div class="batch-bar">
      <label><input type="checkbox" name="all" value="1" /> 全选这 ${tickable} 条</label>
      <span class="actions">${steps.filter((step) => step !== 'return').map(buttonOf)}</span>
      ${steps.includes('return') && returnPart(name)}
      <output class="muted" data-count></output>
    </div>
    ${lists}
  </form>`;
}

const buttonOf = (step: BatchStep): Markup =>
  html`<button class="${step === 'publish' || step === 'approve' ? '' : 'plain'}" name="step" value="${step}">
    ${BATCH_STEPS[step]}
  </button>`;

const returnPart = (name: string): Markup =>
  html`<details class="return">
    <summary>退回…</summary>
    <label for="comment-${name}">要改什么（退回的每一条都写这一句）</label>
    <textarea id="comment-${name}" name="comment" rows="2" maxlength="1000"></textarea>
    <button class="warn" name="step" value="return">${BATCH_STEPS.return}</button>
  </details>`;

const lineOf = ({ steps, line, title, ...item }: Ticked): Markup =>
  html`<li>
    ${
      steps.length > 0
        ? html`<input type="hidden" name="listed" value="${itemValue(item)}" />
            <label class="tick"
              ><input type="checkbox" name="item" value="${itemValue(item)}" aria-label="选中${title}"
            /></label>`
        : html`<span class="tick"></span>`
    }
    <div>${line}</div>
  </li>`;

/** One button for entries that were all chosen already, e.g. 「全部送审」 after an import. */
export const allButton = (
  context: Context,
  step: BatchStep,
  label: string,
  items: readonly { path: string; version: string }[],
): Markup =>
  html`<form method="post" action="${rootOf(context)}admin/desk/entries/act/">
    ${csrfField(context)}
    ${items.map((item) => html`<input type="hidden" name="item" value="${itemValue(item)}" />`)}
    <button name="step" value="${step}">${label}</button>
  </form>`;
