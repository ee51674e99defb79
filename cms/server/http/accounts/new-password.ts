import { html } from 'hono/html';
import { MAX_PASSWORD, MIN_PASSWORD, passwordProblem } from '../../services/accounts/password.ts';
import type { Markup } from '../page/index.ts';

/** Two fields for a new password, with the rules. */
export const newPasswordFields = (): Markup =>
  html` <label
      >新密码
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        required
        minlength="${MIN_PASSWORD}"
        maxlength="${MAX_PASSWORD}"
        aria-describedby="rule"
      />
    </label>
    <small id="rule"
      >至少 ${MIN_PASSWORD} 个字符，越长越好，不必有特殊符号。不要用常见密码、自己的姓名或登录名。</small
    >
    <label
      >再输入一次
      <input type="password" name="again" autocomplete="new-password" required maxlength="${MAX_PASSWORD}" />
    </label>`;

/** What is wrong with the two fields. */
export const newPasswordProblem = (
  { password = '', again = '' }: Record<string, string>,
  person: { login: string; name: string },
): string | undefined =>
  password === again ? passwordProblem(password, person) : '两次输入的密码不一样，请重新输入';
