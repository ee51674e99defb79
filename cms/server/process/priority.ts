import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/**
 * Lets the server and its visitors go before a process that it has started, when there is not enough processor time for
 * both.
 *
 * @param priority 0 is the server's own, 19 the last
 */
export function giveWay(
  { pid }: Pick<ChildProcess, 'pid'>,
  priority = constants.priority.PRIORITY_BELOW_NORMAL,
): void {
  try {
    if (pid !== undefined) setPriority(pid, priority);
  } catch {
    // It has ended already, or the system does not allow it: it runs as fast as the others.
  }
}
