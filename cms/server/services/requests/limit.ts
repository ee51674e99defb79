import { createHmac, randomBytes } from 'node:crypto';
import { networkOf } from '../network-address.ts';

/** Counting what comes from one address, in memory only and without the address. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether one more is allowed; counts it when it is. */
export type Limit = (address: string) => boolean;

/**
 * At most `each` an hour from one address (`networkOf`) and `all` an hour together. Addresses are kept as a keyed digest whose key
 * lives a day and is never written down.
 */
export function hourlyLimit({ each, all, now }: { each: number; all: number; now: () => Date }): Limit {
  let key = randomBytes(32);
  let keySince = now().getTime();
  let counts = new Map<string, number[]>();

  return (address) => {
    const time = now().getTime();
    const recent = (times: number[]) => times.filter((one) => Math.abs(time - one) < HOUR_MS);
    if (Math.abs(time - keySince) > DAY_MS) {
      key = randomBytes(32);
      keySince = time;
      counts = new Map();
    }
    counts = new Map(
      [...counts]
        .map(([who, times]) => [who, recent(times)] as const)
        .filter(([, times]) => times.length > 0),
    );
    const total = [...counts.values()].reduce((sum, times) => sum + times.length, 0);
    const who = createHmac('sha256', key).update(networkOf(address)).digest('base64');
    const own = counts.get(who) ?? [];
    if (own.length >= each || total >= all) return false;
    counts.set(who, [...own, time]);
    return true;
  };
}
