import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { formatDay } from '../../../../src/calendar/text.ts';
import {
  REQUEST_STATES,
  type RequestState,
  SESSIONS,
  type VisitRequest,
} from '../../../../src/caravan/request/request.ts';
import type { Audit } from '../../stores/audit.ts';
import { editorAddress } from '../page/editor-address.ts';
import { deskPage, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import type { Person } from '../../../protocol/roles.ts';
import type { Lists } from '../../services/requests/check.ts';
import type { Requests } from '../../services/requests/index.ts';
import type { KeptRequest } from '../../stores/requests/store.ts';
import { factList } from './facts.ts';
import { noContact, withdrawnList } from './desk-notices.ts';
import type { Signed } from '../access.ts';
import { csrfField } from '../page/forms.ts';

/** 大篷车申请: the queue of the office. */

const MAX_NOTE = 1000;

/** Makes a draft in the content repository, in the name of a person. */
export type CreateDraft = (draft: { path: string; text: string; person: Person }) => Promise<void>;

export interface DeskParts {
  requests: Requests;
  audit: Audit;
  createDraft: CreateDraft;
}

export function deskRoutes({
  requests: { store, lists, draftFor },
  audit,
  createDraft,
}: DeskParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });

  app.get('/', (context) => {
    const all = store.list();
    const gone = store.withdrawn();
    return deskPage(context, {
      title: '大篷车申请',
      notice: context.req.query('deleted') ? '已经删除，恢复不了。' : undefined,
      body: html`${noContact(context)}
      ${
        all.length === 0
          ? html`<p class="empty">还没有申请。学校和社区在网站的申请页填写，会出现在这里。</p>`
          : queue(all, lists())
      }
      ${gone.length > 0 && withdrawnList(gone, rootOf(context))}`,
    });
  });

  const found = (context: Context<Signed>) => store.find(context.req.param('reference') ?? '');
  const lost = (context: Context<Signed>) => {
    const reference = context.req.param('reference') ?? '';
    const isWithdrawn = store.withdrawn().some((one) => one.reference === reference);
    return deskPage(context, {
      title: isWithdrawn ? '申请人已删除' : '没有这份申请',
      body: html`<p>
        ${isWithdrawn ? `申请 ${reference} 由申请人自己删除，填的内容都没有了。` : '它可能已经删除。'}<a
          href="${rootOf(context)}admin/desk/requests/"
          >看全部申请</a
        >
      </p>`,
      status: 404,
    });
  };
  const wrote = (context: Context<Signed>, reference: string, detail: string) =>
    audit.write({ person: context.get('person'), action: 'request', target: reference, detail });

  app.get('/:reference', (context) => {
    const kept = found(context);
    if (!kept) return lost(context);
    const notice = { saved: '已经保存。', drafted: '草稿建好了，请到编辑器里补全、送审。' }[
      context.req.query('done') ?? ''
    ];
    return onePage(context, kept, lists(), { notice });
  });

  app.post('/:reference', async (context) => {
    const kept = found(context);
    if (!kept) return lost(context);
    const { state, note } = await context.req.parseBody();
    if (typeof state !== 'string' || !Object.hasOwn(REQUEST_STATES, state))
      return onePage(context, kept, lists(), { problem: '没有这种状态，请重新选' });
    if (typeof note === 'string' && [...note].length > MAX_NOTE)
      return onePage(context, kept, lists(), { problem: `备注超过 ${MAX_NOTE} 个字，请缩短`, typed: note });
    store.change(kept.reference, {
      state: state as RequestState,
      ...(typeof note === 'string' ? { note: note.trim() } : {}),
    });
    if (state !== kept.state)
      wrote(context, kept.reference, `改为「${REQUEST_STATES[state as RequestState]}」`);
    return context.redirect('?done=saved', 303);
  });

  app.post('/:reference/draft', async (context) => {
    const kept = found(context);
    if (!kept) return lost(context);
    if (!kept.contents) return onePage(context, kept, lists(), { problem: UNREADABLE });
    const { path, text } = draftFor(kept.contents.asked);
    try {
      await createDraft({ path, text, person: context.get('person') });
    } catch (error) {
      return onePage(context, kept, lists(), { problem: `草稿没有建成：${(error as Error).message}` });
    }
    store.change(kept.reference, { state: 'scheduled', draft: path });
    wrote(context, kept.reference, `转为草拟站次 ${path}`);
    return context.redirect('../?done=drafted', 303);
  });

  app.post('/:reference/delete', async (context) => {
    const kept = found(context);
    if (!kept) return lost(context);
    const { sure } = await context.req.parseBody();
    if (sure !== 'yes') return onePage(context, kept, lists(), { problem: '请先勾选「确定删除」' });
    store.remove(kept.reference);
    wrote(context, kept.reference, '删除');
    return context.redirect('../../?deleted=1', 303);
  });
  return app;
}

const UNREADABLE = '这份申请解不开：密钥文件换过或丢了。请恢复密钥文件，或删除这份申请。';

const schoolName = ({ school, place }: VisitRequest, { schools }: Lists) =>
  schools.find(({ id }) => id === school)?.name ?? place ?? '';

const tag = (state: RequestState) =>
  html`<span class="tag ${{ new: 'bad', contacted: '', scheduled: 'good', declined: '' }[state]}"
    >${REQUEST_STATES[state]}</span
  >`;

const BUSY = html`<span class="tag">来自繁忙时段，请核对</span>`;

const queue = (all: readonly KeptRequest[], lists: Lists) =>
  html`<p class="muted">电话和说明只在这里看得到，过了保存期自动删除。</p>
    <div class="scroll" tabindex="0" role="region" aria-label="大篷车申请">
      <table>
        <thead>
          <tr>
            <th scope="col">编号</th>
            <th scope="col">状态</th>
            <th scope="col">学校或社区</th>
            <th scope="col">想要的日子</th>
            <th scope="col">收到</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ reference, state, createdAt, contents, isBusy }) =>
              html`<tr>
                <td><a href="${reference}/">${reference}</a></td>
                <td>${tag(state)} ${isBusy && BUSY}</td>
                <td>${contents ? schoolName(contents.asked, lists) : '（解不开）'}</td>
                <td>${contents && `${formatDay(contents.asked.day)} ${SESSIONS[contents.asked.session]}`}</td>
                <td>${timeOf(createdAt)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;

interface Messages {
  notice?: string | undefined;
  problem?: string | undefined;
  /** A note that could not be saved. */
  typed?: string;
}

function onePage(
  context: Context<Signed>,
  kept: KeptRequest,
  lists: Lists,
  { typed, ...messages }: Messages,
) {
  const { reference, state, contents, draft, createdAt, keptUntil, isBusy } = kept;
  const root = rootOf(context);
  const here = `${root}admin/desk/requests/${reference}/`;
  const slug = draft.replace(/^.*\/|\.mdx$/g, '');
  return deskPage(context, {
    title: `申请 ${reference}`,
    status: messages.problem ? 422 : 200,
    ...messages,
    body: html`<p><a href="${root}admin/desk/requests/">全部申请</a></p>
      <p>
        ${tag(state)} ${isBusy && BUSY} ${timeOf(createdAt)} 收到，保存到
        ${formatDay(keptUntil, { year: true })}。
      </p>
      ${contents ? factList(contents.asked, lists) : html`<p class="problem">${UNREADABLE}</p>`}
      <form class="panel form" method="post" action="${here}">
        ${csrfField(context)}
        <label
          >状态
          <select name="state">
            ${Object.entries(REQUEST_STATES).map(
              ([value, label]) =>
                html`<option value="${value}" ${value === state && html`selected`}>${label}</option>`,
            )}
          </select>
        </label>
        ${
          contents &&
          html`<label
            >备注<small>只给办公室看，和申请一起加密、一起删除。</small
            ><textarea name="note" rows="4">${typed ?? contents.note}</textarea>
          </label>`
        }
        <button>保存</button>
      </form>
      ${
        contents &&
        html`<form class="panel form" method="post" action="${here}draft/">
          ${csrfField(context)}
          <p>
            ${
              draft
                ? html`已经转为草拟站次：<a href="${editorAddress(root, draft)}">${slug}</a>`
                : '建一条「拟定」的站次草稿，只带学校、日子、学段、展品；联系人、电话和说明不会带过去。'
            }
          </p>
          ${!draft && html`<button>转为草拟站次</button>`}
        </form>`
      }
      <form class="panel form" method="post" action="${here}delete/">
        ${csrfField(context)}
        <label><input type="checkbox" name="sure" value="yes" />确定删除，删了恢复不了</label>
        <button class="warn">立即删除</button>
      </form>`,
  });
}
