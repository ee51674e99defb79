import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { ROLES } from '../../../protocol/roles.ts';
import type { Session } from '../../services/accounts/sessions.ts';
import type { Signed } from '../access.ts';
import { csrfField, formOf } from '../page/forms.ts';
import { plainPage, rootOf } from '../page/index.ts';
import { currentPassword } from './current-password.ts';
import { callerOf } from './cookies.ts';
import { afterLogin } from './login/pages.ts';
import { confirmPassword, toLogin } from './own/confirm.ts';
import type { AccountParts } from './parts.ts';
import { twoStepEnrolment } from './two-step-setup.ts';

/** The pages where two-step login is set up when the role needs it, before anything else is allowed. */

const HERE = 'admin/account/two-step/';

/** Told to an editor whose session may not do anything yet. */
export const ENROL_FIRST = '你的角色必须用两步验证，请先到工作台里开启，再接着做';

const startPage = (context: Context, { person }: Session, problem?: string) =>
  plainPage(context, {
    title: '请开启两步验证',
    problem,
    status: problem ? 422 : 200,
    body: html`<p>
        ${person.name}，您好。管理员要求「${ROLES[person.role]}」登录时除了密码，还要手机验证器里的 6
        位数字：这样密码被人知道了，也进不来。开启以后才能接着工作，大约两分钟。
      </p>
      <p>
        请先在手机上装一个验证器应用（应用商店里搜「验证器」「Authenticator」，通用的 TOTP
        都可以；有些手机自带）。
      </p>
      <form class="form" method="post" action="${rootOf(context)}${HERE}">
        ${csrfField(context)} ${currentPassword(person.login)}
        <button>下一步</button>
      </form>
      <form method="post" action="${rootOf(context)}admin/logout/">
        ${csrfField(context)}<button class="plain">先退出</button>
      </form>`,
  });

export function enrolmentPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();
  const enrolment = twoStepEnrolment(
    { accounts, audit },
    { page: plainPage, codeAddress: `${HERE}code/`, restart: HERE, after: 'admin/desk/' },
  );
  /** Calls a handler with the session that has to enrol; leads others where they belong. */
  const whoMustEnrol =
    (handle: (context: Context, session: Session) => Response | Promise<Response>) =>
    async (context: Context) => {
      const session = await accounts.sessionOf(callerOf(context).cookie);
      if (!session) return toLogin(context);
      if (session.mustChange) return afterLogin(context, 'admin/account/password/');
      return session.mustEnrol ? handle(context, session) : afterLogin(context, undefined);
    };

  app.get('/admin/account/two-step', whoMustEnrol(startPage));
  // The answer to a form has no page of its own.
  app.get(
    '/admin/account/two-step/code',
    whoMustEnrol((context) => afterLogin(context, HERE)),
  );
  app.post(
    '/admin/account/two-step',
    whoMustEnrol(async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = await confirmPassword({ accounts }, context, session, current);
      return problem ? startPage(context, session, problem) : enrolment.start(context, session, current);
    }),
  );
  app.post('/admin/account/two-step/code', whoMustEnrol(enrolment.confirm));
  return app;
}
