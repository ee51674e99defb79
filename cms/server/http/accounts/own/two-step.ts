import { Hono } from 'hono';
import { headersOf } from '../../../services/accounts/caller.ts';
import type { Signed } from '../../access.ts';
import { formOf } from '../../page/forms.ts';
import { deskPage, rootOf } from '../../page/index.ts';
import { callerOf, passCookies } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';
import { codesPage, twoStepEnrolment } from '../two-step-setup.ts';
import { confirmPassword, withSession } from './confirm.ts';
import { accountPage } from './page.ts';

/** 两步验证: turning the second step of the login on and off, and its recovery codes. */

const NOT_ON = '两步验证没有开启';
const AFTER = 'admin/desk/account/';

/** Routes below 我的账号. */
export function twoStepPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();
  const enrolment = twoStepEnrolment(
    { accounts, audit },
    { page: deskPage, codeAddress: 'admin/desk/account/two-factor/code/', restart: AFTER, after: AFTER },
  );

  app.post(
    '/two-factor',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = session.twoFactor
        ? '两步验证已经开启'
        : await confirmPassword({ accounts }, context, session, current);
      if (problem) return accountPage({ accounts }, context, session, { problem });
      return enrolment.start(context, session, current);
    }),
  );

  app.post(
    '/two-factor/code',
    withSession(accounts, (context, session) => enrolment.confirm(context, session)),
  );

  app.post(
    '/codes',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = session.twoFactor
        ? await confirmPassword({ accounts }, context, session, current)
        : NOT_ON;
      if (problem) return accountPage({ accounts }, context, session, { problem });
      const { backupCodes } = await accounts.auth.api.generateBackupCodes({
        body: { password: current },
        headers: headersOf(callerOf(context)),
      });
      audit.write({
        person: session.person,
        action: 'two-factor',
        target: session.person.login,
        detail: '换恢复码',
      });
      return codesPage(context, backupCodes, {
        notice: '恢复码换好了，以前的都不能再用。',
        page: deskPage,
        after: AFTER,
      });
    }),
  );

  app.post(
    '/two-factor/off',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = accounts.needsTwoStep(session.person)
        ? '你的角色必须用两步验证，不能关闭；换手机时请用恢复码登录，或者请管理员重置'
        : await confirmPassword({ accounts }, context, session, current);
      if (problem) return accountPage({ accounts }, context, session, { problem });
      const response = await accounts.auth.api.disableTwoFactor({
        body: { password: current },
        headers: headersOf(callerOf(context)),
        asResponse: true,
      });
      passCookies(context, response.headers);
      audit.write({
        person: session.person,
        action: 'two-factor',
        target: session.person.login,
        detail: '关闭',
      });
      return context.redirect(`${rootOf(context)}admin/desk/account/?done=no-code`, 303);
    }),
  );
  return app;
}
