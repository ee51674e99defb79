import PQueue from 'p-queue';

/** Jobs that wait for one another. */
export interface Queue {
  /** Runs a job when those that came before it leave room, and passes on its result or error. */
  run: <Result>(job: () => Promise<Result>) => Promise<Result>;
  /** How many jobs have not begun yet. */
  readonly waiting: number;
}

/**
 * Runs a few jobs at a time, in the order in which they came. A job that fails does not stop the next.
 *
 * @example const hashing = createQueue(2); await hashing.run(() => hashPassword(password));
 */
export function createQueue(concurrency: number): Queue {
  const queue = new PQueue({ concurrency });
  return {
    get waiting() {
      return queue.size;
    },
    run: (job) => queue.add(job),
  };
}

/** One job at a time, in the order in which they came. */
export const createMutex = (): Queue => createQueue(1);
