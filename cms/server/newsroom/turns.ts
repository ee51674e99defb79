/** Runs a job when those that came before it are done. */
export type InTurn = <Result>(job: () => Promise<Result>) => Promise<Result>;

/** One job at a time, in the order in which they came; one that fails does not hold up the next. */
export function takingTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {});
    return result;
  };
}
