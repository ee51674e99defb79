import { countyDay } from '../../../../src/calendar/clock.ts';
import type { GitHost } from '../git-host/index.ts';
import type { Inspector } from '../inspection/index.ts';
import type { LookLinks } from '../looking/index.ts';
import type { Newsroom } from '../newsroom/index.ts';
import type { Notices } from '../notices/index.ts';
import type { Releases } from '../releases.ts';
import type { Requests } from '../requests/index.ts';
import type { WorkingCopies } from '../working-copies/index.ts';
import type { Job } from './jobs.ts';

export interface DailyParts {
  newsroom: Pick<Newsroom, 'commit' | 'pack'>;
  releases: Pick<Releases, 'status' | 'rolledBackFrom' | 'request'>;
  gitHost: Pick<GitHost, 'request'>;
  inspector: Pick<Inspector, 'request'>;
  requests: Pick<Requests, 'purge'>;
  lookLinks?: Pick<LookLinks, 'purge'> | undefined;
  notices?: Pick<Notices, 'purge'> | undefined;
  workingCopies: Pick<WorkingCopies, 'purge'>;
}

/** Everything that is done at the start and at the beginning of each day in Asia/Shanghai, in this order. */
export const dailyJobs = (
  { newsroom, releases, gitHost, inspector, requests, workingCopies, lookLinks, notices }: DailyParts,
  now: () => Date,
): Job[] => [
  {
    name: 'purge',
    label: '删除到期的来校申请',
    advice:
      '在那以前到期的个人信息还留着。几次都不成，请检查磁盘，再照 docs/operate.md 的「出了问题」检查 portal.db',
    run: () => void requests.purge(),
  },
  {
    name: 'forget',
    label: '删除过期的网址和发过的通知',
    advice: '几次都不成，请照 docs/operate.md 的「出了问题」检查 portal.db',
    run() {
      lookLinks?.purge();
      notices?.purge();
    },
  },
  {
    name: 'purge-working-copies',
    label: '删除放了很久没有保存的稿子',
    advice: '内容不受影响。几次都不成，请检查磁盘，再照 docs/operate.md 的「出了问题」检查 portal.db',
    run: () => void workingCopies.purge(),
  },
  {
    name: 'new-day',
    label: '换成当天的网站',
    advice: '请看「发布记录」',
    run: () => rebuildForToday({ newsroom, releases }, now),
    isRequest: true,
  },
  {
    name: 'push',
    label: '推送到 Git 平台',
    advice: '请看「服务器设置」',
    run: gitHost.request,
    ignoresClock: true,
    isRequest: true,
  },
  {
    name: 'inspection',
    label: '检查全部内容',
    advice: '请看「待办」',
    run: inspector.request,
    ignoresClock: true,
    isRequest: true,
  },
  {
    name: 'pack',
    label: '整理内容库',
    advice: '内容不受影响，只是越来越占地方。几次都不成，请把这句话告诉管理服务器的人',
    run: (signal) => newsroom.pack(signal),
  },
];

/** Next stops, banners and opening hours: pages show what is true on the day on which they are built. */
function rebuildForToday(
  { newsroom, releases }: Pick<DailyParts, 'newsroom' | 'releases'>,
  now: () => Date,
): void {
  const { builtAt } = releases.status();
  // A roll-back lasts until the next publish, not until midnight.
  if (releases.rolledBackFrom()) return;
  if (builtAt && countyDay(new Date(builtAt)) !== countyDay(now()))
    releases.request({ commit: newsroom.commit, by: '定时任务', why: '新的一天' });
}
