import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import {
  NOT_CONFIRMED,
  type OnlineRequests,
  REQUEST_STATES,
  requestAddress,
} from '../../../../src/caravan/request/request.ts';
import type { Content } from '../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import type { Audit } from '../../stores/audit.ts';
import { answerFailure, isUnreadableForm } from '../failure.ts';
import { plainPage, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import { checkRequest, type Faults, type Typed } from '../../services/requests/check.ts';
import { CONSENT, CONSENT_MISSING } from './consent.ts';
import { HONEYPOT, requestForm, STARTED } from './form.ts';
import { freshSecrets } from './fresh-secrets.ts';
import { ownRequestRoutes } from './own-request.ts';
import { requestAdmission } from '../../services/requests/admission.ts';
import { hourlyLimit } from '../../services/requests/limit.ts';
import type { Requests } from '../../services/requests/index.ts';
import { asReference } from '../../stores/requests/reference.ts';

/** The pages for visitors: the form, the receipt, the state of a request. They work without scripts. */

const MAX_BODY_BYTES = 16 * 1024;
/** Only programs fill in the form faster. */
const LEAST_MS = 3000;
/** A form left open longer is shown again, filled in as it was. */
const MOST_MS = 12 * 3_600_000;
const LOOK_UPS_AN_HOUR = { each: 40, all: 2000 };
/** Receipts remembered, so that a form posted twice makes one request. */
const RECEIPTS_KEPT = 500;

export interface PublicParts {
  requests: Requests;
  /** Network address of the caller, used for counting only. */
  addressOf: (context: Context) => string;
  audit: Audit;
}

export function publicRoutes({ requests, addressOf, audit }: PublicParts): Hono {
  const { store, seal, lists, now, today } = requests;
  const app = new Hono({ strict: false });
  const admit = requestAdmission(now);
  const mayLookUp = hourlyLimit({ ...LOOK_UPS_AN_HOUR, now });
  /** Addresses of receipts by the form that was posted. */
  const receipts = new Map<string, string>();
  const secrets = freshSecrets(now);

  app.onError((error, context) => {
    if (isUnreadableForm(error)) return answerFailure(error, context);
    // Neither message nor stack: either could contain personal data from the form.
    console.error(`大篷车申请出错了：${error.name}`);
    return plainPage(context, {
      title: '没有收到',
      problem:
        '服务器出错了，这份申请没有收到。请按浏览器的“返回”，内容还在；过一会儿再提交，或改用纸质申请。',
      body: html``,
      status: 500,
    });
  });

  const newStart = () => {
    const text = `${now().getTime()}.${randomBytes(9).toString('base64url')}`;
    return `${text}.${seal.sign(text)}`;
  };
  /** How long ago a form was opened, in milliseconds; undefined when this server did not sign it. */
  const ageOf = (started: string): number | undefined => {
    const [time = '', nonce = '', signature = ''] = started.split('.');
    if (!seal.isSigned(`${time}.${nonce}`, signature)) return undefined;
    return now().getTime() - Number(time);
  };
  const formPage = (
    context: Context,
    parts: { typed: Typed; faults?: Faults; started?: string; isTicked?: boolean },
    status = 200,
  ) => {
    const { typed, faults = {}, started = newStart(), isTicked = false } = parts;
    const site = siteSettingsOf(context.get('content') as Content);
    const form = requestForm({ typed, faults, lists: lists(), today: today(), started, isTicked, site });
    if (context.req.query('part') === 'form') {
      context.header('Cache-Control', 'no-store');
      context.header('X-Content-Type-Options', 'nosniff');
      return context.html(form, status as 200);
    }
    return plainPage(context, { title: '请大篷车来', body: form, status: status as 200 });
  };

  app.get('/open', (context) => {
    context.header('Cache-Control', 'no-store');
    return context.json({ open: true } satisfies OnlineRequests);
  });

  app.get('/form', (context) => {
    const school = lists().schools.find(({ id }) => id === context.req.query('school'));
    return formPage(context, { typed: school ? { school: school.id, stages: school.stages } : {} });
  });

  const tooLong = (context: Context) =>
    plainPage(context, {
      title: '没有收到',
      problem: '填的内容太长了。请按浏览器的“返回”，把说明写短些再提交。',
      body: html``,
      status: 413,
    });
  app.post('/form', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLong }), async (context) => {
    const {
      [HONEYPOT]: honeypot,
      [STARTED]: started = '',
      [CONSENT]: consent,
      ...typed
    } = await typedIn(context);
    const isTicked = consent === 'yes';
    const receipt = receipts.get(String(started));
    if (receipt) return context.redirect(receipt, 303);

    const age = ageOf(String(started));
    const again = (message: string, status: number) =>
      formPage(context, { typed, isTicked, faults: { '': message } }, status);
    if (age === undefined || age < 0 || age > MOST_MS)
      return again('这张表打开得太久了，请看一遍，再提交一次', 422);
    if (honeypot) return again('没有收到。请不要用自动填表的程序，检查一遍再提交一次', 422);
    if (age < LEAST_MS)
      return formPage(
        context,
        { typed, isTicked, faults: { '': '提交得太快了，请停几秒再提交一次' }, started: String(started) },
        422,
      );

    const checked = checkRequest(typed, lists(), today());
    const faults = {
      ...('faults' in checked ? checked.faults : {}),
      ...(isTicked ? {} : { [CONSENT]: CONSENT_MISSING }),
    };
    if (!('asked' in checked) || !isTicked)
      return formPage(context, { typed, isTicked, faults, started: String(started) }, 422);
    const admission = admit(addressOf(context));
    if (admission === 'too-many-yours')
      return again('这个网络一小时里交的申请太多了，请过一小时再交，或改用纸质申请', 429);
    if (admission === 'too-many') return again('现在交申请的人太多了，请过一小时再交，或改用纸质申请', 429);

    const ticket = store.add(checked.asked, { isBusy: admission === 'busy' });
    const address = `../receipt/${ticket.reference}/?once=${secrets.keep(ticket)}`;
    receipts.set(String(started), address);
    if (receipts.size > RECEIPTS_KEPT) receipts.delete(receipts.keys().next().value as string);
    return context.redirect(address, 303);
  });

  app.get('/receipt/:reference', (context) => {
    const kept = mayLookUp(addressOf(context))
      ? store.find(asReference(context.req.param('reference')) ?? '')
      : undefined;
    if (!kept) return context.redirect('../../status/', 303);
    const root = rootOf(context);
    return plainPage(context, {
      title: '申请收到了',
      notice: NOT_CONFIRMED,
      body: html`<p>编号（请抄下来或截图）：</p>
        <p><strong class="reference">${kept.reference}</strong></p>
        ${secretShown(secrets.read(kept.reference, context.req.query('once') ?? ''), root)}
        <p>收到的时间：${timeOf(kept.createdAt)}。县科协会按留下的电话联系。</p>
        <p><a href="${root}api/requests/status/?reference=${kept.reference}">查办到哪一步</a></p>
        <p><a href="${root}caravan/">看大篷车日程</a></p>`,
    });
  });

  app.get('/status', (context) => {
    const typed = (context.req.query('reference') ?? '').slice(0, 40);
    const body = (answer: ReturnType<typeof html> | string = '') =>
      html`${answer}
        <form class="form" method="get">
          <label
            >编号 <input name="reference" value="${typed}" placeholder="DP26-0000-0000" required
          /></label>
          <p><button type="submit">查询</button></p>
        </form>
        <p><a href="${rootOf(context)}api/requests/mine/">看全文或者删除自己的申请</a>（要有编号和口令）</p>
        <p><a href="${rootOf(context)}${requestAddress().slice(1)}">去申请页</a></p>`;
    const title = '申请办到哪一步';
    if (!typed) return plainPage(context, { title, body: body() });
    if (!mayLookUp(addressOf(context)))
      return plainPage(context, { title, problem: '查得太多了，请过一小时再查', body: body(), status: 429 });
    const reference = asReference(typed) ?? '';
    const kept = store.find(reference);
    if (!kept && store.withdrawn().some((one) => one.reference === reference))
      return plainPage(context, { title, body: body(html`<p>这份申请已经由申请人删除。</p>`), status: 404 });
    if (!kept)
      return plainPage(context, {
        title,
        problem: '没有这个编号。请核对一遍；过了保存期的申请已经删除。',
        body: body(),
        status: 404,
      });
    return plainPage(context, {
      title,
      notice: NOT_CONFIRMED,
      body: body(
        html`<dl class="facts">
          <dt>编号</dt>
          <dd>${kept.reference}</dd>
          <dt>状态</dt>
          <dd><strong>${REQUEST_STATES[kept.state]}</strong></dd>
          <dt>最近变动</dt>
          <dd>${timeOf(kept.changedAt)}</dd>
        </dl>`,
      ),
    });
  });
  app.route('/mine', ownRequestRoutes({ requests, addressOf, audit }));
  return app;
}

/** The secret, where it is still shown. */
const secretShown = (secret: string | undefined, root: string) =>
  secret === undefined
    ? html`<p class="muted">口令只在刚交完的时候显示。</p>`
    : html`<p>口令（只显示这一次，请和编号抄在一起）：</p>
        <p><strong class="reference">${secret}</strong></p>
        <p>
          凭编号和口令，可以随时<a href="${root}api/requests/mine/">看自己填的内容，或者删除这份申请</a
          >。口令丢了，请打电话找我们。
        </p>`;

/** The texts of a form; files are ignored. */
async function typedIn(context: Context): Promise<Record<string, string | string[]>> {
  const body = await context.req.parseBody({ all: true });
  const texts = (value: unknown) => [value].flat().filter((one): one is string => typeof one === 'string');
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const all = texts(value);
      return [name, all.length === 1 ? (all[0] as string) : all];
    }),
  );
}
