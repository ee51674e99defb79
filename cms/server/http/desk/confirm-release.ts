import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Release } from '../../stores/releases.ts';
import { csrfField } from '../page/forms.ts';
import { type Markup, deskPage } from '../page/index.ts';
import { timeOf } from '../page/time.ts';

/** The question before the whole site is swapped: what visitors see now, what they would see, what they would miss. */

interface Swap {
  context: Context;
  /** The kept releases, newest first. */
  list: readonly Release[];
  /** Id of the live one. */
  live: string | undefined;
  /** Id of the one to go live. */
  wanted: string;
}

const described = ({ builtAt, why, by }: Release): Markup => html`${timeOf(builtAt)}，${why}（${by}）`;

export function confirmRelease({ context, list, live, wanted }: Swap): Response | Promise<Response> {
  const place = list.findIndex(({ id }) => id === wanted);
  const target = list[place];
  const now = list.find(({ id }) => id === live);
  const back = html`<a class="button plain" href="../">不换，返回</a>`;
  if (!target)
    return deskPage(context, {
      title: '换一次发布的网站',
      problem: '这一次发布的网站已经不在了，请换一次较近的',
      body: html`<p>${back}</p>`,
      status: 404,
    });
  return deskPage(context, {
    title: place === 0 ? '回到最新的网站' : '把整个网站换回旧版',
    body: html`<dl class="facts">
        ${
          now &&
          html`<div>
            <dt>访客现在看到的</dt>
            <dd>${described(now)}</dd>
          </div>`
        }
        <div>
          <dt>换成</dt>
          <dd>${described(target)}</dd>
        </div>
      </dl>
      ${place > 0 && html`<p class="problem">这以后发布过 ${place} 次，换了以后访客都看不到；急救、防汛、取消的通知也在内。</p>`}
      <p>访客马上看到。内容和草稿都不变，随时可以再换回来。</p>
      <form method="post" action="../">
        ${csrfField(context)}<input type="hidden" name="id" value="${target.id}" />
        <button class="${place > 0 ? 'warn' : ''}">${place > 0 ? '换回旧版' : '回到最新'}</button>
        ${back}
      </form>`,
  });
}
