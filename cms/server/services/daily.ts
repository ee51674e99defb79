import { countyDay } from '../../../src/calendar/clock.ts';
import type { Services } from './index.ts';

/** Work at the start and at the beginning of each day in Asia/Shanghai, in this order. */
export const dailyJobs = (
  { newsroom, releases, gitHost, inspector, requests }: Services,
  now: () => Date,
): (() => void | Promise<void>)[] => [
  () => rebuildForToday({ newsroom, releases }, now),
  gitHost.request,
  inspector.request,
  () => newsroom.pack(),
  () => void requests.purge(),
];

/** Next stops, banners and opening hours: pages show what is true on the day on which they are built. */
function rebuildForToday(
  { newsroom, releases }: Pick<Services, 'newsroom' | 'releases'>,
  now: () => Date,
): void {
  const { builtAt } = releases.status();
  // A roll-back lasts until the next publish, not until midnight.
  if (releases.rolledBackFrom()) return;
  if (builtAt && countyDay(new Date(builtAt)) !== countyDay(now()))
    releases.request({ commit: newsroom.commit, by: '定时任务', why: '新的一天' });
}
