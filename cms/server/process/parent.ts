/**
 * Ends a forked process when the server that forked it has ended.
 *
 * @returns disconnects from the server; call it when the work is done, so that the process can exit
 */
export function endWithParent(): () => void {
  const end = () => process.exit(1);
  process.once('disconnect', end);
  return () => {
    process.off('disconnect', end);
    if (process.connected) process.disconnect();
  };
}
