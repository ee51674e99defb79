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
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    get waiting() {
      return waiting.length;
    },
    async run(job) {
      if (running < concurrency) running++;
      else await new Promise<void>((begin) => waiting.push(begin));
      try {
        return await job();
      } finally {
        // The place goes straight to the next job: one that comes at this moment must not overtake it.
        const begin = waiting.shift();
        if (begin) begin();
        else running--;
      }
    },
  };
}

/** One job at a time, in the order in which they came. */
export const createMutex = (): Queue => createQueue(1);
