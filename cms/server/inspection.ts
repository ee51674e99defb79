import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Problem } from '../../src/model/problems.ts';

/**
 * What the whole content wants looking at: overdue reviews and results, stale columns, dead links, contradictions. Takes
 * seconds on a large site, so it runs on a thread of its own and the last result is shown.
 */
export interface Inspection {
  problems: readonly Problem[];
  /** When it ended, ISO 8601; undefined before the first. */
  at: string | undefined;
}

export interface Inspector {
  latest: () => Inspection;
  /** Looks again; one look at a time, and what is asked for meanwhile is one more after it. */
  look: () => void;
  close: () => Promise<void>;
}

/** An inspector of the published content. */
export function openInspector(): Inspector {
  let latest: Inspection = { problems: [], at: undefined };
  let isRunning = false;
  let worker: Worker | undefined;
  let again = false;
  let closed = false;

  const run = async () => {
    do {
      again = false;
      worker = new Worker(new URL(import.meta.url), { execArgv: [] });
      await new Promise<void>((resolve) => {
        worker?.once('message', (problems: Problem[]) => {
          latest = { problems, at: new Date().toISOString() };
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

if (!isMainThread && parentPort) {
  const { checkContent } = await import('../../src/checks/index.ts');
  parentPort.postMessage(checkContent());
}
