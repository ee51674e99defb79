import { z } from 'zod';
import type { Problem } from '../../src/model/problems.ts';

/** So many problems are listed at once; if there are more, one more line says so. */
export const MAX_PROBLEMS = 100;

/** What is wrong with a text, as the checks of the site find it; the meaning of the fields is described there. */
export const problem = z.object({
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number().optional(),
  column: z.number().optional(),
  field: z.string().optional(),
  message: z.string(),
  rule: z.string().optional(),
  outside: z.string().optional(),
}) satisfies z.ZodType<Problem>;
