import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../../../src/model/problems.ts';
import type { Conflict } from '../../editor/client/api.ts';

/** A refusal that the person is told: status, a Chinese sentence, and what goes with it. */
export class Refused extends Error {
  override name = 'Refused';
  status: ContentfulStatusCode;
  problems: Problem[];
  /** What somebody else wrote meanwhile. */
  theirs: Conflict | undefined;
  constructor(status: ContentfulStatusCode, message: string, problems: Problem[] = [], theirs?: Conflict) {
    super(message);
    this.status = status;
    this.problems = problems;
    this.theirs = theirs;
  }
}
