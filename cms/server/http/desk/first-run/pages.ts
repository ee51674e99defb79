import type { Context } from 'hono';
import { html } from 'hono/html';
import { STAFF_CHOICES, stepsForStaff } from '../../../../first-run/staff.ts';
import { STEPS as REVIEW_STEPS, type Step as ReviewStep } from '../../../../protocol/review.ts';
import type { FirstRun } from '../../../services/first-run/index.ts';
import type { Signed } from '../../access.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { STEPS, stepAfter } from './steps.ts';

/** The pages of the assistant: plain forms that work without scripts. */

export const FIRST_RUN_TITLE = '开站向导';

/** What a form had, and what was wrong with it. */
export interface Typed {
  values?: Readonly<Record<string, string>> | undefined;
  problem?: string | undefined;
  notice?: string | undefined;
}

/** A step's page: where one is, its form, and how to leave it out. */
export function stepPage(
  context: Context<Signed>,
  path: string,
  form: Markup,
  { problem, notice }: Typed = {},
) {
  const at = STEPS.findIndex((step) => step.path === path);
  const step = STEPS[at];
  const next = stepAfter(path);
  return deskPage(context, {
    title: step?.title ?? FIRST_RUN_TITLE,
    problem,
    notice: notice ?? (context.req.query('done') ? '上一步已保存。' : undefined),
    status: problem === undefined ? 200 : 422,
    body: html`<p>第 ${at + 1} 步，共 ${STEPS.length} 步。${step?.what}</p>
      ${form}
      <p class="actions">
        <a class="button plain" href="../${next ? `${next.path}/` : ''}"
          >${next ? '先跳过这一步' : '回到向导'}</a
        >
        <a href="../">全部步骤</a>
      </p>`,
  });
}

/** All steps with what is done. */
export function overview(context: Context<Signed>, run: FirstRun, isDismissed: boolean) {
  return deskPage(context, {
    title: FIRST_RUN_TITLE,
    notice: context.req.query('done') ? '已保存。' : undefined,
    body: html`<p>从空白的网站到第一篇文章，大约一刻钟。每一步都可以先跳过，以后随时回来。</p>
      <ol class="steps">
        ${STEPS.map(
          ({ path, title, what, isDone }) =>
            html`<li>
              <a href="./${path}/">${title}</a>
              ${(path === 'county' || !run.isToBegin()) && isDone?.(run) && html`<span class="tag good">已有</span>`}<br /><small
                >${what}</small
              >
            </li>`,
        )}
      </ol>
      <form method="post" class="actions">
        ${csrfField(context)}
        <button class="plain" name="remind" value="${isDismissed ? 'on' : 'off'}">
          ${isDismissed ? '在「待办」里提醒还没做的步骤' : '不再在「待办」里提醒'}
        </button>
      </form>`,
  });
}

/** What so many people can review. */
const stepsText = (steps: readonly ReviewStep[]) =>
  steps.length > 0
    ? steps.map((step) => REVIEW_STEPS[step].label).join('、')
    : '不审核，写完就能发布（只适合试用）';

/** 人手和审核. */
export const staffForm = (context: Context<Signed>, steps: readonly ReviewStep[]): Markup =>
  html`<form class="form" method="post">
      ${csrfField(context)}
      <fieldset>
        <legend>写稿、审稿的一共几个人</legend>
        ${STAFF_CHOICES.map((count) => {
          const these = stepsForStaff(count);
          return html`<label
            ><input
              type="radio"
              name="people"
              value="${count}"
              required
              ${these.join() === steps.join() ? html`checked` : ''}
            />
            ${count === STAFF_CHOICES.at(-1) ? `${count} 个以上` : `${count} 个`}：${stepsText(these)}</label
          >`;
        })}
        <small>写的人不审自己的稿，一个人只审一步。以后在「服务器设置」里可以再改。</small>
      </fieldset>
      <p class="actions"><button>照这样审核</button></p>
    </form>
    <p><a href="${rootOf(context)}admin/desk/people/">给同事建账号</a>：作者能写，审稿、发布的人能审。</p>`;

/** 第一篇文章. */
export const articleStep = (context: Context<Signed>, steps: readonly ReviewStep[]): Markup =>
  html`<ol>
      <li>按「写第一篇」，先写标题，再写正文；旁边列着发布前还要填什么。</li>
      <li>按「保存」。没有写完也可以先放着，「待办」里找得到。</li>
      <li>
        ${
          steps.length > 0
            ? html`按「提交审核」，由别的人${steps.map((step) => REVIEW_STEPS[step].label).join('、')}，再「发布」。`
            : html`按「发布」。`
        }
      </li>
    </ol>
    <p class="actions">
      <a class="button" href="${rootOf(context)}admin/#/collections/articles/new">写第一篇</a>
    </p>`;

/** Above 待办 until the steps are done. */
export const reminder = (root: string, left: number, isDemo: boolean): Markup =>
  html`<p class="notice">
    ${isDemo ? '现在网站上是演示县的内容。' : `开站还有 ${left} 步没有做。`}<a
      href="${root}admin/desk/first-run/"
      >${isDemo ? '换成本县的' : '接着做'}</a
    >
  </p>`;
