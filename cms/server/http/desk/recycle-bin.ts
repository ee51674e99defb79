import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Audit } from '../../stores/audit.ts';
import type { Newsroom } from '../../services/newsroom/index.ts';
import { Refused } from '../../services/refused.ts';
import type { DiscardedText } from '../../services/newsroom/discarded.ts';
import { titleOf } from '../../services/uses.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';
import { deskPage, type Markup, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import type { Signed } from '../access.ts';
import { editorAddress } from '../page/editor-address.ts';
import { csrfField } from '../page/forms.ts';

/** 回收站: deleted entries and discarded drafts, their texts, and a button to restore them. */

export const RECYCLE_BIN_TITLE = '回收站';

const PAGE_SIZE = 50;

export interface RecycleBinParts {
  newsroom: Pick<Newsroom, 'listDiscarded' | 'readDiscarded' | 'restore'>;
  audit: Audit;
  /** Name of the person with a login. */
  nameOf: (login: string) => string;
}

export function recycleBinPage({ newsroom, audit, nameOf }: RecycleBinParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', async (context) => {
    const person = context.get('person');
    const all = await newsroom.listDiscarded(person);
    const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
    const page = Math.min(pages, Math.max(1, Math.floor(Number(context.req.query('page'))) || 1));
    const shown = await Promise.all(
      all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(async (item) => ({
        ...item,
        title: titleIn(item, await newsroom.readDiscarded(person, item.id)),
      })),
    );
    return deskPage(context, {
      title: RECYCLE_BIN_TITLE,
      body: html`<p class="muted">
          删除的内容和放弃的草稿都在这里，不会过期。恢复以后是一份草稿，要再发布才上网站。
        </p>
        ${shown.length > 0 ? table(shown, nameOf) : html`<p class="empty">没有删除过什么。</p>`}
        ${pages > 1 && pager(page, pages)}`,
    });
  });

  app.get('/:type/:slug/:mark', async (context) => {
    const item = await newsroom.readDiscarded(context.get('person'), idOf(context.req.param()));
    if (!item) return missing(context);
    return deskPage(context, {
      title: titleOf(item.document),
      body: html`<p>
          ${typeOf(item)}，网址名 ${item.place.slug}。${nameOf(item.login)} ${timeOf(item.at)}删除或放弃。
        </p>
        <form method="post">
          ${csrfField(context)}
          <button class="main">恢复成草稿</button>
          <a href="../../../">返回${RECYCLE_BIN_TITLE}</a>
        </form>
        <pre class="text">${item.document.text}</pre>`,
    });
  });

  app.post('/:type/:slug/:mark', async (context) => {
    const person = context.get('person');
    const id = idOf(context.req.param());
    const item = await newsroom.readDiscarded(person, id);
    if (!item) return missing(context);
    try {
      const path = await newsroom.restore(person, id);
      audit.write({ person, action: 'restore', target: titleOf(item.document) });
      return context.redirect(editorAddress(rootOf(context), path), 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const body = html`<p><a href="">看它的全文</a>，<a href="../../../">返回${RECYCLE_BIN_TITLE}</a></p>`;
      return deskPage(context, {
        title: RECYCLE_BIN_TITLE,
        problem: error.message,
        body,
        status: error.status,
      });
    }
  });
  return app;
}

const missing = (context: Parameters<typeof deskPage>[0]) =>
  deskPage(context, {
    title: RECYCLE_BIN_TITLE,
    problem: '没有这一条，可能已经恢复了。',
    body: html`<p><a href="../../../">返回${RECYCLE_BIN_TITLE}</a></p>`,
    status: 404,
  });

const idOf = ({ type, slug, mark }: Record<string, string>) => `${type}/${slug}/${mark}`;
const typeOf = ({ place }: DiscardedText) => place.type?.label ?? '';
const titleIn = ({ place }: DiscardedText, found: { document: EntryDocument } | undefined) =>
  found ? titleOf(found.document) : `「${place.slug}」`;

const table = (
  items: readonly (DiscardedText & { title: string })[],
  nameOf: (login: string) => string,
): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${RECYCLE_BIN_TITLE}">
    <table>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">种类</th>
          <th scope="col">网址名</th>
          <th scope="col">谁</th>
          <th scope="col">时间</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <td><a href="${item.id}/">${item.title}</a></td>
              <td>${typeOf(item)}</td>
              <td>${item.place.slug}</td>
              <td>${nameOf(item.login)}</td>
              <td>${timeOf(item.at)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const pager = (page: number, pages: number): Markup =>
  html`<p>
    ${page > 1 && html`<a href="?page=${page - 1}">上一页</a>`} 第 ${page} 页，共 ${pages} 页
    ${page < pages && html`<a href="?page=${page + 1}">下一页</a>`}
  </p>`;
