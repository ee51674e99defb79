import type { Context } from 'hono';
import { html } from 'hono/html';
import { csrfField } from '../page/forms.ts';
import type { Markup } from '../page/index.ts';

/** Value of the form's field `id` that asks for a new build instead of a kept release. */
export const REBUILD = 'again';

interface Rebuild {
  /** What the button says. */
  label: string;
  /** Address of the page of releases. */
  action: string;
  /** Page of the desk to come back to; without it, the releases. */
  from?: string;
}

/** A button that builds the site of what is published once more; for publishers. */
export const rebuildForm = (context: Context, { label, action, from = '' }: Rebuild, note?: Markup): Markup =>
  html`<form method="post" action="${action}">
    ${csrfField(context)}<input type="hidden" name="id" value="${REBUILD}" />
    ${from && html`<input type="hidden" name="from" value="${from}" />`}
    <button>${label}</button>
    ${note}
  </form>`;
