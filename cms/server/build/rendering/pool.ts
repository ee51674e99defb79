import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeWithForms } from '../files/compression.ts';
import type { MadePage, PageToMake } from './page.ts';
import type { WorkerAnswer, WorkerOrder } from './worker.ts';

/**
 * Shares pages among processes, one for each core: this one and workers. A worker costs about a second of processor time
 * before its first page, so few pages are made here alone. A worker that dies is told, and its pages are made by the others.
 */

/** Fewer pages than this for each process are not worth a worker. */
const LEAST_PAGES = 250;
const MOST_WORKERS = 7;

/**
 * Of JavaScript objects; with ten thousand articles 120 MB are in use, and without a limit three times that would be
 * left lying about. A worker that needs more is lost, and its pages are made by the main process.
 */
const MOST_MEMORY_MB = 512;

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Pages given out at once: few enough that all processes end together. */
const BATCH = 12;
/** Batches a worker has in hand, so that it need not wait for this process, which is busy with pages of its own. */
const BATCHES_AHEAD = 2;

export interface PoolOptions {
  /** Folder of the site. */
  folder: string;
  /** Makes a page in this process. */
  makeHere: (page: PageToMake) => Promise<MadePage>;
  onMade: (made: MadePage) => void;
  /** What goes wrong without harm, in Chinese. */
  onNotice?: (notice: string) => void;
  /** Default: those of the machine. */
  cores?: number;
  /** Module of the workers; for tests. */
  worker?: string;
}

/** How many workers so many pages are worth. */
export const workersFor = (pages: number, cores = availableParallelism()): number =>
  Math.max(0, Math.min(cores - 1, MOST_WORKERS, Math.floor(pages / LEAST_PAGES) - 1));

/**
 * Makes every page.
 *
 * @throws the first error of a page
 */
export async function makePages(
  pages: readonly PageToMake[],
  { folder, makeHere, onMade, onNotice, cores, worker: script = WORKER }: PoolOptions,
): Promise<void> {
  const queue = batchesOf(pages);
  const workers = Array.from({ length: workersFor(pages.length, cores) }, () => startWorker(script, folder));
  let failure: Error | undefined;
  let wake = () => {};
  for (const worker of workers) {
    const giveMore = () => {
      while (worker.inHand.length < BATCHES_AHEAD && queue.length > 0 && !failure)
        worker.give(queue.shift() as WorkerOrder);
    };
    worker.onAnswer((answer) => {
      if ('failed' in answer) failure ??= new Error(answer.failed);
      if ('made' in answer) {
        worker.inHand.shift();
        answer.made.forEach(onMade);
      }
      giveMore();
      wake();
    });
    worker.onEnd((code) => {
      if (worker.inHand.length > 0 && !failure)
        onNotice?.(`一个生成页面的进程停了（${code}），它的页面由别的进程做`);
      for (const batch of worker.inHand.splice(0)) {
        // The page that it was at may be half written.
        for (const { file } of batch) removeWithForms(join(folder, file));
        queue.push(batch.map(({ file }) => ({ file, isThere: false })));
      }
      wake();
    });
  }
  const isBusy = () => workers.some(({ inHand }) => inHand.length > 0);
  try {
    while (!failure && (queue.length > 0 || isBusy())) {
      const batch = queue.shift();
      if (!batch) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      for (const page of batch) {
        onMade(await makeHere(page));
        // Lets the workers' answers in.
        await setImmediate();
        if (failure) break;
      }
    }
  } finally {
    for (const worker of workers) worker.end();
  }
  if (failure) throw failure;
}

function batchesOf(pages: readonly PageToMake[]): WorkerOrder[] {
  const batches: WorkerOrder[] = [];
  for (let at = 0; at < pages.length; at += BATCH) batches.push(pages.slice(at, at + BATCH));
  return batches;
}

interface Worker {
  /** Batches that it has not answered yet. */
  inHand: WorkerOrder[];
  give: (order: WorkerOrder) => void;
  onAnswer: (heard: (answer: WorkerAnswer) => void) => void;
  onEnd: (heard: (code: number | NodeJS.Signals | null) => void) => void;
  end: () => void;
}

function startWorker(script: string, folder: string): Worker {
  const child: ChildProcess = fork(script, [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [`--max-old-space-size=${MOST_MEMORY_MB}`],
  });
  const inHand: WorkerOrder[] = [];
  return {
    inHand,
    give(order) {
      inHand.push(order);
      if (child.connected) child.send(order);
    },
    onAnswer: (heard) => void child.on('message', heard),
    onEnd: (heard) =>
      void child.once('error', () => heard(null)).once('close', (code, signal) => heard(code ?? signal)),
    end: () => void child.kill(),
  };
}
