import type { Person } from '../../protocol/roles.ts';
import { type SignInAnswer, CALL_HEADER } from '../../protocol/session.ts';
import { siteRoot } from './address.ts';
import { button, buttons, element, openDialog } from '../dialogs/dialog.ts';

/** Signing in without leaving the page, so that unsaved changes survive an expired session. */

async function send(path: string, body: object): Promise<SignInAnswer & { ok: boolean }> {
  const response = await fetch(`${siteRoot}api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [CALL_HEADER]: '1' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!response) return { ok: false, message: '连不上编辑服务，请过一会儿再试' };
  const answer = (await response.json().catch(() => ({}))) as SignInAnswer;
  return { ...answer, ok: response.ok };
}

function input(label: string, type: string, autocomplete: AutoFill) {
  const box = element('input');
  Object.assign(box, { type, autocomplete, required: true, autocapitalize: 'none', spellcheck: false });
  const line = element('label', label);
  line.append(box);
  return { line, box };
}

/** A sign-in form; `done` is called with the user. */
export function signInForm(done: (user: Person) => void): HTMLFormElement {
  const form = element('form', '', 'portal-sign-in');
  const login = input('登录名', 'text', 'username');
  const password = input('密码', 'password', 'current-password');
  const code = input('验证码', 'text', 'one-time-code');
  const hint = element('small', '手机验证器里的 6 位数字；手机不在身边时，用一个恢复码。');
  const problem = element('p', '', 'portal-problem');
  problem.setAttribute('role', 'alert');
  const submit = button('登录');
  // Not `buttons()`: that is a form, and the button would submit it instead of this one.
  const row = element('div', '', 'portal-buttons');
  row.append(submit);
  form.append(problem, login.line, password.line, row);
  let needsCode = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const answer = needsCode
      ? await send('login/code', { code: code.box.value.trim() })
      : await send('login', { login: login.box.value.trim(), password: password.box.value });
    submit.disabled = false;
    problem.textContent = answer.ok ? '' : (answer.message ?? '没有登录成功，请再试一次');
    if (!answer.ok) return;
    if (answer.to) location.assign(siteRoot + answer.to);
    else if (answer.code) {
      needsCode = true;
      login.line.replaceWith(code.line);
      password.line.replaceWith(hint);
      code.box.focus();
    } else if (answer.user) done(answer.user);
  });
  return form;
}

let openPrompt: Promise<Person | undefined> | undefined;

/**
 * Opens a sign-in dialog; concurrent callers share one.
 *
 * @param why a Chinese clause, shown in the dialog
 * @param pageUser the user who opened the page; a different one has to confirm
 * @returns the user, or undefined when the dialog was closed
 */
export function promptSignIn(why: string, pageUser: Person | undefined): Promise<Person | undefined> {
  openPrompt ??= new Promise<Person | undefined>((resolve) => {
    let user: Person | undefined;
    const finish = (entered: Person) => {
      user = entered;
      dialog.close();
    };
    const form = signInForm((entered) => {
      if (!pageUser || entered.id === pageUser.id) return finish(entered);
      place.replaceChildren(
        element(
          'p',
          `这个页面是「${pageUser.name}」打开的，现在登录的是「${entered.name}」。接着保存，会记在「${entered.name}」名下。`,
        ),
        buttons(
          button('换一个账号', () => place.replaceChildren(form), 'plain'),
          button(`用「${entered.name}」接着做`, () => finish(entered)),
        ),
      );
    });
    const place = element('div');
    place.append(form);
    const later = button('先不登录');
    later.className = 'plain';
    const words = element('p', `${why}。你写的内容都还在，重新登录以后会接着做刚才那一步。`);
    const dialog = openDialog('请重新登录', 'portal-session', words, place, buttons(later));
    dialog.addEventListener('close', () => {
      openPrompt = undefined;
      resolve(user);
    });
  });
  return openPrompt;
}
