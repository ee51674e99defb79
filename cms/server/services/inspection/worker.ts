import { constants, setPriority } from 'node:os';
import { readCorpus } from '../../../../src/checks/corpus.ts';
import { type Clock, clocksOf } from '../../../../src/checks/freshness.ts';
import { checkContent } from '../../../../src/checks/index.ts';
import { type OutsideLink, outsideLinksOf } from '../../../../src/checks/outside-links.ts';
import { type DueReview, reviewsDue } from '../../../../src/checks/reviews.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import { foldersOfEnvironment, openContent } from '../../../../src/store/index.ts';

/** Checks the published content once, in a process of its own, and sends what it found to the server. */

export interface Findings {
  problems: readonly Problem[];
  /** When each part of the site last had something new. */
  clocks: readonly Clock[];
  /** Articles to be reviewed soon. */
  reviews: readonly DueReview[];
  /** Links to other sites, for `outside-links` to open. */
  outside: readonly OutsideLink[];
}

setPriority(constants.priority.PRIORITY_LOW);
// Without the server, nothing waits for the result.
process.once('disconnect', () => process.exit());
// Read once for all checks.
const corpus = readCorpus(openContent(foldersOfEnvironment()));
const findings: Findings = {
  problems: checkContent(corpus),
  clocks: clocksOf(corpus),
  reviews: reviewsDue(corpus),
  outside: outsideLinksOf(corpus),
};
process.send?.(findings, () => process.disconnect());
