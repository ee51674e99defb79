import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { NotSent, type Notices } from '../../../services/notices/index.ts';
import { emailAddress, type Preferences } from '../../../services/notices/preferences.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../../services/notices/wording.ts';
import { hourlyLimit } from '../../../services/requests/limit.ts';
import type { Signed } from '../../access.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage } from '../../page/index.ts';

/** 我的账号 › 通知: one's own address, and which notices one wants. */

const KINDS = Object.keys(NOTICE_KINDS) as NoticeKind[];
const TRIALS_AN_HOUR = { each: 5, all: 50 };

export function ownNoticesPage({ notices }: { notices: Notices }): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const mayTry = hourlyLimit({ ...TRIALS_AN_HOUR, now: () => new Date() });

  app.get('/', (context) =>
    page(context, notices.preferences.of(context.get('person').login), {
      notice: context.req.query('done') ? '已保存。' : undefined,
    }),
  );

  app.post('/', async (context) => {
    const form = await context.req.parseBody({ all: true });
    const { login } = context.get('person');
    const wanted = new Set([form.wanted].flat());
    const typed = typeof form.email === 'string' ? form.email.trim() : '';
    const asked: Preferences = { email: typed, off: KINDS.filter((kind) => !wanted.has(kind)) };
    const parsed = emailAddress.safeParse(typed);
    if (!parsed.success) return page(context, asked, { problem: '邮箱写得不对，请核对' });
    notices.preferences.change(login, asked);
    if (form.do !== 'try') return context.redirect('./?done=1', 303);
    if (!typed) return page(context, asked, { problem: '请先写邮箱' });
    if (!mayTry(login)) return page(context, asked, { problem: '试得太多了，请过一小时再试' });
    try {
      await notices.sendTest('mail', typed);
      return page(context, asked, {
        notice: '已保存，试发的一条发出去了，请看看收到没有（也看看垃圾邮件）。',
      });
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      return page(context, asked, { problem: `已保存，可是没有发出去：${error.message}` });
    }
  });

  function page(
    context: Context,
    { email, off }: Preferences,
    message: { notice?: string | undefined; problem?: string | undefined },
  ) {
    const hasMail = notices.settings.current().mail !== undefined;
    return deskPage(context, {
      title: '通知',
      ...message,
      status: message.problem ? 422 : 200,
      body: html`<p><a href="../">我的账号</a></p>
        ${!hasMail && html`<p class="notice">管理员还没有设邮件服务器，现在发不出邮件；可以先填好。</p>`}
        <form class="form" method="post">
          ${csrfField(context)}
          <label
            >邮箱（不填就不发）
            <input type="email" name="email" value="${email}" autocomplete="email" />
          </label>
          <fieldset>
            <legend>要收哪些</legend>
            ${KINDS.map(
              (kind) =>
                html`<label
                  ><input
                    type="checkbox"
                    name="wanted"
                    value="${kind}"
                    ${!off.includes(kind) && html`checked`}
                  />
                  ${NOTICE_KINDS[kind]}</label
                >`,
            )}
          </fieldset>
          <p class="muted">通知里只说是什么事，没有稿子里的一个字。</p>
          <p class="actions">
            <button>保存</button>
            ${hasMail && html`<button class="plain" name="do" value="try">保存，发一条试试</button>`}
          </p>
        </form>`,
    });
  }
  return app;
}
