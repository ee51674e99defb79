import {
  type Action,
  ACTIONS,
  type ReviewRequest,
  type Stage,
  STAGES,
  type Step,
  STEPS,
  type UrgentStep,
} from '../../../protocol/review.ts';
import { MAX_COMMENT } from '../../../protocol/comments.ts';
import { objectionAfterwards } from './after-review.ts';
import { hasRole, type Name, type Person, ROLES } from '../../../protocol/roles.ts';
import { noteOf, type ReviewRecord, wasPublic } from './review-record.ts';

/** 三审三校: who may take which step with a text, and what the step makes of its record. Pure functions. */

/** Why a step is not taken: a Chinese sentence. */
export class ReviewRefusal extends Error {
  override name = 'ReviewRefusal';
}

const same = (a: Name) => (b: Name) => a.login === b.login;

export const isStep = (stage: Stage): stage is Step => stage in STEPS;

/** Why a person may not take a step of review on a draft; undefined when they may. */
export function objection(
  record: Pick<ReviewRecord, 'authors' | 'approvals'>,
  step: Step,
  person: Person,
): string | undefined {
  const { label, role } = STEPS[step];
  if (!hasRole(person, role)) return `${label}要由「${ROLES[role]}」以上的人来做`;
  if (record.authors.some(same(person))) return `你写过或改过这一稿，不能再给它${label}，请换一个人`;
  if (record.approvals.some(same(person))) return `你已经审过这一稿的前一步，${label}请换一个人`;
  return undefined;
}

/** Why a person may not change an entry's address; undefined when they may. A draft that others write in stays where it is. */
function objectionToMove(record: ReviewRecord | undefined, person: Person): string | undefined {
  if (record && record.stage !== 'draft')
    return `这一条现在是「${STAGES[record.stage]}」，等它发布或撤回以后再更改地址`;
  const others = record?.authors.filter((author) => !same(person)(author)) ?? [];
  if (others.length > 0)
    return `${others.map(({ name }) => `「${name}」`).join('、')}正在改这一条；等那一稿发布或放弃以后再更改地址`;
  if (hasRole(person, 'publisher')) return undefined;
  if (!record || wasPublic(record)) return `已经发布的内容，要「${ROLES.publisher}」以上的人才能更改地址`;
  return record.authors.length > 0 ? undefined : '只有写这一稿的人能更改它的地址';
}

/**
 * What a person may do with a text, in the order of the buttons.
 *
 * @param record review record of its draft; undefined when it is published and has no draft
 * @param steps steps of review of this office
 * @param urgent what is public and still to be reviewed
 */
export function allowedActions(
  record: ReviewRecord | undefined,
  person: Person,
  steps: readonly Step[],
  urgent = record?.urgent,
): Action[] {
  const afterwards: Action[] = urgent && !objectionAfterwards(urgent, person) ? ['reviewed'] : [];
  return [...afterwards, ...usualActions(record, person, steps)];
}

/** Whether a person may put a change of what is on the site there before it is reviewed. */
export const mayHurry = (isPublished: boolean, person: Person, steps: readonly Step[]): boolean =>
  isPublished && steps.length > 0 && hasRole(person, 'publisher');

function usualActions(record: ReviewRecord | undefined, person: Person, steps: readonly Step[]): Action[] {
  const publisher = hasRole(person, 'publisher');
  const move: Action[] = objectionToMove(record, person) === undefined ? ['move'] : [];
  if (!record) return [...(publisher ? (['expire', 'unpublish'] as const) : []), 'comment', ...move];
  const own = record.authors.some(same(person));
  const { stage } = record;
  const isHurried = stage !== 'scheduled' && mayHurry(record.base !== null, person, steps);
  const hurry: Action[] = isHurried ? ['urgent'] : [];
  if (stage === 'draft') {
    const forward: Action[] = steps.length > 0 ? ['submit'] : publisher ? ['publish', 'schedule'] : [];
    return [...forward, 'comment', ...hurry, ...(own || publisher ? (['discard'] as const) : []), ...move];
  }
  if (isStep(stage)) {
    const may = objection(record, stage, person) === undefined;
    const forward: Action[] = stage === steps.at(-1) ? ['publish', 'schedule'] : ['approve'];
    return [
      ...(may ? [...forward, 'return' as const] : []),
      ...(own ? (['withdraw'] as const) : []),
      'comment',
      ...(may && forward.includes('publish') ? [] : hurry),
    ];
  }
  return publisher ? ['publish', 'unschedule', 'comment'] : ['comment'];
}

/** Why an action is not among the allowed ones. */
function refusalOf(
  record: ReviewRecord | undefined,
  { action }: ReviewRequest,
  person: Person,
  urgent: UrgentStep | undefined,
): string {
  const stage = record?.stage ?? 'published';
  if (action === 'reviewed') return objectionAfterwards(urgent, person) ?? '';
  if (action === 'move') return objectionToMove(record, person) ?? '';
  if (isStep(stage) && record && ['approve', 'publish', 'schedule', 'return'].includes(action)) {
    const why = objection(record, stage, person);
    if (why) return why;
  }
  return `这一条现在是「${STAGES[stage]}」，你（${ROLES[person.role]}）不能做「${ACTIONS[action]}」`;
}

/** What is said when a step needs words and there are none. */
const REASONS: Partial<Record<Action, string>> = {
  return: '退回时请写明要改什么',
  comment: '请先写下留言',
  urgent: '先发后审要写明为什么来不及审，审的人要看',
};

/** Throws a `ReviewRefusal` for steps that a person may not take, and for incomplete requests. */
export function checkStep(
  record: ReviewRecord | undefined,
  request: ReviewRequest,
  person: Person,
  steps: readonly Step[],
  now: Date,
  urgent = record?.urgent,
): void {
  const { action, comment = '', at, to } = request;
  if (!allowedActions(record, person, steps, urgent).includes(action))
    throw new ReviewRefusal(refusalOf(record, request, person, urgent));
  if (comment.length > MAX_COMMENT) throw new ReviewRefusal(`意见最多 ${MAX_COMMENT} 个字，请写短一些`);
  const missing = REASONS[action];
  if (missing && !comment.trim()) throw new ReviewRefusal(missing);
  if (action === 'move' && !to) throw new ReviewRefusal('请写新的网址名');
  const timed = action === 'schedule' || (action === 'expire' && at);
  if (!timed) return;
  const time = Date.parse(at ?? '');
  if (Number.isNaN(time)) throw new ReviewRefusal('请选一个日期和时间');
  if (time <= now.getTime()) throw new ReviewRefusal('选的时间已经过了，请选以后的时间');
}

/**
 * The record after an action that leaves the text a draft: everything but publishing, unpublishing and discarding.
 * `check` first.
 */
export function advance(
  record: ReviewRecord,
  request: ReviewRequest,
  person: Person,
  steps: readonly Step[],
  now: Date,
): ReviewRecord {
  const { action } = request;
  const { login, name } = person;
  const next = { ...record, notes: [...record.notes, noteOf(request, person, record.stage, now)] };
  const { stage } = record;
  const passed = isStep(stage) ? [...record.approvals, { login, name, step: stage }] : record.approvals;
  if (action === 'submit') return { ...next, stage: steps[0] ?? 'draft', approvals: [] };
  if (action === 'approve' && isStep(stage))
    return { ...next, stage: steps[steps.indexOf(stage) + 1] ?? 'draft', approvals: passed };
  if (action === 'return' || action === 'withdraw')
    return { ...next, stage: 'draft', approvals: [], publishAt: undefined };
  if (action === 'unschedule') {
    // The text has not changed: it waits for the last step again, not for all of them.
    const last = steps.at(-1);
    const approvals = record.approvals.filter(({ step }) => step !== last);
    return { ...next, stage: last ?? 'draft', approvals, publishAt: undefined };
  }
  if (action === 'schedule') return { ...next, stage: 'scheduled', approvals: passed, publishAt: request.at };
  if (action === 'expire') return { ...next, expireAt: request.at || undefined };
  return next;
}

/**
 * The record after another text was saved. A reviewer who corrects something during their own step leaves the text in
 * that step and is one of its authors from then on; a change by any other person starts the review again.
 */
export function afterSave(record: ReviewRecord, person: Person, now: Date): ReviewRecord {
  const { login, name } = person;
  const authors = record.authors.some(same(person)) ? record.authors : [...record.authors, { login, name }];
  if (record.stage === 'draft') return { ...record, authors };
  const notes = [...record.notes, noteOf({ action: 'save' }, person, record.stage, now)];
  const isCorrection = isStep(record.stage) && objection(record, record.stage, person) === undefined;
  if (isCorrection) return { ...record, authors, notes };
  return { ...record, authors, notes, stage: 'draft', approvals: [], publishAt: undefined };
}
