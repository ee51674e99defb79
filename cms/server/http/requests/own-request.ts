import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { formatDay } from '../../../../src/calendar/text.ts';
import { NOT_CONFIRMED, REQUEST_STATES } from '../../../../src/caravan/request/request.ts';
import { hourlyLimit } from '../../services/requests/limit.ts';
import type { Requests } from '../../services/requests/index.ts';
import type { Audit } from '../../stores/audit.ts';
import { asReference } from '../../stores/requests/reference.ts';
import type { KeptRequest } from '../../stores/requests/store.ts';
import { limitAnonymousBody } from '../own-pages.ts';
import { formOf } from '../page/forms.ts';
import { plainPage, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import { factList } from './facts.ts';

/** One's own request: to be seen and deleted with its number and secret, without an account (个人信息保护法 45, 47). */

/** Tries an hour: from one network, and for one request from wherever. */
const TRIES_AN_HOUR = { each: 20, all: 2000 };
const TRIES_OF_ONE = { each: 10, all: 5000 };

const TITLE = '我的申请';
const WRONG = '编号和口令对不上，请核对一遍。口令在交完申请的那一页上；丢了，请打电话找我们';
const TOO_OFTEN = '试得太多了，请过一小时再试';

export interface OwnRequestParts {
  requests: Requests;
  /** Network address of the caller, used for counting only. */
  addressOf: (context: Context) => string;
  audit: Audit;
}

export function ownRequestRoutes({
  requests: { store, lists, now },
  addressOf,
  audit,
}: OwnRequestParts): Hono {
  const app = new Hono({ strict: false });
  const mayTry = hourlyLimit({ ...TRIES_AN_HOUR, now });
  const mayTryThisOne = hourlyLimit({ ...TRIES_OF_ONE, now });

  app.get('/', (context) => askPage(context));
  // The answer to a form has no page of its own.
  app.get('/delete', (context) => context.redirect('../', 303));

  /** The request that a form names, or the page that says why it is not shown. */
  async function named(
    context: Context,
  ): Promise<{ kept: KeptRequest; form: Record<string, string> } | { page: Response }> {
    const form = await formOf(context);
    const { reference: typed = '', secret = '' } = form;
    const reference = asReference(typed) ?? '';
    if (!mayTry(addressOf(context)) || !mayTryThisOne(`request:${reference}`))
      return { page: await askPage(context, { typed, problem: TOO_OFTEN, status: 429 }) };
    const kept = store.findOwn(reference, secret.slice(0, 40));
    return kept ? { kept, form } : { page: await askPage(context, { typed, problem: WRONG, status: 404 }) };
  }

  app.post('/', limitAnonymousBody, async (context) => {
    const found = await named(context);
    return 'page' in found ? found.page : ownPage(context, found.kept, found.form.secret ?? '', { lists });
  });

  app.post('/delete', limitAnonymousBody, async (context) => {
    const found = await named(context);
    if ('page' in found) return found.page;
    const { kept, form } = found;
    if (form.sure !== 'yes')
      return ownPage(context, kept, form.secret ?? '', { lists, problem: '要删除，请先勾选「确定删除」' });
    store.withdraw(kept);
    audit.write({ action: 'request', target: kept.reference, detail: '申请人自己删除' });
    return plainPage(context, {
      title: '已经删除',
      notice: `申请 ${kept.reference} 已经删除，填的内容都没有了，恢复不了。`,
      body: html`<p>已经排上的站次，办公室会看到你删除了申请。还想请大篷车来，可以再交一份。</p>
        <p><a href="${rootOf(context)}caravan/">看大篷车日程</a></p>`,
    });
  });
  return app;
}

interface AskParts {
  typed?: string;
  problem?: string;
  status?: 404 | 429;
}

const askPage = (context: Context, { typed = '', problem, status }: AskParts = {}) =>
  plainPage(context, {
    title: TITLE,
    problem,
    ...(status ? { status } : {}),
    body: html`<p>凭编号和口令，看自己填的内容，或者删除这份申请。</p>
      <form class="form" method="post" action="${rootOf(context)}api/requests/mine/">
        <label
          >编号
          <input
            name="reference"
            value="${typed.slice(0, 40)}"
            placeholder="DP26-0000-0000"
            autocomplete="off"
            autocapitalize="characters"
            required
        /></label>
        <label
          >口令
          <input name="secret" autocomplete="off" autocapitalize="characters" spellcheck="false" required
        /></label>
        <p><button type="submit">查看</button></p>
      </form>
      <p><a href="${rootOf(context)}api/requests/status/">只查办到哪一步（只要编号）</a></p>`,
  });

const ownPage = (
  context: Context,
  { reference, state, contents, createdAt, keptUntil }: KeptRequest,
  secret: string,
  { lists, problem }: Pick<Requests, 'lists'> & { problem?: string },
) =>
  plainPage(context, {
    title: TITLE,
    notice: NOT_CONFIRMED,
    problem,
    status: problem ? 422 : 200,
    body: html`<p>
        编号
        ${reference}，${timeOf(createdAt)}收到，现在是<strong>「${REQUEST_STATES[state]}」</strong>，保存到
        ${formatDay(keptUntil, { year: true })}。
      </p>
      ${contents ? factList(contents.asked, lists()) : html`<p class="problem">内容暂时读不出来，请打电话找我们。</p>`}
      <p>哪里要改，请打电话告诉我们；也可以删除以后重新交一份。</p>
      <form class="panel form" method="post" action="${rootOf(context)}api/requests/mine/delete/">
        <input type="hidden" name="reference" value="${reference}" />
        <input type="hidden" name="secret" value="${secret}" />
        <label><input type="checkbox" name="sure" value="yes" required />确定删除，删了恢复不了</label>
        <p><button class="warn" type="submit">删除这份申请</button></p>
      </form>`,
  });
