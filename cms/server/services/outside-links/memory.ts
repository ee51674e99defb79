import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';
import type { Outcome } from './visit.ts';

/** The links in trouble, remembered from day to day in a small file of the data folder. */

/** A page that does not open today may open tomorrow; after so many days it is reported. */
const FAILED_DAYS = 3;

const trouble = z.object({
  found: z.enum(['gone', 'no-such-host', 'failed']),
  /** Chinese, result of the last visit. */
  reason: z.string(),
  /** Days in a row with the same result. */
  days: z.number(),
  /** The first and the last of them, `YYYY-MM-DD`. */
  since: z.string(),
  last: z.string(),
});
export type Trouble = z.output<typeof trouble>;

const round = z.object({
  /** When it ended, ISO 8601. */
  at: z.string(),
  /** Day on which it began, `YYYY-MM-DD`. */
  day: z.string(),
  /** Whether any site answered; otherwise this machine is offline. */
  isOnline: z.boolean(),
  looked: z.number(),
  /** Addresses of internal networks and unusual ports, which were not visited. */
  refused: z.number(),
  /** Addresses beyond the maximum of a round. */
  left: z.number(),
});
export type Round = z.output<typeof round>;

const memory = z.object({ round: round.optional(), troubles: z.record(z.string(), trouble) });
export type Memory = z.output<typeof memory>;

const NOTHING: Memory = { troubles: {} };

/** Reads the file; a missing or unreadable one counts as empty, and the next round writes it. */
export function readMemory(file: string): Memory {
  try {
    return memory.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return NOTHING;
  }
}

export const writeMemory = (file: string, what: Memory): void =>
  writeFileAtomic(file, `${JSON.stringify(what, undefined, 2)}\n`);

/** Whether a link is to be reported. */
export const isDead = ({ found, days }: Trouble): boolean => found !== 'failed' || days >= FAILED_DAYS;

/** The trouble of an address after a visit; undefined when it opens or was not visited. */
export function troubleAfter(
  before: Trouble | undefined,
  outcome: Outcome,
  day: string,
): Trouble | undefined {
  if (outcome.found === 'open' || outcome.found === 'refused') return undefined;
  const { found, reason } = outcome;
  if (before?.found !== found) return { found, reason, days: 1, since: day, last: day };
  return { ...before, reason, last: day, days: before.days + (before.last === day ? 0 : 1) };
}
