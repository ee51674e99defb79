import { randomBytes } from 'node:crypto';
import type { BatchItem, StepOutcome } from '../../../services/newsroom/index.ts';
import type { BatchStep } from './steps.ts';

/** Work on many entries while somebody waits: in memory, one for each token, with an expiry. The work itself is on the disk. */

const KEPT_MS = 30 * 60_000;
const MAX_KEPT = 50;

export interface Job {
  personId: string;
  step: BatchStep;
  items: readonly BatchItem[];
  comment: string;
  /** Entries that have been looked at. */
  done: number;
  outcomes?: readonly StepOutcome[];
  /** What went wrong with all of them, a Chinese sentence. */
  failure?: string;
}

export type Wanted = Pick<Job, 'personId' | 'step' | 'items' | 'comment'>;

export function keepJobs(now: () => number = Date.now) {
  const kept = new Map<string, { job: Job; until: number }>();
  const find = (personId: string, token: string): Job | undefined => {
    const found = kept.get(token);
    return found && found.job.personId === personId && found.until > now() ? found.job : undefined;
  };
  return {
    find,
    /** A job that has not begun. */
    keep(wanted: Wanted): { token: string; job: Job } {
      for (const [token, { until }] of kept) if (until <= now()) kept.delete(token);
      for (const token of kept.keys()) if (kept.size >= MAX_KEPT) kept.delete(token);
      const token = randomBytes(18).toString('base64url');
      const job: Job = { ...wanted, done: 0 };
      kept.set(token, { job, until: now() + KEPT_MS });
      return { token, job };
    },
    /** Forgets a job, so that it is begun only once. */
    take(personId: string, token: string): Job | undefined {
      const job = find(personId, token);
      if (job) kept.delete(token);
      return job;
    },
  };
}
