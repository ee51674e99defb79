import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Audit } from '../../stores/audit.ts';
import { deskPage } from '../page/index.ts';
import type { Newsroom } from '../../services/newsroom/index.ts';
import type { Releases } from '../../services/releases.ts';
import { confirmRelease } from './confirm-release.ts';
import { REBUILD, rebuildForm } from './rebuild-form.ts';
import { timeOf } from '../page/time.ts';
import type { Signed } from '../access.ts';

/** 发布记录: the kept releases, and the roll-back to one of them. */

const NOTICES = new Map([
  ['1', '已经换上，访客现在看到的就是它。下一次发布会带上之后的全部内容。'],
  [REBUILD, '正在把整个网站从头生成一遍，比平时久一些。生成好了就换上，访客不会看到半成品。'],
]);

export interface ReleasesPageParts {
  releases: Releases;
  /** Commit that is published now. */
  newsroom: Pick<Newsroom, 'commit'>;
  audit: Audit;
}

export function releasesPage({ releases, newsroom, audit }: ReleasesPageParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', (context) => {
    const live = releases.current()?.id;
    const list = releases.list();
    return deskPage(context, {
      title: '发布记录',
      notice: NOTICES.get(context.req.query('done') ?? ''),
      body: html`${
          releases.rolledBackFrom() &&
          html`<p class="notice" role="status">
            现在的网站是换回的旧版，不会自己变：要回到最新的样子，按「重新生成网站」，或者再发布一次。
          </p>`
        }
        <p class="muted">
          保留最近 ${list.length}
          次发布的网站。换回以前的，访客马上看到那时的样子；内容和草稿都不变，下一次发布会带上全部内容。
        </p>
        ${rebuildForm(
          context,
          { label: '重新生成网站', action: './' },
          html`<span class="muted"
            >每一页都从头做，不用以前做好的：上次没有更新成功，页面看着不对，或者换回以后想要最新的样子，就按它。</span
          >`,
        )}
        <div class="scroll" tabindex="0" role="region" aria-label="发布记录">
          <table>
            <thead>
              <tr>
                <th scope="col">时间</th>
                <th scope="col">做了什么</th>
                <th scope="col">谁</th>
                <th scope="col">页数</th>
                <th scope="col">用时</th>
                <th scope="col">操作</th>
              </tr>
            </thead>
            <tbody>
              ${list.map(
                ({ id, builtAt, by, why, pages, seconds }) =>
                  html`<tr>
                    <td>${timeOf(builtAt)}</td>
                    <td>${why}</td>
                    <td>${by}</td>
                    <td>${pages}</td>
                    <td>${seconds.toFixed(1)} 秒</td>
                    <td>
                      ${
                        id === live
                          ? html`<strong class="tag">现在的网站</strong>`
                          : html`<form action="confirm/">
                              <input type="hidden" name="id" value="${id}" />
                              <button class="plain">${id === list[0]?.id ? '回到最新' : '换回这一次'}</button>
                            </form>`
                      }
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
    });
  });

  app.get('/confirm', (context) =>
    confirmRelease({
      context,
      list: releases.list(),
      live: releases.current()?.id,
      wanted: context.req.query('id') ?? '',
    }),
  );

  app.post('/', async (context) => {
    const { id, from } = await context.req.parseBody();
    if (id === REBUILD) {
      const { name } = context.get('person');
      releases.request({ commit: newsroom.commit, by: name, why: '重新生成网站', isWhole: true });
      return context.redirect(from === 'overview' ? '../overview/' : './?done=again', 303);
    }
    try {
      const { why } = releases.rollBack(String(id));
      audit.write({ person: context.get('person'), action: 'roll-back', target: String(id), detail: why });
    } catch (error) {
      const body = html`<p><a href="./">返回发布记录</a></p>`;
      return deskPage(context, { title: '发布记录', problem: (error as Error).message, body, status: 404 });
    }
    return context.redirect('./?done=1', 303);
  });
  return app;
}
