import type { Action, Note, ReviewRequest, Stage, Step } from '../../../protocol/review.ts';
import type { Name } from '../../../protocol/roles.ts';

/** The review record of an entry, as its file in the repository holds it, `reviews/<type>/<slug>.json`. */

/** Review record of a draft; its notes stay after publishing. */
export interface ReviewRecord {
  stage: Exclude<Stage, 'published'>;
  /** The people who wrote in this draft. */
  authors: Name[];
  /** Steps that were passed since the last submission. */
  approvals: (Name & { step: Step })[];
  notes: Note[];
  /** When it is published by the clock, ISO 8601; only in the stage `scheduled`. */
  publishAt?: string | undefined;
  /** When it is unpublished by the clock, ISO 8601. */
  expireAt?: string | undefined;
  /** Version of the published text that the draft began from; null when there was none. */
  base: string | null;
}

/** What remains of the record once the entry is published. */
export interface PublishedRecord {
  notes: Note[];
  /** The people who wrote what is published; absent in records of before version 0.2. */
  authors?: Name[] | undefined;
  expireAt?: string | undefined;
}

/** A record as its file holds it. */
export const recordText = (record: ReviewRecord | PublishedRecord): string =>
  `${JSON.stringify(record, null, 1)}\n`;

/** Whether the entry of a draft is, or was, on the site: its address may have been shared since. */
export const wasPublic = ({ base, notes }: ReviewRecord): boolean =>
  base !== null || notes.some(({ action }) => action === 'publish' || action === 'unpublish');

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
  { action, comment, accepted = [] }: Pick<ReviewRequest, 'comment' | 'accepted'> & { action: Action },
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
