import { hasRole, type Person, type Role, ROLES } from './people.ts';

/**
 * 三审三校: how a draft becomes public, and who may take which step. Pure; the server decides by it and the editor shows
 * by it.
 */

/** Where a text stands. */
export const STAGES = {
  draft: '草稿',
  first: '待初审',
  second: '待复审',
  final: '待终审',
  scheduled: '已定时',
  published: '已发布',
} as const;

export type Stage = keyof typeof STAGES;

/** Steps of review in their order, and who may take them. An office may do with fewer. */
export const STEPS = {
  first: { label: '初审', role: 'reviewer' },
  second: { label: '复审', role: 'reviewer' },
  final: { label: '终审', role: 'publisher' },
} as const satisfies Record<string, { label: string; role: Role }>;

export type Step = keyof typeof STEPS;

/** What somebody did, or may do, with a text. */
export const ACTIONS = {
  save: '保存',
  submit: '提交审核',
  approve: '通过',
  return: '退回',
  withdraw: '撤回',
  publish: '发布',
  schedule: '定时发布',
  unschedule: '取消定时',
  expire: '设下线时间',
  unpublish: '下线',
  move: '更改地址',
  discard: '放弃草稿',
  comment: '留言',
} as const;

export type Action = keyof typeof ACTIONS;

/** Somebody as the record names them; accounts may go, names stay. */
export type Name = Pick<Person, 'login' | 'name'>;

/** One line of an entry's review record. */
export interface Note extends Name {
  /** ISO 8601. */
  at: string;
  action: Action;
  /** Stage in which it was done. */
  stage: Stage;
  comment?: string;
  /** Warnings that whoever published had read and let stand. */
  accepted?: string[];
  /** Slug until then, of a change of address: under it the history goes on. */
  formerly?: string;
}

/** Review record of a draft; kept with the entry, and after publishing its notes stay. */
export interface ReviewRecord {
  stage: Exclude<Stage, 'published'>;
  /** Everybody who wrote in this draft. */
  authors: Name[];
  /** Steps that were passed since the last submission. */
  approvals: (Name & { step: Step })[];
  notes: Note[];
  /** When it goes live by itself, ISO 8601; only in the stage `scheduled`. */
  publishAt?: string | undefined;
  /** When it goes off line by itself, ISO 8601. */
  expireAt?: string | undefined;
  /** Version of the published text that the draft began from; null when there was none. */
  base: string | null;
}

/** What stays with an entry once it is published. */
export interface PublishedRecord {
  notes: Note[];
  expireAt?: string | undefined;
}

/** A record as its file holds it. */
export const recordText = (record: ReviewRecord | PublishedRecord): string =>
  `${JSON.stringify(record, null, 1)}\n`;

/** What is asked for. */
export interface Request {
  action: Exclude<Action, 'save'>;
  comment?: string | undefined;
  /** ISO 8601, for `schedule` and `expire`; empty for `expire` takes the time away. */
  at?: string | undefined;
  /** The new slug, for `move`. */
  to?: string | undefined;
  /** Messages of the warnings that this person has read and lets stand, for `publish` and `schedule`. */
  accepted?: readonly string[] | undefined;
}

/** Why a step is not taken: a Chinese sentence. */
export class ReviewRefusal extends Error {
  override name = 'ReviewRefusal';
}

export const MAX_COMMENT = 1000;

const same = (a: Name) => (b: Name) => a.login === b.login;

const isStep = (stage: Stage): stage is Step => stage in STEPS;

/** Why a person may not take a step of review on a draft; undefined when they may. */
function objection(record: ReviewRecord, step: Step, person: Person): string | undefined {
  const { label, role } = STEPS[step];
  if (!hasRole(person, role)) return `${label}要由「${ROLES[role]}」以上的人来做`;
  if (record.authors.some(same(person))) return `你写过或改过这一稿，不能再给它${label}，请换一个人`;
  if (record.approvals.some(same(person))) return `你已经审过这一稿的前一步，${label}请换一个人`;
  return undefined;
}

/** Whether the entry of a draft is, or was, on the site: somebody may have kept its address. */
export const wasPublic = ({ base, notes }: ReviewRecord): boolean =>
  base !== null || notes.some(({ action }) => action === 'publish' || action === 'unpublish');

/** Why a person may not change an entry's address; undefined when they may. Nobody else's words move unasked. */
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
 * @param record review record of its draft; undefined when it is published and nobody is changing it
 * @param steps steps of review of this office
 */
export function allowedActions(
  record: ReviewRecord | undefined,
  person: Person,
  steps: readonly Step[],
): Action[] {
  const publisher = hasRole(person, 'publisher');
  const move: Action[] = objectionToMove(record, person) === undefined ? ['move'] : [];
  if (!record) return [...(publisher ? (['expire', 'unpublish'] as const) : []), 'comment', ...move];
  const own = record.authors.some(same(person));
  const { stage } = record;
  if (stage === 'draft') {
    const forward: Action[] = steps.length > 0 ? ['submit'] : publisher ? ['publish', 'schedule'] : [];
    return [...forward, 'comment', ...(own || publisher ? (['discard'] as const) : []), ...move];
  }
  if (isStep(stage)) {
    const may = objection(record, stage, person) === undefined;
    const forward: Action[] = stage === steps.at(-1) ? ['publish', 'schedule'] : ['approve'];
    return [
      ...(may ? [...forward, 'return' as const] : []),
      ...(own ? (['withdraw'] as const) : []),
      'comment',
    ];
  }
  return publisher ? ['publish', 'unschedule', 'comment'] : ['comment'];
}

/** Why an action is not among the allowed ones, as exactly as can be said. */
function refusalOf(record: ReviewRecord | undefined, { action }: Request, person: Person): string {
  const stage = record?.stage ?? 'published';
  if (action === 'move') return objectionToMove(record, person) ?? '';
  if (isStep(stage) && record && ['approve', 'publish', 'schedule', 'return'].includes(action)) {
    const why = objection(record, stage, person);
    if (why) return why;
  }
  return `这一条现在是「${STAGES[stage]}」，你（${ROLES[person.role]}）不能做「${ACTIONS[action]}」`;
}

/** Refuses what a person may not do, and requests that lack something. */
export function check(
  record: ReviewRecord | undefined,
  request: Request,
  person: Person,
  steps: readonly Step[],
  now: Date,
): void {
  const { action, comment = '', at, to } = request;
  if (!allowedActions(record, person, steps).includes(action))
    throw new ReviewRefusal(refusalOf(record, request, person));
  if (comment.length > MAX_COMMENT) throw new ReviewRefusal(`意见最多 ${MAX_COMMENT} 个字，请写短一些`);
  if ((action === 'return' || action === 'comment') && !comment.trim())
    throw new ReviewRefusal(action === 'return' ? '退回时请写明要改什么' : '请先写下留言');
  if (action === 'move' && !to) throw new ReviewRefusal('请写新的网址名');
  const timed = action === 'schedule' || (action === 'expire' && at);
  if (!timed) return;
  const time = Date.parse(at ?? '');
  if (Number.isNaN(time)) throw new ReviewRefusal('请选一个日期和时间');
  if (time <= now.getTime()) throw new ReviewRefusal('选的时间已经过了，请选以后的时间');
}

/** The line that an action leaves in the record. */
export const noteOf = (
  { action, comment, accepted = [] }: Pick<Request, 'comment' | 'accepted'> & { action: Action },
  { login, name }: Name,
  stage: Stage,
  now: Date,
): Note => ({
  at: now.toISOString(),
  login,
  name,
  action,
  stage,
  ...(comment?.trim() ? { comment: comment.trim() } : {}),
  ...(accepted.length > 0 ? { accepted: [...accepted] } : {}),
});

/**
 * The record after an action that leaves the text a draft: everything but publishing, unpublishing and discarding.
 * `check` first.
 */
export function advance(
  record: ReviewRecord,
  request: Request,
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

/** The record of a draft that nobody has submitted yet. */
export const newRecord = (
  base: string | null,
  author: Name | undefined,
  notes: Note[] = [],
): ReviewRecord => ({
  stage: 'draft',
  authors: author ? [{ login: author.login, name: author.name }] : [],
  approvals: [],
  notes,
  base,
});

/**
 * The record after somebody saved another text. A reviewer who mends something during their own step leaves the text
 * where it is, as one of its authors from then on; anybody else's change begins the review anew.
 */
export function afterSave(record: ReviewRecord, person: Person, now: Date): ReviewRecord {
  const { login, name } = person;
  const authors = record.authors.some(same(person)) ? record.authors : [...record.authors, { login, name }];
  if (record.stage === 'draft') return { ...record, authors };
  const notes = [...record.notes, noteOf({ action: 'save' }, person, record.stage, now)];
  const mending = isStep(record.stage) && objection(record, record.stage, person) === undefined;
  if (mending) return { ...record, authors, notes };
  return { ...record, authors, notes, stage: 'draft', approvals: [], publishAt: undefined };
}
