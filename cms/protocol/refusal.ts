import { z } from 'zod';
import { conflict } from './entries.ts';
import { problem } from './problem.ts';

/** Answer to a call that was refused or failed, with a status of 400 and above. */
export const refusal = z.object({
  /** A Chinese sentence that says what to do. */
  message: z.string(),
  /** What has to be mended first. */
  problems: z.array(problem).optional(),
  /** The text that another person saved meanwhile (409). */
  theirs: conflict.optional(),
  /** Another person has signed in to this browser since the page was opened (401). */
  switched: z.boolean().optional(),
});
export type Refusal = z.output<typeof refusal>;
