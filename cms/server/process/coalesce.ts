/** Work that may be asked for more often than it has to be done. */
export interface Coalesced {
  /** Asks for a run and returns at once. Requests during a run are covered by one run after it. */
  request: () => void;
  /** Resolves when nothing is running or asked for. */
  settled: () => Promise<void>;
}

/** Runs a job on request, one run at a time. A run that fails is logged and does not stop the next. */
export function coalesce(job: () => Promise<void>): Coalesced {
  let isRequested = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isRequested) {
      isRequested = false;
      await job().catch((error) => console.error(error));
    }
    running = undefined;
  };
  return {
    request() {
      isRequested = true;
      running ??= run();
    },
    settled: async () => {
      while (running) await running;
    },
  };
}
