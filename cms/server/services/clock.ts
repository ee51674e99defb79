import { countyDay } from '../../../src/calendar/clock.ts';
import type { Audit } from '../stores/audit.ts';
import type { Newsroom } from './newsroom/index.ts';

/** Work by the clock: scheduled publishing and unpublishing, pushed commits, housekeeping once a day. */

const TICK_MS = 5000;

export interface ClockOptions {
  newsroom: Newsroom;
  audit: Audit;
  /** Jobs at the start and when a day begins in Asia/Shanghai. */
  daily?: readonly (() => void | Promise<void>)[];
}

/**
 * Starts the clock. Times are compared with the wall clock at each tick, so that a clock that jumps, or a machine that
 * slept, only delays what is due.
 *
 * @returns stops it
 */
export function startClock({ newsroom, audit, daily = [] }: ClockOptions): () => void {
  let lastDay = '';
  let running = false;
  let reported: readonly string[] = [];
  const tick = async () => {
    const failures = await newsroom.tick();
    // A failure that repeats at each tick is logged once.
    for (const failure of failures)
      if (!reported.includes(failure)) audit.write({ action: 'return', detail: failure });
    reported = failures;
    const today = countyDay(new Date());
    if (today === lastDay) return;
    lastDay = today;
    for (const job of daily) await job();
  };
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    tick()
      .catch((error) => console.error('定时任务出错了：', error))
      .finally(() => {
        running = false;
      });
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
