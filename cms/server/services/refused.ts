import type { Problem } from '../../../src/model/problems.ts';
import type { Conflict } from '../../protocol/entries.ts';

/** HTTP status of a refusal: malformed, not allowed, not there, changed meanwhile, too large, not valid, too often. */
type RefusalStatus = 400 | 403 | 404 | 409 | 413 | 422 | 429;

/** A refusal that the person is told: status, a Chinese sentence, and what goes with it. */
export class Refused extends Error {
  override name = 'Refused';
  status: RefusalStatus;
  problems: Problem[];
  /** The text that another person saved meanwhile. */
  theirs: Conflict | undefined;
  constructor(status: RefusalStatus, message: string, problems: Problem[] = [], theirs?: Conflict) {
    super(message);
    this.status = status;
    this.problems = problems;
    this.theirs = theirs;
  }
}
