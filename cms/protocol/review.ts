import { z } from 'zod';
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
} as const;

export type Action = keyof typeof ACTIONS;

export const MAX_COMMENT = 1000;

const keysOf = <Key extends string>(record: Record<Key, unknown>) => Object.keys(record) as [Key, ...Key[]];

export const stage = z.enum(keysOf(STAGES));
export const step = z.enum(keysOf(STEPS));
const action = z.enum(keysOf(ACTIONS));

/** One line of an entry's review record. */
export const note = name.extend({
  /** ISO 8601. */
  at: z.string(),
  action,
  /** Stage in which it was done. */
  stage,
  comment: z.string().optional(),
  /** Warnings that the publisher had read and let stand. */
  accepted: z.array(z.string()).optional(),
  /** Slug until then, of a change of address: the history goes on under it. */
  formerly: z.string().optional(),
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
});
export type ReviewState = z.output<typeof reviewState>;

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
