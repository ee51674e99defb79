import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../../../src/model/problems.ts';
import { type Action, STAGES } from '../../../../protocol/review.ts';
import type { StepOutcome } from '../../../services/newsroom/index.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import type { Job } from './jobs.ts';
import { seenValue } from './posted.ts';
import { BATCH_STEPS, type BatchStep, DONE_WORDS } from './steps.ts';
import { allButton } from './ticked-list.ts';

/** The pages of a batch: what publishing would do, how far the work is, and what came of each entry. */

const TITLE = '多选处理';

const back = (context: Context): Markup =>
  html`<a class="button plain" href="${rootOf(context)}admin/desk/overview/">回到待办</a>
    <a class="button plain" href="${rootOf(context)}admin/desk/entries/">全部内容</a>`;

export const refusedPage = (context: Context, problem: string, status: 422 | 500 = 422) =>
  deskPage(context, { title: TITLE, problem, body: html`<p class="actions">${back(context)}</p>`, status });

export const gonePage = (context: Context) =>
  deskPage(context, {
    title: TITLE,
    problem: '这一批已经处理过，或者放得太久了（只留半小时）。做到哪一步，看「待办」里现在的进度。',
    body: html`<p class="actions">${back(context)}</p>`,
    status: 404,
  });

export const progressPage = (context: Context, { step, items, done }: Job) =>
  deskPage(context, {
    title: TITLE,
    refreshSeconds: 2,
    body: html`<section class="panel" role="status">
      <p>正在做「${BATCH_STEPS[step]}」：看过 ${Math.min(done, items.length)} 条，共 ${items.length} 条。</p>
      <progress max="${items.length}" value="${done}"></progress>
      <p class="muted">这一页自己刷新；关掉也会做完，结果在「待办」里。</p>
    </section>`,
  });

const isWarned = ({ refusal }: StepOutcome) =>
  refusal !== undefined &&
  refusal.problems.length > 0 &&
  refusal.problems.every(({ severity }) => severity === 'warning');

/** What publishing them would do: nothing is changed yet. */
export function lookPage(context: Context, outcomes: readonly StepOutcome[]) {
  const ready = outcomes.filter(({ refusal }) => !refusal);
  const warned = outcomes.filter(isWarned);
  const refused = outcomes.filter((outcome) => outcome.refusal && !isWarned(outcome));
  const most = ready.length + warned.length;
  return deskPage(context, {
    title: '发布以前看一遍',
    problem: refused.length > 0 ? `有 ${refused.length} 条现在不能发布，原因在下面。` : undefined,
    body: html`<form class="form wide" method="post">
      ${csrfField(context)}
      <p>
        选了 ${outcomes.length} 条：${ready.length} 条可以发布，${warned.length} 条有提醒，${refused.length}
        条不能发布。一起发布的一次上线，网站只更新一遍。
      </p>
      ${refused.length > 0 && part('refused', '不能发布的', refused, context)}
      ${warned.length > 0 && part('warned', '有提醒的', warned, context)}
      ${ready.length > 0 && part('ready', '可以发布的', ready, context)}
      ${warned.flatMap(({ path, refusal }) => (refusal?.problems ?? []).map(({ message }) => html`<input type="hidden" name="seen" value="${seenValue(path, message)}" />`))}
      ${
        warned.length > 0 &&
        html`<label
          ><input type="checkbox" name="read" value="1" /> 提醒都看过了，这 ${warned.length} 条照样发布</label
        >`
      }
      ${
        outcomes.length > 1 &&
        html`<fieldset>
          <legend>有一条发布不了时</legend>
          <label><input type="radio" name="together" value="rest" checked /> 那一条留下，其余的发布</label>
          <label><input type="radio" name="together" value="all" /> 都先不发布</label>
        </fieldset>`
      }
      <p class="actions">${most > 0 && html`<button>发布（一次上线）</button>`} ${back(context)}</p>
    </form>`,
  });
}

const part = (id: string, title: string, outcomes: readonly StepOutcome[], context: Context): Markup =>
  html`<section class="panel" aria-labelledby="${id}">
    <h2 id="${id}">${title}（${outcomes.length}）</h2>
    <ul class="findings">
      ${outcomes.map((outcome) => html`<li>${outcomeLine(outcome, rootOf(context))}</li>`)}
    </ul>
  </section>`;

const outcomeLine = ({ path, title, stage, refusal }: StepOutcome, root: string): Markup =>
  html`<a href="${editorAddress(root, path)}">${title}</a> <span class="tag">${STAGES[stage]}</span> ${
      refusal &&
      html`<span>${refusal.message}${refusal.problems.length > 0 ? '：' : ''}</span> ${
          refusal.problems.length > 0 &&
          html`<ul>
            ${refusal.problems.map(problemLine)}
          </ul>`
        }`
    }`;

const problemLine = ({ severity, field = '', message }: Problem): Markup =>
  html`<li>
    <span class="tag ${severity === 'error' ? 'bad' : ''}">${severity === 'error' ? '要改' : '提醒'}</span>
    ${field}${message}
  </li>`;

interface Now {
  /** What this person may do with each draft now. */
  actionsOf: ReadonlyMap<string, readonly Action[]>;
  versionOf: (path: string) => string;
}

/** What came of each entry, and what can be done next with those that went well. */
export function resultPage(
  context: Context,
  { step, comment }: Job,
  outcomes: readonly StepOutcome[],
  { actionsOf, versionOf }: Now,
) {
  const good = outcomes.filter(({ refusal }) => !refusal);
  const left = outcomes.filter(({ refusal }) => refusal);
  const next = (['submit', 'approve', 'publish'] as const).map((wanted) => ({
    wanted,
    items: good
      .filter(({ path }) => actionsOf.get(path)?.includes(wanted))
      .map(({ path }) => ({ path, version: versionOf(path) })),
  }));
  return deskPage(context, {
    title: `${BATCH_STEPS[step]}：结果`,
    notice: good.length > 0 ? noticeOf(step, good.length, comment) : undefined,
    problem: left.length > 0 ? `${left.length} 条没有做成，原样留着，原因在下面。` : undefined,
    body: html`<p class="actions">
        ${next.filter(({ items }) => items.length > 0).map(({ wanted, items }) => allButton(context, wanted, `接着${BATCH_STEPS[wanted]}（${items.length} 条）`, items))}
        ${back(context)}
      </p>
      ${left.length > 0 && part('left', '没有做成的', left, context)}
      ${good.length > 0 && part('good', DONE_WORDS[step], good, context)}`,
  });
}

function noticeOf(step: BatchStep, count: number, comment: string): string {
  const reason = step === 'return' && comment ? `，原因：${comment}` : '';
  const live = step === 'publish' ? '，是一次发布；网站正在更新，更新好了一起上线' : '';
  return `${count} 条${DONE_WORDS[step]}${reason}${live}。`;
}
