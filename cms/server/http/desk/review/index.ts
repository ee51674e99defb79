import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { anchor, type CommentRequest, commentRequest } from '../../../../protocol/comments.ts';
import { ACTIONS, type ReviewRequest, STAGES } from '../../../../protocol/review.ts';
import { hasRole } from '../../../../protocol/roles.ts';
import { typeNamed } from '../../../../../src/types/index.ts';
import { LINK_DAYS, type LookLinks } from '../../../services/looking/index.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { Refused } from '../../../services/refused.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { subjectOf } from '../../api/subject.ts';
import { type DrawsPages, drawnPage } from '../../page/drawn-page.ts';
import { formOf } from '../../page/forms.ts';
import { deskPage, rootOf } from '../../page/index.ts';
import { isDeskStep } from './actions.ts';
import { lookAddress } from './links.ts';
import { type PageState, readingAddress, readingPage } from './page.ts';

/** 审稿: one entry to read, to talk about and to pass on, made for a phone; it works without scripts. */

export interface ReadingParts {
  newsroom: Pick<
    Newsroom,
    'readForReview' | 'review' | 'act' | 'comment' | 'draftCommit' | 'titleOf' | 'read'
  >;
  lookLinks: LookLinks;
  audit: Pick<Audit, 'write'>;
  previews: DrawsPages;
  /** Origin that people open the site with; empty when only this machine does. */
  publicUrl: () => string;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  /** Path of the entry that a notice's link stands for; undefined when there is none. */
  pathOfNotice: (id: string) => string | undefined;
}

const DONE: Record<string, string> = {
  comment: '意见记下了，写稿的人看得到。',
  revoked: '网址收回了，再打开就看不到了。',
  ...Object.fromEntries(Object.entries(ACTIONS).map(([action, label]) => [action, `已经${label}。`])),
};

export function readingRoutes(parts: ReadingParts): Hono<Signed> {
  const { newsroom, lookLinks, audit, previews, publicUrl, base, pathOfNotice } = parts;
  const app = new Hono<Signed>({ strict: false });

  const pathOf = (context: Context): string => {
    const { type = '', slug = '' } = context.req.param() as Record<string, string>;
    return `content/${type}/${slug}.${typeNamed(type)?.format ?? 'mdx'}`;
  };
  const missing = (context: Context) =>
    deskPage(context, {
      title: '没有这一条',
      body: html`<p>
        它可能已经删除、放弃，或者改了地址。<a href="${rootOf(context)}admin/desk/overview/">看待办</a>
      </p>`,
      status: 404,
    });
  /** The entry of a path that somebody may have typed; undefined when there is none. */
  const read = (path: string) =>
    newsroom.readForReview(path).catch((error: unknown) => {
      if (error instanceof Refused) return undefined;
      throw error;
    });
  /** The page as it is now; 404 when there is no such entry. */
  const show = async (context: Context<Signed>, more: Partial<PageState> = {}) => {
    const path = pathOf(context);
    const entry = await read(path);
    if (!entry) return missing(context);
    const review = await newsroom.review(path, context.get('person'));
    return readingPage(context, { entry, review, links: lookLinks.of(entry.document.path), ...more });
  };
  /** Does something, or shows why it was refused. */
  const attempt = async (
    context: Context<Signed>,
    job: () => Promise<Response>,
    request?: ReviewRequest,
  ): Promise<Response> => {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { message, problems, status } = error;
      const found = request && problems.length > 0 ? { request, problems } : undefined;
      return show(context, { problem: found ? undefined : message, found, status });
    }
  };

  app.get('/', (context) => context.redirect(`${rootOf(context)}admin/desk/overview/`, 302));
  app.get('/of/:id', (context) => {
    const path = pathOfNotice(context.req.param('id'));
    return path ? context.redirect(rootOf(context) + readingAddress(path), 302) : missing(context);
  });

  app.get('/:type/:slug', (context) => show(context, { notice: DONE[context.req.query('done') ?? ''] }));

  app.get('/:type/:slug/page', async (context) => {
    const entry = await read(pathOf(context));
    return entry ? drawnPage(context, previews, entry.document) : missing(context);
  });

  app.post('/:type/:slug', async (context) => {
    const form = await context.req.parseBody({ all: true });
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
    const action = text('action');
    if (!isDeskStep(action)) return show(context, { problem: '请按页面上的按钮', status: 400 });
    const accepted = [form.accepted].flat().filter((one): one is string => typeof one === 'string');
    const comment = text('comment').trim() || undefined;
    const request = { action, comment, ...(accepted.length > 0 ? { accepted } : {}) };
    return attempt(
      context,
      async () => {
        const path = pathOf(context);
        const person = context.get('person');
        const target = subjectOf(newsroom, path);
        await newsroom.act(person, path, text('version'), request);
        const stage = STAGES[newsroom.read(path)?.stage ?? 'published'];
        audit.write({ person, action, target, detail: [stage, comment].filter(Boolean).join('：') });
        return context.redirect(`./?done=${action}`, 303);
      },
      request,
    );
  });

  app.get('/:type/:slug/comments', (context) => context.redirect('../', 303));
  app.post('/:type/:slug/comments', async (context) => {
    const form = await formOf(context);
    const request = askedOf(form);
    if (!request) return show(context, { problem: '没有收全，请再写一次', status: 400 });
    return attempt(context, async () => {
      const person = context.get('person');
      const path = pathOf(context);
      await newsroom.comment(person, path, request);
      audit.write({ person, action: 'comment', target: subjectOf(newsroom, path) });
      const at = request.do === 'add' ? `place-${Number(form.index) || 0}` : `comment-${request.id}`;
      return context.redirect(`../?done=comment#${at}`, 303);
    });
  });

  app.get('/:type/:slug/links', (context) => context.redirect('../', 303));
  app.post('/:type/:slug/links', async (context) => {
    const form = await formOf(context);
    const person = context.get('person');
    const path = pathOf(context);
    const entry = await read(path);
    const draft = entry && newsroom.draftCommit(path);
    if (!draft) return missing(context);
    const review = await newsroom.review(path, person);
    const mayShare =
      hasRole(person, 'reviewer') || review.authors.some(({ login }) => login === person.login);
    if (!mayShare)
      return show(context, { problem: '只有写这一稿的人和「审核」以上的人能把它给外面的人看', status: 403 });
    const wrote = (detail: string) =>
      audit.write({ person, action: 'share', target: subjectOf(newsroom, path), detail });
    if (form.do === 'revoke') {
      if (lookLinks.revoke(draft.path, form.id ?? '')) wrote('收回一个网址');
      return context.redirect('../?done=revoked#links', 303);
    }
    const days = LINK_DAYS.find((one) => String(one) === form.days);
    if (!days) return show(context, { problem: '请选几天以后失效', status: 400 });
    const commit = form.which === 'fixed' ? draft.commit : undefined;
    const secret = lookLinks.make({ path: draft.path, commit, by: person, days });
    if (!secret) return show(context, { problem: '这一稿的网址太多了，请先收回几个', status: 422 });
    wrote(`${days} 天有效，${commit ? '只看这一版' : '跟着改'}`);
    const origin = publicUrl() || new URL(context.req.url).origin;
    return show(context, { made: `${origin}${base}${lookAddress(secret)}` });
  });
  return app;
}

/** What a form says about comments; undefined when it is not one of ours. */
function askedOf(form: Record<string, string>): CommentRequest | undefined {
  const { do: what, id, text, field, paragraph, quote = '' } = form;
  const place = what === 'add' ? anchor.safeParse({ field, paragraph, quote }).data : undefined;
  return commentRequest.safeParse({ do: what, id, text, anchor: place }).data;
}
