import { z } from 'zod';
import { problem } from './problem.ts';
import { stage } from './review.ts';

/** Entries, lists and settings files as the editor reads and saves them. */

/** A file with its text. */
export const storedFile = z.object({
  /** `content/<type>/<slug>.mdx` */
  path: z.string(),
  text: z.string(),
  /** Digest of the text; sent back when saving, so that a change made meanwhile is not overwritten. */
  version: z.string(),
  /** Where the text stands; `published` when there is no draft of it. */
  stage,
  /** When a draft was last changed, ISO 8601, and by whom; absent for what is published. */
  at: z.string().optional(),
  name: z.string().optional(),
});
export type StoredFile = z.output<typeof storedFile>;

/** An entry as lists show it, without its body. */
export const listedEntry = z.object({
  path: z.string(),
  stage,
  /** Why the draft was sent back, while it waits for its authors. */
  returned: z.string().optional(),
  /** The front matter; absent when it cannot be read. */
  data: z.record(z.string(), z.unknown()).optional(),
  /** Why it cannot be read. */
  problem: z.string().optional(),
});
export type ListedEntry = z.output<typeof listedEntry>;

/** `PUT /api/file`: a text to be saved, an entry as a draft, a list or the settings at once. */
export const saveRequest = z.object({
  path: z.string(),
  text: z.string(),
  /** Version that was opened; null for a new file. */
  version: z.string().nullable().default(null),
  /** Version of the published text that the editor has taken into account, after a conflict with it. */
  seen: z.string().optional(),
});
export type SaveRequest = z.output<typeof saveRequest>;

/** The answer to a save: the file as it is now, and what should be mended before it is published. */
export const savedFile = storedFile.extend({ problems: z.array(problem) });
export type SavedFile = z.output<typeof savedFile>;

/** `POST /api/problems`: a text that the form could not save, to be checked all the same. */
export const problemsRequest = saveRequest.pick({ path: true, text: true });

/** The answer: everything wrong with it. */
export const problemsAnswer = z.object({ problems: z.array(problem) });
export type ProblemsAnswer = z.output<typeof problemsAnswer>;

/** The text that another person saved meanwhile. */
export const conflict = z.object({
  text: z.string(),
  version: z.string(),
  name: z.string().optional(),
  at: z.string().optional(),
});
export type Conflict = z.output<typeof conflict>;

/** One commit of an entry. */
export const historyItem = z.object({
  commit: z.string(),
  /** ISO 8601. */
  at: z.string(),
  name: z.string(),
  login: z.string(),
  /** What was done, e.g. 「修改：…」. */
  message: z.string(),
  /** Whether the site showed it from then on; absent for drafts. */
  isPublished: z.boolean().optional(),
});
export type HistoryItem = z.output<typeof historyItem>;

/** `township` → `xincheng` → 新城街道, for everything that can be referred to. */
export const names = z.record(z.string(), z.record(z.string(), z.string()));
export type Names = z.output<typeof names>;
