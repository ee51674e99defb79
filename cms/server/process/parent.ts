/**
 * For a process that was forked to do one thing: ends it at once when the server that waits for it is gone.
 *
 * @returns to be called when the work is done, so that the process can end by itself
 */
export function endWithParent(): () => void {
  const end = () => process.exit(1);
  process.once('disconnect', end);
  return () => {
    process.off('disconnect', end);
    if (process.connected) process.disconnect();
  };
}
