import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { currentContent, foldersOfEnvironment, openContent } from '../../../src/store/index.ts';
import type { Clock } from '../../../src/checks/freshness.ts';
import type { OutsideLink } from '../../../src/checks/outside-links.ts';
import type { DueReview } from '../../../src/checks/reviews.ts';
import type { Problem } from '../../../src/model/problems.ts';

/**
 * What the whole content wants looking at: overdue reviews and results, stale columns, dead links, contradictions. Takes
 * seconds on a large site, so a process of its own does it while the machine has nothing better to do, and the last result
 * is shown.
 */
interface Findings {
  problems: readonly Problem[];
  /** When each part of the site last had something new. */
  clocks: readonly Clock[];
  /** Articles to be reviewed soon. */
  reviews: readonly DueReview[];
  /** Links to other sites, to be opened by whoever may. */
  outside: readonly OutsideLink[];
}

export interface Inspection extends Findings {
  /** When it ended, ISO 8601; undefined before the first. */
  at: string | undefined;
}

export interface Inspector {
  latest: () => Inspection;
  /** Looks again; one look at a time, and what is asked for meanwhile is one more after it. */
  look: () => void;
  close: () => Promise<void>;
}

/** What tells the process what it is for. */
const INSPECT = 'inspect';

/**
 * An inspector of the published content.
 *
 * @param onFound is called after each look
 */
export function openInspector(onFound: () => void = () => {}): Inspector {
  let latest: Inspection = { problems: [], clocks: [], reviews: [], outside: [], at: undefined };
  let isRunning = false;
  let child: ChildProcess | undefined;
  let again = false;
  let closed = false;

  const run = async () => {
    do {
      again = false;
      const started = fork(import.meta.filename, [INSPECT], {
        execArgv: [],
        env: { ...process.env, CONTENT_DIR: currentContent().contentDir },
      });
      child = started;
      await new Promise<void>((resolve) => {
        started.once('message', (found) => {
          latest = { ...(found as Findings), at: new Date().toISOString() };
          onFound();
        });
        started.once('error', (error) => console.error('检查内容时出错了：', error));
        started.once('close', () => resolve());
      });
    } while (again && !closed);
    isRunning = false;
  };

  return {
    latest: () => latest,
    look() {
      again = true;
      if (closed || isRunning) return;
      isRunning = true;
      void run();
    },
    close: async () => {
      closed = true;
      child?.kill();
    },
  };
}

if (import.meta.main && process.argv[2] === INSPECT) {
  setPriority(constants.priority.PRIORITY_LOW);
  // The server is gone: nobody waits for this.
  process.once('disconnect', () => process.exit());
  const found = await findings();
  process.send?.(found, () => process.disconnect());
}

/** In the process: the content is read once for everything. */
async function findings(): Promise<Findings> {
  const [{ checkContent }, { readCorpus }, { clocksOf }, { outsideLinksOf }, { reviewsDue }] =
    await Promise.all([
      import('../../../src/checks/index.ts'),
      import('../../../src/checks/corpus.ts'),
      import('../../../src/checks/freshness.ts'),
      import('../../../src/checks/outside-links.ts'),
      import('../../../src/checks/reviews.ts'),
    ]);
  const corpus = readCorpus(openContent(foldersOfEnvironment()));
  return {
    problems: checkContent(corpus),
    clocks: clocksOf(corpus),
    reviews: reviewsDue(corpus),
    outside: outsideLinksOf(corpus),
  };
}
