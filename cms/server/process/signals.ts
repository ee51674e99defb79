/** SIGHUP: the window that the server was started in was closed, on Windows too. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal, a service manager and npm each pass a signal on, so that one Ctrl+C can arrive several times. A signal that
 * comes later is a second Ctrl+C, of a person who does not want to wait.
 */
const SAME_REQUEST_MS = 3000;

/** Closes the server in order on the first signal to stop; ends the process at once on a second one. */
export function stopOnSignal(close: () => Promise<void>): void {
  let since: number | undefined;
  const stop = () => {
    if (since === undefined) {
      since = Date.now();
      void close().finally(() => process.exit(0));
    } else if (Date.now() - since > SAME_REQUEST_MS) process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}
