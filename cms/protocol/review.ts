import { z } from 'zod';
import { comment } from './comments.ts';
import { MAX_PROBLEMS, problem } from './problem.ts';
import { name, type Role } from './roles.ts';

/** 三审三校: the stages that a text passes on its way to the site, and the steps that people take with it. */

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

/** How lists call a draft that was sent back. */
export const RETURNED = '退回';
/** Characters of the reason that fit into a line of a list. */
const REASON_SHOWN = 40;

/** Where a text stands, as lists say it: `退回：来源要补上`. */
export function standingOf(stage: Stage, returned: string | undefined): string {
  if (returned === undefined) return STAGES[stage];
  const reason = [...returned.replace(/\s+/g, ' ').trim()];
  const shown = reason.length > REASON_SHOWN ? `${reason.slice(0, REASON_SHOWN).join('')}…` : reason.join('');
  return shown ? `${RETURNED}：${shown}` : RETURNED;
}

/** Steps of review in their order, and the least role that may take each. An office may leave some out. */
export const STEPS = {
  first: { label: '初审', role: 'reviewer' },
  second: { label: '复审', role: 'reviewer' },
  final: { label: '终审', role: 'publisher' },
} as const satisfies Record<string, { label: string; role: Role }>;

export type Step = keyof typeof STEPS;

/** What a person did, or may do, with a text. */
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
  urgent: '先发后审',
  reviewed: '补审通过',
} as const;

export type Action = keyof typeof ACTIONS;

/** Everything that stands in a review record: opinions too, which come by a link for looking. */
export const RECORDED = { ...ACTIONS, opinion: '外部意见' } as const;

export type Recorded = keyof typeof RECORDED;

const keysOf = <Key extends string>(record: Record<Key, unknown>) => Object.keys(record) as [Key, ...Key[]];

export const stage = z.enum(keysOf(STAGES));
export const step = z.enum(keysOf(STEPS));
const action = z.enum(keysOf(ACTIONS));

/** One line of an entry's review record. */
export const note = name.extend({
  /** ISO 8601. */
  at: z.string(),
  action: z.enum(keysOf(RECORDED)),
  /** Stage in which it was done. */
  stage,
  comment: z.string().optional(),
  /** Warnings that the publisher had read and let stand. */
  accepted: z.array(z.string()).optional(),
  /** Slug until then, of a change of address: the history goes on under it. */
  formerly: z.string().optional(),
  /** Of an opinion: whether its sender agrees. */
  agrees: z.boolean().optional(),
});
export type Note = z.output<typeof note>;

/** A step that a person asks for. Saving is a request of its own. */
export const reviewRequest = z.object({
  action: action.exclude(['save']),
  comment: z.string().optional(),
  /** ISO 8601, for `schedule` and `expire`; empty for `expire` takes the time away. */
  at: z.string().optional(),
  /** The new slug, for `move`. */
  to: z.string().optional(),
  /** Messages of the warnings that this person has read and lets stand, for `publish` and `schedule`. */
  accepted: z
    .array(z.string())
    .max(MAX_PROBLEMS + 1)
    .optional(),
});
export type ReviewRequest = z.output<typeof reviewRequest>;

/** `POST /api/review`: a step with the text that the person has before them. */
export const reviewCall = reviewRequest.extend({
  path: z.string(),
  /** Version of that text, so that a change made meanwhile is noticed. */
  version: z.string(),
});

/** What went to the site, or off it, before it was reviewed; it stays until the steps that are left have been taken. */
export const urgentStep = name.extend({
  /** ISO 8601. */
  at: z.string(),
  reason: z.string(),
  /** `unpublish`: it was taken off the site. */
  action: action.extract(['urgent', 'unpublish']),
  /** The people who wrote it: they do not review it. */
  authors: z.array(name),
  /** Steps that are still to be taken, in their order. */
  pending: z.array(step),
  approvals: z.array(name.extend({ step })).default([]),
});
export type UrgentStep = z.output<typeof urgentStep>;

/** Where an entry stands, and what this person may do with it. */
export const reviewState = z.object({
  stage,
  /** Whether an earlier text of it is on the site. */
  isPublished: z.boolean(),
  /** The people who wrote in this draft. */
  authors: z.array(name),
  /** What was done and said, oldest first. */
  notes: z.array(note),
  publishAt: z.string().optional(),
  expireAt: z.string().optional(),
  actions: z.array(action),
  /** Steps of review of this office. */
  steps: z.array(step),
  /** What prevents publishing (errors) or should be looked at first (warnings). */
  problems: z.array(problem),
  /** Why the draft was sent back, while it waits for its authors. */
  returned: z.string().optional(),
  /** Comments on sentences of the draft, oldest first. */
  comments: z.array(comment),
  /** The people who can take the step that the draft waits for. */
  waitsFor: z.array(name),
  /** Steps that nobody can take, each with who could be asked: Chinese sentences. */
  stuck: z.array(z.string()),
  /** What is still to be reviewed although it is public already. */
  urgent: urgentStep.optional(),
});
export type ReviewState = z.output<typeof reviewState>;

/** Steps that hand a text on: before them a person is told what is still open. */
const HANDS_ON: ReadonlySet<Action> = new Set(['submit', 'approve', 'publish', 'schedule', 'urgent']);

/** What a person should know before they hand a text on: comments that are not resolved, steps that nobody can take. */
export function openQuestions(
  { comments, stuck }: Pick<ReviewState, 'comments' | 'stuck'>,
  asked: Action,
): string[] {
  if (!HANDS_ON.has(asked)) return [];
  const open = comments.filter(({ resolved }) => !resolved).length;
  return [
    ...(open > 0 ? [`还有 ${open} 条意见没有解决`] : []),
    ...(asked === 'submit' || asked === 'approve' ? stuck : []),
  ];
}

/** What a change of an entry's address does. */
export const movePreview = z.object({
  /** Addresses before and after, without the base path. */
  from: z.string(),
  to: z.string(),
  /** Whether the entry is or was on the site, so that its old address is redirected. */
  isPublic: z.boolean(),
  /** Titles of the entries and lists that refer to it and are changed with it. */
  others: z.array(z.string()),
});
export type MovePreview = z.output<typeof movePreview>;
