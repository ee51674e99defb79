import { hashPassword, verifyPassword } from 'better-auth/crypto';

/**
 * Password hashing that leaves room for everything else. Node computes scrypt (here 32 MiB and some 60 ms) on the four
 * threads that also read files: forty people who log in at once would hold up every page. So two at a time.
 */

const AT_ONCE = 2;
const MAX_WAITING = 200;

export interface Hashing {
  hash: (password: string) => Promise<string>;
  verify: (data: { hash: string; password: string }) => Promise<boolean>;
  /** So many are waiting that one more would wait in vain. */
  isFull: () => boolean;
}

export function createHashing({ maxWaiting = MAX_WAITING } = {}): Hashing {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    verify: (data) => inTurn(() => verifyPassword(data)),
    isFull: () => waiting.length >= maxWaiting,
  };
}
