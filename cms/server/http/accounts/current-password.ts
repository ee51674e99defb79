import { html } from 'hono/html';
import { MAX_PASSWORD } from '../../services/accounts/password.ts';
import type { Markup } from '../page/index.ts';

/** The field for the present password, with the login as a hidden field, so that a password manager knows which password to fill in. */
export const currentPassword = (login: string): Markup =>
  html`<input type="text" name="username" value="${login}" autocomplete="username" hidden /><label
      >现在的密码
      <input
        type="password"
        name="current"
        autocomplete="current-password"
        required
        maxlength="${MAX_PASSWORD}"
      />
    </label>`;
