/** SIGHUP: the window that the server was started in was closed, on Windows too. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal, a service manager and npm each pass a signal on, so that one wish to stop can arrive several times. What
 * arrives later is another wish, of somebody who does not want to wait.
 */
const SAME_WISH_MS = 3000;

/**
 * Ends the process in order when it is told to stop: once, however often it is told at that moment; at once when it is told
 * again later.
 */
export function stopOnSignal(close: () => Promise<void>): void {
  let since: number | undefined;
  const stop = () => {
    if (since === undefined) {
      since = Date.now();
      void close().finally(() => process.exit(0));
    } else if (Date.now() - since > SAME_WISH_MS) process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}
