import { z } from 'zod';
import {
  type Recorded,
  type Note,
  note,
  type ReviewRequest,
  type Stage,
  stage,
  step,
  urgentStep,
} from '../../../protocol/review.ts';
import { comment } from '../../../protocol/comments.ts';
import { type Name, name } from '../../../protocol/roles.ts';

/** The review record of an entry, as its file in the repository holds it, `reviews/<type>/<slug>.json`. */

/** What remains of the record once the entry is published. */
const publishedRecord = z.object({
  notes: z.array(note).default([]),
  /** The people who wrote what is published; absent in records of before version 0.2. */
  authors: z.array(name).optional(),
  /** When it is unpublished by the clock, ISO 8601. */
  expireAt: z.string().optional(),
  /** Comments on sentences of the draft; those of what is published have been answered by publishing it. */
  comments: z.array(comment).optional(),
  /** What is still to be reviewed although it is public already. */
  urgent: urgentStep.optional(),
});
export type PublishedRecord = z.output<typeof publishedRecord>;

/** Review record of a draft; its notes stay after publishing. */
const reviewRecord = publishedRecord.extend({
  stage: stage.exclude(['published']),
  /** The people who wrote in this draft. */
  authors: z.array(name).default([]),
  /** Steps that were passed since the last submission. */
  approvals: z.array(name.extend({ step })).default([]),
  /** When it is published by the clock, ISO 8601; only in the stage `scheduled`. */
  publishAt: z.string().optional(),
  /** Version of the published text that the draft began from; null when there was none. */
  base: z.string().nullable().default(null),
});
export type ReviewRecord = z.output<typeof reviewRecord>;

/** The record of a draft as its file holds it; undefined when that is damaged. */
export const readRecord = (text: string): ReviewRecord | undefined => parsed(reviewRecord, text);

/** The record of a published entry as its file holds it; undefined when that is damaged. */
export const readPublishedRecord = (text: string): PublishedRecord | undefined =>
  parsed(publishedRecord, text);

function parsed<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A record as its file holds it. */
export const recordText = (record: ReviewRecord | PublishedRecord): string =>
  `${JSON.stringify(record, null, 1)}\n`;

/** What a person does with a text that leaves it where it is. */
const ASIDE: ReadonlySet<Recorded> = new Set(['save', 'comment', 'opinion', 'expire', 'move', 'reviewed']);

/** Why a draft was sent back, while it waits for its authors: the reason, or empty; undefined when it was not. */
export function returnedFor({ stage, notes }: Pick<ReviewRecord, 'stage' | 'notes'>): string | undefined {
  if (stage !== 'draft') return undefined;
  const last = notes.findLast(({ action }) => !ASIDE.has(action));
  return last?.action === 'return' ? (last.comment ?? '') : undefined;
}

/** Whether the entry of a draft is, or was, on the site: its address may have been shared since. */
export const wasPublic = ({ base, notes }: ReviewRecord): boolean =>
  base !== null ||
  notes.some(({ action }) => action === 'publish' || action === 'urgent' || action === 'unpublish');

/**
 * The people who wrote a text that comes back as a draft, after it was unpublished, deleted or discarded: none of them
 * may review it. Old records of published texts name only those who submitted or corrected it.
 */
export const authorsOf = ({ authors, notes = [] }: Partial<PublishedRecord> = {}): Name[] =>
  authors ?? notes.filter(({ action }) => action === 'submit' || action === 'save');

/** The record of a draft that has not been submitted yet. */
export const newRecord = (
  base: string | null,
  authors: readonly Name[],
  notes: Note[] = [],
): ReviewRecord => ({
  stage: 'draft',
  authors: [...new Map(authors.map(({ login, name }) => [login, { login, name }])).values()],
  approvals: [],
  notes,
  base,
});

/** The line that an action leaves in the record. */
export const noteOf = (
  { action, comment, accepted = [] }: Pick<ReviewRequest, 'comment' | 'accepted'> & { action: Recorded },
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
