import { countyDay } from '../../../../src/calendar/clock.ts';
import type { Audit } from '../../stores/audit.ts';
import type { Newsroom } from '../newsroom/index.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { Jobs } from './jobs.ts';

/** Work by the clock: scheduled publishing and unpublishing, pushed commits, housekeeping once a day. */

const TICK_MS = 5000;

export interface ClockOptions {
  newsroom: Pick<Newsroom, 'tick'>;
  audit: Pick<Audit, 'write'>;
  /** Tells whether the clock can be believed. */
  guard: Pick<ClockGuard, 'check'>;
  /** Jobs at the start and when a day begins in Asia/Shanghai. */
  jobs: Pick<Jobs, 'runDue'>;
  now: () => Date;
}

/**
 * What is done every few seconds. Times are compared with the wall clock each time, so that a clock that is set, or a
 * machine that slept, only delays what is due; while the clock may be wrong, what goes by it waits.
 */
export function clockTick({ newsroom, audit, guard, jobs, now }: ClockOptions): () => Promise<void> {
  let reported: readonly string[] = [];
  return async () => {
    const isClockTrusted = guard.check();
    jobs.runDue(countyDay(now()), { isClockTrusted });
    const failures = await newsroom.tick({ isClockTrusted });
    // A failure that repeats at each tick is logged once.
    for (const failure of failures)
      if (!reported.includes(failure)) audit.write({ action: 'return', detail: failure });
    reported = failures;
  };
}

/**
 * Starts the clock.
 *
 * @returns stops it
 */
export function startClock(options: ClockOptions): () => void {
  const tick = clockTick(options);
  let running = false;
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
