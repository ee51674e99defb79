import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** Lets the server and its visitors go before a process that it has started, when there is not enough processor time for both. */
export function giveWay({ pid }: Pick<ChildProcess, 'pid'>): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it: it runs as fast as the others.
  }
}
