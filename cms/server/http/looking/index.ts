import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { compareEntries, type NameOf } from '../../../documents/compare/index.ts';
import type { LookLink, LookLinks } from '../../services/looking/index.ts';
import type { Newsroom } from '../../services/newsroom/index.ts';
import { Refused } from '../../services/refused.ts';
import { hourlyLimit } from '../../services/requests/limit.ts';
import { titleOf } from '../../services/uses.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';
import type { Audit } from '../../stores/audit.ts';
import { comparedText } from '../page/compared-text.ts';
import { type DrawsPages, drawnPage } from '../page/drawn-page.ts';
import { formOf } from '../page/forms.ts';
import { type Markup, plainPage, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';

/**
 * `/api/look/<secret>/`: one draft for somebody without an account, and their answer. Nothing else can be reached from
 * here; who has no working link is told the same whatever they asked for.
 */

const MAX_BODY_BYTES = 16 * 1024;
const MAX_NAME = 30;
const MAX_TEXT = 1000;
const ANSWERS_AN_HOUR = { each: 10, all: 200 };
/** Guessing 256 bits is hopeless; this only keeps the log and the disk quiet. */
const MISSES_AN_HOUR = { each: 60, all: 2000 };

export interface LookingParts {
  newsroom: Pick<Newsroom, 'readForReview' | 'documentAt' | 'addOpinion'>;
  lookLinks: LookLinks;
  audit: Pick<Audit, 'write' | 'tally'>;
  previews: DrawsPages;
  /** Titles of what the fields of an entry refer to. */
  names: () => Promise<NameOf>;
  /** What failures and answers are counted by. */
  addressOf: (context: Context) => string;
  now: () => Date;
}

interface Looked {
  link: LookLink;
  document: EntryDocument;
}

export function lookingRoutes(parts: LookingParts): Hono {
  const { newsroom, lookLinks, audit, previews, names, addressOf, now } = parts;
  const app = new Hono({ strict: false });
  const mayAnswer = hourlyLimit({ ...ANSWERS_AN_HOUR, now });
  const mayMiss = hourlyLimit({ ...MISSES_AN_HOUR, now });

  app.use(async (context, next) => {
    context.header('X-Robots-Tag', 'noindex, nofollow');
    await next();
    context.res.headers.set('Referrer-Policy', 'no-referrer');
  });

  const over = (context: Context) => {
    const isMany = !mayMiss(addressOf(context));
    return plainPage(context, {
      title: '这个网址不能用了',
      body: html`<p>它可能到期了，或者收回了；也可能没有复制全。请向发给你的人再要一个。</p>`,
      status: isMany ? 429 : 404,
    });
  };

  /** The link and the text that it shows; undefined when one of them is gone. */
  const looked = async (context: Context): Promise<Looked | undefined> => {
    const link = lookLinks.find(context.req.param('secret') ?? '');
    if (!link) return undefined;
    if (link.commit) {
      const document = await newsroom.documentAt(link.path, link.commit);
      return document && { link, document };
    }
    const entry = await newsroom.readForReview(link.path).catch(() => undefined);
    return entry && entry.stage !== 'published' ? { link, document: entry.document } : undefined;
  };

  app.get('/:secret', async (context) => {
    const found = await looked(context);
    if (!found) return over(context);
    const notice = context.req.query('done') ? '收到了，谢谢。写稿的人看得到。' : undefined;
    return lookPage(context, found, await names(), { notice });
  });

  app.get('/:secret/page', async (context) => {
    const found = await looked(context);
    return found ? drawnPage(context, previews, found.document) : over(context);
  });

  const tooLong = (context: Context) =>
    plainPage(context, { title: '没有收到', problem: '写得太长了，请写短些', body: html``, status: 413 });
  app.post('/:secret', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLong }), async (context) => {
    const found = await looked(context);
    if (!found) return over(context);
    const form = await formOf(context);
    const problem = problemOf(form);
    if (problem) return lookPage(context, found, await names(), { problem, typed: form, status: 422 });
    if (!mayAnswer(addressOf(context)) || !lookLinks.countAnswer(found.link.id))
      return lookPage(context, found, await names(), {
        problem: '这个网址收到的意见太多了，请过一小时再写，或者直接告诉发给你的人',
        typed: form,
        status: 429,
      });
    const opinion = {
      name: (form.name ?? '').trim(),
      agrees: form.agrees === 'yes',
      text: (form.text ?? '').trim(),
    };
    try {
      await newsroom.addOpinion(found.link.path, opinion);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const why = '这一稿刚刚发布或放弃了，意见没有记下。请直接告诉发给你的人';
      return lookPage(context, found, await names(), { problem: why, typed: form, status: 409 });
    }
    audit.tally({ action: 'opinion', target: found.link.path, address: addressOf(context) });
    return context.redirect('./?done=1', 303);
  });
  return app;
}

function problemOf({ name = '', agrees, text = '' }: Record<string, string>): string | undefined {
  if (!name.trim()) return '请写下姓名，写稿的人要知道是谁看的';
  if ([...name.trim()].length > MAX_NAME) return `姓名最多 ${MAX_NAME} 个字`;
  if (agrees !== 'yes' && agrees !== 'no') return '请选「同意」或「有意见」';
  if (agrees === 'no' && !text.trim()) return '请写下是什么意见';
  return [...text].length > MAX_TEXT ? `意见最多 ${MAX_TEXT} 个字，请写短些` : undefined;
}

interface LookState {
  notice?: string | undefined;
  problem?: string | undefined;
  typed?: Record<string, string>;
  status?: 200 | 409 | 422 | 429;
}

function lookPage(
  context: Context,
  { link, document }: Looked,
  nameOf: NameOf,
  { notice, problem, typed = {}, status = 200 }: LookState,
): Response | Promise<Response> {
  const { format, schema, type } = document.place;
  const comparison = compareEntries({ format, schema, before: undefined, after: document.text, nameOf });
  const which = link.commit ? `${timeOf(link.madeAt)}那一版` : '最新的一版，还会改';
  return plainPage(context, {
    title: titleOf(document),
    notice,
    problem,
    status,
    isWide: true,
    body: html`<p class="muted">
        ${link.by.name}请您看看这一稿，还没有发布，请不要转发。看到的是${which}；网址
        ${timeOf(link.expiresAt)}到期。
      </p>
      <p class="actions">
        ${type?.address && html`<a class="button plain" href="page/">看网页的样子</a>`}
        <a class="button plain" href="#answer">写意见</a>
      </p>
      <section class="panel" aria-label="全文">
        ${comparedText({ comparison, isCompared: false, root: rootOf(context) })}
      </section>
      ${answerForm(typed)}`,
  });
}

const answerForm = ({ name, agrees, text }: Record<string, string>): Markup =>
  html`<section class="panel" aria-labelledby="answer">
    <h2 id="answer">看过了</h2>
    <form class="form" method="post">
      <fieldset>
        <legend>您的意见</legend>
        <label
          ><input type="radio" name="agrees" value="yes" required ${agrees === 'yes' && html`checked`} />
          同意</label
        >
        <label
          ><input type="radio" name="agrees" value="no" ${agrees === 'no' && html`checked`} /> 有意见</label
        >
      </fieldset>
      <label
        >姓名 <input name="name" value="${name ?? ''}" maxlength="${MAX_NAME}" autocomplete="name" required
      /></label>
      <label
        >要说的（有意见的请写明）
        <textarea name="text" rows="4" maxlength="${MAX_TEXT}">${text ?? ''}</textarea>
      </label>
      <button>交给写稿的人</button>
      <p class="muted">记在这一稿的审核记录里，编辑部的人看得到；不能代替编辑部的审核。</p>
    </form>
  </section>`;
