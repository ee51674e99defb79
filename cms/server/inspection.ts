import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Clock } from '../../src/checks/freshness.ts';
import type { OutsideLink } from '../../src/checks/outside-links.ts';
import type { DueReview } from '../../src/checks/reviews.ts';
import type { Problem } from '../../src/model/problems.ts';

/**
 * What the whole content wants looking at: overdue reviews and results, stale columns, dead links, contradictions. Takes
 * seconds on a large site, so it runs on a thread of its own and the last result is shown.
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

/**
 * An inspector of the published content.
 *
 * @param onFound is called after each look
 */
export function openInspector(onFound: () => void = () => {}): Inspector {
  let latest: Inspection = { problems: [], clocks: [], reviews: [], outside: [], at: undefined };
  let isRunning = false;
  let worker: Worker | undefined;
  let again = false;
  let closed = false;

  const run = async () => {
    do {
      again = false;
      worker = new Worker(new URL(import.meta.url), { execArgv: [] });
      await new Promise<void>((resolve) => {
        worker?.once('message', (found: Findings) => {
          latest = { ...found, at: new Date().toISOString() };
          onFound();
        });
        worker?.once('error', (error) => console.error('检查内容时出错了：', error));
        worker?.once('exit', () => resolve());
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
      await worker?.terminate();
    },
  };
}

if (!isMainThread && parentPort) parentPort.postMessage(await findings());

/** On the thread: the content is read once for everything. */
async function findings(): Promise<Findings> {
  const [{ checkContent }, { readCorpus }, { clocksOf }, { outsideLinksOf }, { reviewsDue }] =
    await Promise.all([
      import('../../src/checks/index.ts'),
      import('../../src/checks/corpus.ts'),
      import('../../src/checks/freshness.ts'),
      import('../../src/checks/outside-links.ts'),
      import('../../src/checks/reviews.ts'),
    ]);
  const corpus = readCorpus();
  return {
    problems: checkContent(corpus),
    clocks: clocksOf(corpus),
    reviews: reviewsDue(corpus),
    outside: outsideLinksOf(corpus),
  };
}
