import { z } from 'zod';

/** Presence: who is editing which entry. It prevents surprises; saving is guarded by versions all the same. */

/** Seconds between two calls of a form. */
export const BEAT_SECONDS = 10;
/** The same while another person is looking at the entry, so that each learns soon what the other does. */
export const WATCHED_BEAT_SECONDS = 5;
/** Seconds without a call after which a form counts as closed: browsers slow down the timers of hidden tabs to a minute. */
export const FORGET_AFTER_SECONDS = 150;

/** `POST /api/presence`: what a form does. */
export const presenceCall = z.object({
  path: z.string().max(200),
  /** The form; another window of the same person is another one. */
  form: z.uuid(),
  /** `edit` takes an entry that is free; `take` also one that another person has; `look` takes nothing. */
  wants: z.enum(['edit', 'take', 'look', 'leave']),
  /** Whether something was typed since the last call. */
  isTyping: z.boolean().default(false),
});
export type PresenceCall = z.input<typeof presenceCall>;

/** A person who is editing. */
export const editing = z.object({
  path: z.string(),
  name: z.string(),
  login: z.string(),
  /** When they last typed, or opened the entry: ISO 8601. */
  at: z.string(),
  /** Whether it is the person who asks. */
  isSelf: z.boolean(),
});
export type Editing = z.output<typeof editing>;

/** The answer. */
export const presenceAnswer = z.object({
  /** Whether this form may be written in. */
  isEditing: z.boolean(),
  /** Who has the entry instead; absent while it is free or this form's own. */
  holder: editing.optional(),
  /** Whether this form had the entry and another one took it. */
  wasTaken: z.boolean(),
  /** Whether other forms look at the entry. */
  isWatched: z.boolean(),
});
export type PresenceAnswer = z.output<typeof presenceAnswer>;
