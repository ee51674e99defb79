/**
 * Whether something that Decap does has succeeded. It tells a failure in a message of its own and then throws: nothing is
 * left to do but to stop.
 */
export const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
