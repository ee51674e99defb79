import { z } from 'zod';

/**
 * Working copies: what a person has typed and not saved. The editor keeps them on the server every few seconds, so that
 * the same person finds them again on any machine; no other person can see them.
 */

/** Days that a copy is kept after it last changed. */
export const KEEP_WORKING_COPY_DAYS = 30;

const MAX_TITLE = 200;
const MAX_PATH = 200;

const id = z.uuid();

/** Names one version of a copy: a copy that has changed since is not replaced. */
const replaced = z.object({ id, at: z.string() });

const described = z.object({
  id,
  /** Content type, or `data` for lists and settings. */
  folder: z
    .string()
    .max(MAX_PATH)
    .regex(/^[\w-]+$/),
  /** `content/<type>/<slug>.mdx`; absent for an entry that was never saved. */
  path: z.string().max(MAX_PATH).optional(),
  /** As typed; empty when there is none yet. */
  title: z.string().max(MAX_TITLE),
});

/** `PUT /api/working-copy` */
export const putWorkingCopy = described.extend({
  /** The whole file as the form would save it. */
  text: z.string(),
  /** The slug typed for a new entry, which is not part of its file. */
  slug: z.string().max(MAX_PATH).default(''),
  /** Version of the saved text that it was written from; null when there was none. */
  version: z.string().nullable(),
  /** The copy that this one goes on from. */
  replaces: replaced.optional(),
});
export type PutWorkingCopy = z.input<typeof putWorkingCopy>;

/** The answer: when it was kept, ISO 8601. */
export const keptWorkingCopy = z.object({ at: z.string() });
export type KeptWorkingCopy = z.output<typeof keptWorkingCopy>;

/** A copy in a list, newest first. */
export const listedWorkingCopy = described.extend({
  at: z.string(),
  /** 「Windows 上的 Chrome」 */
  machine: z.string(),
  version: z.string().nullable(),
  /** Who has saved the entry since, and when; absent while it is as it was. */
  newer: z.object({ name: z.string().optional(), at: z.string().optional() }).optional(),
  /** Whether the entry that it was written in is no longer there; then there is no path either. */
  isGone: z.boolean(),
});
export type ListedWorkingCopy = z.output<typeof listedWorkingCopy>;

/** `GET /api/working-copies`: those of one entry, or of the new entries of a type. */
export const workingCopiesQuery = z.object({ folder: z.string().max(MAX_PATH), path: z.string().optional() });

/** `GET /api/working-copy?id=…` */
export const workingCopy = listedWorkingCopy.extend({ text: z.string(), slug: z.string() });
export type WorkingCopy = z.output<typeof workingCopy>;

export const workingCopyQuery = z.object({ id });
