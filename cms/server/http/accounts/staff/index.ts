import { Hono } from 'hono';
import { type Role, ROLES } from '../../../../protocol/roles.ts';
import { type Account, AccountProblem } from '../../../services/accounts/store.ts';
import type { Signed } from '../../access.ts';
import { formOf } from '../../page/forms.ts';
import type { AccountParts } from '../parts.ts';
import { accountPage, listPage, missingPage, passwordPage } from './pages.ts';

/** 账号: the administrator makes, changes and closes the accounts of the office. */

const roleOf = (text: string | undefined): Role => {
  if (text && Object.hasOwn(ROLES, text)) return text as Role;
  throw new AccountProblem('请选择角色');
};

const DONE: Record<string, string> = {
  changed: '改好了。',
  closed: '账号已经停用，他在各处的登录都已退出；历史记录里的名字还在。',
  opened: '账号已经恢复。',
};

export function staffPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', (context) => listPage(context, accounts.store.list()));
  app.post('/', async (context) => {
    const form = await formOf(context);
    try {
      const { login = '', name = '' } = form;
      const { account, password } = await accounts.store.create({ login, name, role: roleOf(form.role) });
      audit.write({
        person: context.get('person'),
        action: 'account-created',
        target: account.login,
        detail: `${account.name}，${ROLES[account.role]}`,
      });
      return passwordPage(context, '账号建好了', account, password);
    } catch (error) {
      if (error instanceof AccountProblem)
        return listPage(context, accounts.store.list(), error.message, form);
      throw error;
    }
  });

  app.get('/:id', (context) => {
    const account = accounts.store.find(context.req.param('id'));
    const notice = DONE[context.req.query('done') ?? ''];
    return account ? accountPage(context, account, notice ? { notice } : {}) : missingPage(context);
  });
  app.post('/:id', async (context) => {
    const account = accounts.store.find(context.req.param('id'));
    if (!account) return missingPage(context);
    const person = context.get('person');
    const { id, login: target } = account;
    const form = await formOf(context);
    const isMyself = id === person.id;
    try {
      switch (form.do) {
        case 'change': {
          const role = roleOf(form.role);
          if (role !== account.role) accounts.store.setRole(id, role);
          accounts.store.rename(id, form.name ?? '');
          const now = accounts.store.find(id) as Account;
          const detail = [
            now.name !== account.name && `姓名：${account.name} → ${now.name}`,
            now.role !== account.role && `角色：${ROLES[account.role]} → ${ROLES[now.role]}`,
          ].filter(Boolean);
          if (detail.length > 0)
            audit.write({ person, action: 'account-changed', target, detail: detail.join('；') });
          return context.redirect('./?done=changed', 303);
        }
        case 'close':
          if (isMyself) throw new AccountProblem('不能停用自己的账号，请另一位管理员来做');
          accounts.store.close(id);
          audit.write({ person, action: 'account-closed', target });
          return context.redirect('./?done=closed', 303);
        case 'open':
          accounts.store.open(id);
          audit.write({ person, action: 'account-opened', target });
          return context.redirect('./?done=opened', 303);
        case 'reset': {
          if (isMyself) throw new AccountProblem('自己的密码请在「我的账号」里换');
          const withoutTwoFactor = form.without === '1';
          const password = await accounts.store.reset(id, { withoutTwoFactor });
          accounts.guard.clear(target);
          audit.write({
            person,
            action: 'account-reset',
            target,
            detail: withoutTwoFactor ? '同时关闭两步验证' : '',
          });
          return passwordPage(context, '密码重置了', account, password);
        }
        default:
          throw new AccountProblem('请从页面上的按钮操作');
      }
    } catch (error) {
      if (error instanceof AccountProblem) return accountPage(context, account, { problem: error.message });
      throw error;
    }
  });
  return app;
}
