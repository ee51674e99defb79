import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { createQueue } from '../../process/queue.ts';

/**
 * Password hashing, two at a time. Node computes scrypt (here 32 MiB and some 60 ms) on the four threads that also read
 * files: forty logins at once would delay every page.
 */

const AT_ONCE = 2;
const MAX_WAITING = 200;

export interface Hashing {
  hash: (password: string) => Promise<string>;
  verify: (data: { hash: string; password: string }) => Promise<boolean>;
  /** Whether so many are waiting that another login would time out. */
  isFull: () => boolean;
}

export function createHashing({ maxWaiting = MAX_WAITING } = {}): Hashing {
  const queue = createQueue(AT_ONCE);
  return {
    hash: (password) => queue.run(() => hashPassword(password)),
    verify: (data) => queue.run(() => verifyPassword(data)),
    isFull: () => queue.waiting >= maxWaiting,
  };
}
