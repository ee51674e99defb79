import { z } from 'zod';
import { name } from './roles.ts';

/** Comments on a sentence of a draft: made, answered and resolved one by one, until it is published. */

/** Characters of a comment, of a reason, of an answer. */
export const MAX_COMMENT = 1000;
/** Comments on one draft, and answers to one comment. */
export const MOST_COMMENTS = 200;
export const MOST_REPLIES = 50;
const MAX_PARAGRAPH = 4000;

/** `field` of an anchor in the body. */
export const IN_BODY = 'body';

/** What a comment is about. It is found again by its words, so that it survives changes elsewhere. */
export const anchor = z.object({
  /** `body`, or the name of a field. */
  field: z.string().max(60),
  /** The paragraph as its readers saw it then. */
  paragraph: z.string().max(MAX_PARAGRAPH),
  /** The sentence within it; empty for the whole paragraph. */
  quote: z.string().max(MAX_PARAGRAPH),
});
export type Anchor = z.output<typeof anchor>;

const said = name.extend({
  /** ISO 8601. */
  at: z.string(),
  text: z.string(),
});

export const comment = said.extend({
  id: z.string(),
  anchor,
  replies: z.array(said).default([]),
  /** Who settled it, and when. */
  resolved: name.extend({ at: z.string() }).optional(),
});
export type Comment = z.output<typeof comment>;

/** What is done with comments. */
export const commentRequest = z.discriminatedUnion('do', [
  z.object({ do: z.literal('add'), anchor, text: z.string() }),
  z.object({ do: z.literal('reply'), id: z.string(), text: z.string() }),
  z.object({ do: z.enum(['resolve', 'reopen']), id: z.string() }),
]);
export type CommentRequest = z.output<typeof commentRequest>;

/** `POST /api/comments`. */
export const commentCall = z.object({ path: z.string(), request: commentRequest });
