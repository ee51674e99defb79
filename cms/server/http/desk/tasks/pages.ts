import type { Context } from 'hono';
import { html } from 'hono/html';
import { rangeText } from '../../../../../src/calendar/text.ts';
import { elementOf, metaOf, shapeOf } from '../../../../../src/model/schema.ts';
import type { Problem } from '../../../../../src/model/problems.ts';
import type { ContentType } from '../../../../../src/model/type.ts';
import { MAX_COMMENT } from '../../../../protocol/comments.ts';
import { ACTIONS } from '../../../../protocol/review.ts';
import type { Names } from '../../../../protocol/entries.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, type Markup } from '../../page/index.ts';
import { faultList } from '../results/controls.ts';
import { seenValue } from '../batch/posted.ts';
import { URGENT, WITH_WORDS } from '../review/actions.ts';
import type { LastStep } from './saving.ts';
import type { Values } from './values.ts';

/** The pages of a guided form: the questions, a last look, and where the entry stands. */

interface FormPage {
  title: string;
  lead: Markup;
  questions: Markup;
  faults: Faults;
  /** What the controls are called, for the list of faults. */
  labelOf: (control: string) => string;
  problem?: string | undefined;
  /** Hidden values, e.g. the version that the form was made from. */
  kept?: Readonly<Record<string, string>>;
}

export function formPage(
  context: Context,
  { title, lead, questions, faults, labelOf, problem, kept = {} }: FormPage,
): Response | Promise<Response> {
  const hasFaults = Object.keys(faults).length > 0;
  return deskPage(context, {
    title,
    problem,
    status: hasFaults ? 422 : problem ? 409 : 200,
    body: html`<div class="lead">${lead}</div>
      ${hasFaults && faultList(faults, labelOf)}
      <form class="form results task" method="post" novalidate>
        ${csrfField(context)}
        <button class="visually-hidden" name="step" value="look" tabindex="-1" aria-hidden="true">
          看一遍
        </button>
        ${Object.entries(kept).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        ${questions}
        <p class="actions save"><button name="step" value="look">下一步：看一遍</button></p>
      </form>`,
  });
}

interface LookPage {
  title: string;
  type: ContentType;
  data: Data;
  body: string;
  names: Names;
  problems: readonly Problem[];
  values: Values;
  kept: Readonly<Record<string, string>>;
  lastStep: LastStep | undefined;
  /** Whether it may go to the site at once, before it is reviewed. */
  canHurry?: boolean;
  /** Whether the draft holds changes of others, which go with it. */
  hasOthers?: boolean;
  /** Why it cannot be done in this way, a Chinese sentence. */
  problem?: string | undefined;
  /** What visitors will read of a change. */
  announcement?: string | undefined;
  /** What to know before saving. */
  notice?: string | undefined;
}

/** Fields that the form makes by itself, or that say nothing to a reader. */
const NOT_SHOWN = new Set([
  'uid',
  'published',
  'sequence',
  'changes',
  'photos',
  'results',
  'experts',
  'end',
  'formerStart',
  'changedOn',
]);

export function lookPage(context: Context, page: LookPage): Response | Promise<Response> {
  const { title, data, body, problems, values, kept, lastStep, announcement, notice } = page;
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const errors = problems.filter(({ severity }) => severity === 'error');
  const isHeld = errors.length > 0;
  return deskPage(context, {
    title: `${title}：看一遍`,
    notice,
    status: page.problem ? 422 : 200,
    problem: isHeld
      ? `有 ${errors.length} 处要改。可以回去改，也可以先存成草稿，在编辑后台改好再送审。`
      : page.problem,
    body: html`${
        announcement &&
        html`<section class="panel" aria-labelledby="told">
          <h2 id="told">访客会看到</h2>
          <p><strong>${data.title}</strong></p>
          <p>${announcement}</p>
          <p class="muted">首页、活动页、日历和订阅里都会更新，订阅了日历的也会收到。</p>
        </section>`
      }
      ${problemPart('要改', errors)} ${problemPart('提醒', warnings)}
      <section class="panel" aria-labelledby="entry">
        <h2 id="entry">${data.title || '（还没有标题）'}</h2>
        <dl class="facts">
          ${factsOf(page).map(
            ([label, text]) =>
              html`<dt>${label}</dt>
                <dd>${text}</dd>`,
          )}
        </dl>
        ${body && html`<p class="body">${body}</p>`}
      </section>
      <form class="form results" method="post">
        ${csrfField(context)}
        ${[...values.entries().filter(([name]) => !(name in kept) && !['csrf', 'step', 'seen', HURRY].includes(name)), ...Object.entries(kept)].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        ${warnings.map(({ message }) => html`<input type="hidden" name="seen" value="${seenValue('it', message)}" />`)}
        <p class="actions save">
          ${lastStep && !isHeld && html`<button name="step" value="${lastStep}">${ACTIONS[lastStep]}</button>`}
          <button class="${lastStep && !isHeld ? 'plain' : ''}" name="step" value="save">存成草稿</button>
          <button class="plain" name="step" value="edit">回去改</button>
        </p>
        ${page.canHurry && !isHeld && hurryPart(page)}
      </form>`,
  });
}

/** The control that says why a change cannot wait for its review. */
export const HURRY = 'hurry';

/** 先发后审, for who may do it. */
const hurryPart = ({ values, hasOthers, problem }: LookPage): Markup => {
  const reason = values.one(HURRY);
  const limit = html`maxlength="${MAX_COMMENT}"`;
  return html`<details ${problem && html`open`}>
    <summary>等不得，${ACTIONS.urgent}</summary>
    <div class="form">
      <p>${URGENT}${hasOthers && '这一条还没发布的修改也会一起上网站，请先看过。'}</p>
      <div>
        <label for="${HURRY}">${WITH_WORDS.urgent}</label>
        <textarea id="${HURRY}" name="${HURRY}" rows="2" ${limit}>${reason}</textarea>
      </div>
      <button class="warn" name="step" value="urgent">${ACTIONS.urgent}</button>
    </div>
  </details>`;
};

const problemPart = (label: string, problems: readonly Problem[]): Markup | false =>
  problems.length > 0 &&
  html`<section class="panel">
    <ul class="findings">
      ${problems.map(
        ({ field = '', message }) =>
          html`<li>
            <span class="tag ${label === '要改' ? 'bad' : ''}">${label}</span> <span>${field}${message}</span>
          </li>`,
      )}
    </ul>
  </section>`;

/** What the entry says, by the labels of the form. */
function factsOf({ type, data, names }: LookPage): [string, string][] {
  const textOf = (name: string, value: unknown): string => {
    const field = shapeOf(type.schema)[name];
    const meta = field && metaOf(field);
    const one = (item: unknown): string => {
      const key = String(item);
      const element = field && elementOf(field);
      const itemMeta = (element && metaOf(element)) ?? meta;
      return itemMeta?.options?.[key] ?? names[itemMeta?.to ?? '']?.[key] ?? key;
    };
    if (Array.isArray(value)) return value.map(one).join('、');
    if (name === 'start') return rangeText(String(data.start), data.end as string | undefined);
    if (name === 'coordinates') {
      const { longitude, latitude } = value as { longitude?: number; latitude?: number };
      return `经度 ${longitude}，纬度 ${latitude}`;
    }
    return typeof value === 'object' ? '' : one(value);
  };
  return Object.keys(shapeOf(type.schema)).flatMap((name): [string, string][] => {
    const value = data[name];
    const field = shapeOf(type.schema)[name];
    if (value === undefined || value === '' || name === 'title' || NOT_SHOWN.has(name) || !field) return [];
    const text = textOf(name, value);
    return text ? [[name === 'start' ? '时间' : (metaOf(field)?.label ?? name), text]] : [];
  });
}
