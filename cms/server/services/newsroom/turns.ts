/** Runs a job when those that came before it are done. */
export type InTurn = <Result>(job: () => Promise<Result>) => Promise<Result>;

/**
 * One job at a time, in the order in which they came; one that fails does not hold up the next.
 *
 * @param first done before each; a job before which it fails, fails with it
 */
export function takingTurns(first: () => Promise<void>): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(first).then(job);
    last = result.catch(() => {});
    return result;
  };
}
