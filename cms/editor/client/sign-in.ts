import type { Person } from '../../protocol/roles.ts';
import { type SignInAnswer, CALL_HEADER } from '../../protocol/session.ts';
import { siteRoot } from './address.ts';
import { button, buttons, element, openDialog } from '../dialogs/dialog.ts';

/** Signing in without leaving the page, so that nothing written is lost when a session has ended. */

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

/** A form that signs in; `done` is called with whoever has. */
export function signInForm(done: (user: Person) => void): HTMLFormElement {
  const form = element('form', '', 'portal-sign-in');
  const login = input('登录名', 'text', 'username');
  const password = input('密码', 'password', 'current-password');
  const code = input('验证码', 'text', 'one-time-code');
  const hint = element('small', '手机验证器里的 6 位数字；手机不在身边时，用一个恢复码。');
  const problem = element('p', '', 'portal-problem');
  problem.setAttribute('role', 'alert');
  const send1 = button('登录');
  // Not a form of its own as in other dialogs: the button would belong to that one.
  const row = element('div', '', 'portal-buttons');
  row.append(send1);
  form.append(problem, login.line, password.line, row);
  let askedForCode = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    send1.disabled = true;
    const answer = askedForCode
      ? await send('login/code', { code: code.box.value.trim() })
      : await send('login', { login: login.box.value.trim(), password: password.box.value });
    send1.disabled = false;
    problem.textContent = answer.ok ? '' : (answer.message ?? '没有登录成功，请再试一次');
    if (!answer.ok) return;
    if (answer.to) location.assign(siteRoot + answer.to);
    else if (answer.code) {
      askedForCode = true;
      login.line.replaceWith(code.line);
      password.line.replaceWith(hint);
      code.box.focus();
    } else if (answer.user) done(answer.user);
  });
  return form;
}

let waiting: Promise<Person | undefined> | undefined;

/**
 * Asks for the password in a dialog; resolves with whoever has signed in, or undefined when nobody wants to. Many callers
 * get one dialog.
 *
 * @param why a sentence
 * @param opened who opened the page: somebody else is asked whether to go on
 */
export function promptSignIn(why: string, opened: Person | undefined): Promise<Person | undefined> {
  waiting ??= new Promise<Person | undefined>((resolve) => {
    let user: Person | undefined;
    const finish = (entered: Person) => {
      user = entered;
      dialog.close();
    };
    const form = signInForm((entered) => {
      if (!opened || entered.id === opened.id) return finish(entered);
      place.replaceChildren(
        element(
          'p',
          `这个页面是「${opened.name}」打开的，现在登录的是「${entered.name}」。接着保存，会记在「${entered.name}」名下。`,
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
      waiting = undefined;
      resolve(user);
    });
  });
  return waiting;
}
