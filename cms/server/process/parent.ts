/**
 * Ends a forked process when the server that forked it has ended, killed or not.
 *
 * @returns disconnects from the server; call it when the work is done, so that the process can exit
 */
export function endWithParent(): () => void {
  const end = () => process.exit(1);
  // The server may have ended while this process was loading its code.
  if (process.send && !process.connected) end();
  process.once('disconnect', end);
  return () => {
    process.off('disconnect', end);
    if (process.connected) process.disconnect();
  };
}
