import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../../../src/model/problems.ts';
import { MAX_COMMENT } from '../../../../protocol/comments.ts';
import {
  type Action,
  ACTIONS,
  openQuestions,
  type ReviewRequest,
  type ReviewState,
  STEPS,
} from '../../../../protocol/review.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';

/** The buttons of the reading page: the steps that this person may take, as the rules of review say. */

/** Steps that one press takes, in the order of the buttons. */
const AT_ONCE = ['reviewed', 'approve', 'publish', 'submit', 'withdraw'] as const satisfies Action[];

/** Steps that want words, and what they are asked for. */
export const WITH_WORDS = {
  return: '要改什么（写给作者看）',
  urgent: '为什么来不及审（写给补审的人看）',
  comment: '留言（整篇的；一句一句的写在那一段下面）',
} as const satisfies Partial<Record<Action, string>>;

export type DeskStep = (typeof AT_ONCE)[number] | keyof typeof WITH_WORDS;

export const isDeskStep = (action: string): action is DeskStep =>
  (AT_ONCE as readonly string[]).includes(action) || Object.hasOwn(WITH_WORDS, action);

export interface ActionParts {
  context: Context;
  review: ReviewState;
  /** Version of the text on the page. */
  version: string;
}

/** Who has it, what is open, what can be done. */
export function actionsPanel(parts: ActionParts): Markup {
  const { review } = parts;
  const offered = review.actions.filter(isDeskStep);
  const questions = [...new Set(offered.flatMap((action) => openQuestions(review, action)))];
  const atOnce = AT_ONCE.filter((action) => offered.includes(action));
  return html`<section class="panel act" aria-labelledby="act">
    <h2 id="act">审核</h2>
    ${waitsText(review)}
    ${
      questions.length > 0 &&
      html`<ul class="questions">
        ${questions.map((question) => html`<li>${question}</li>`)}
      </ul>`
    }
    ${
      atOnce.length > 0 &&
      html`<form method="post" class="actions">
        ${hidden(parts)}
        ${atOnce.map(
          (action, index) =>
            html`<button name="action" value="${action}" ${index > 0 && html`class="plain"`}>
              ${ACTIONS[action]}
            </button>`,
        )}
      </form>`
    }
    ${Object.entries(WITH_WORDS).map(([action, label]) =>
      offered.includes(action as DeskStep) ? wordsForm(parts, action as keyof typeof WITH_WORDS, label) : '',
    )}
    ${offered.length === 0 && html`<p>这一条现在不用你做什么。</p>`}
  </section>`;
}

const hidden = ({ context, version }: ActionParts): Markup =>
  html`${csrfField(context)}<input type="hidden" name="version" value="${version}" />`;

const wordsForm = (parts: ActionParts, action: keyof typeof WITH_WORDS, label: string): Markup =>
  html`<details>
    <summary>${ACTIONS[action]}</summary>
    <form method="post" class="form">
      ${hidden(parts)} ${action === 'urgent' && html`<p>${URGENT}</p>`}
      <label
        >${label} <textarea name="comment" rows="3" maxlength="${MAX_COMMENT}" required></textarea>
      </label>
      <button name="action" value="${action}" ${action === 'urgent' && html`class="warn"`}>
        ${ACTIONS[action]}
      </button>
    </form>
  </details>`;

/** When 先发后审 is in its place, and what comes after it. */
export const URGENT =
  '只用在等不得的时候：活动取消、改期，写错了的电话、时间。按下去马上上网站；没有审的步骤，由别的人随后补审，在那以前一直列在「待办」里。';

function waitsText({ stage, waitsFor, urgent }: ReviewState): Markup {
  const [step] = urgent?.pending ?? [];
  if (urgent && step)
    return html`<p>
      <strong class="tag bad">先发后审</strong>
      ${urgent.name}${urgent.action === 'unpublish' ? '先下线' : '先发布'}了，还要补${STEPS[step].label}。${
        urgent.reason && html`原因：${urgent.reason}`
      }
    </p>`;
  if (!(stage in STEPS) || waitsFor.length === 0) return html``;
  return html`<p>等${waitsFor.map(({ name }) => `「${name}」`).join('、')}里的一位审。</p>`;
}

/** What was found before a step: errors to mend, or warnings to let stand. */
export function problemsPanel(
  parts: ActionParts,
  { action, comment }: ReviewRequest,
  problems: readonly Problem[],
): Markup {
  const mayLetStand = problems.every(({ severity }) => severity === 'warning');
  return html`<section class="panel" aria-labelledby="problems">
    <h2 id="problems">${ACTIONS[action]}以前，请看看这 ${problems.length} 处</h2>
    ${problemList(problems)}
    ${
      mayLetStand &&
      html`<form method="post" class="actions">
        ${hidden(parts)} ${comment && html`<input type="hidden" name="comment" value="${comment}" />`}
        ${problems.map(({ message }) => html`<input type="hidden" name="accepted" value="${message}" />`)}
        <button name="action" value="${action}">都看过了，照样${ACTIONS[action]}</button>
      </form>`
    }
  </section>`;
}

export const problemList = (problems: readonly Problem[]): Markup =>
  html`<ul class="findings">
    ${problems.map(
      ({ severity, field, message }) =>
        html`<li>
          ${severity === 'error' && html`<strong class="tag bad">要改</strong>`} ${field}${message}
        </li>`,
    )}
  </ul>`;
