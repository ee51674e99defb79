import { countyDay } from '../../../../src/calendar/clock.ts';
import { openDayLog } from '../../process/day-log.ts';
import { tooManyFiles } from '../../process/open-files.ts';
import type { Releases } from '../../services/releases.ts';
import type { Status } from '../../services/status.ts';
import type { dataFiles } from '../../stores/data-folder/index.ts';
import type { AnsweredRequest } from '../listener.ts';
import { accessLine, eachSecond } from './access-log.ts';
import { monitorHandler } from './index.ts';
import { openMetrics } from './metrics.ts';

/** Watching the server: the access log, the figures for a monitor, what the desk is told of both. */

/** 网络安全法 第二十一条 asks for six months at least; the longest six months have 184 days. */
const SIX_MONTHS_DAYS = 184;
const DEFAULT_LOG_MB = 2048;
const BYTES_A_MB = 1024 * 1024;

const CHECK_EVERY_MS = 60_000;
/** How long the desk shows that the limit of open files was reached. */
const SHOWN_MS = 3_600_000;

export interface WatchOptions {
  files: ReturnType<typeof dataFiles>;
  /** The data folder. */
  data: string;
  releases: Releases;
  /** Where troubles are noted for the desk. */
  status: Status;
  now: () => Date;
  env?: NodeJS.ProcessEnv;
}

export function openWatch({ files, data, releases, status, now, env = process.env }: WatchOptions) {
  /** Notes a change for the better or the worse; what is well from the start is not worth a note. */
  const tell = (job: string, problem: string | undefined) => {
    const before = status.all()[job];
    if (problem === undefined ? before && !before.ok : before?.message !== problem || before.ok)
      status.record(job, problem === undefined ? { ok: true } : { ok: false, message: problem });
  };
  const dayOf = eachSecond(countyDay);
  const log = openDayLog({
    folder: files.accessLog,
    name: 'access',
    keepDays: atLeast(SIX_MONTHS_DAYS, env.ACCESS_LOG_DAYS),
    maxBytes: atLeast(1, env.ACCESS_LOG_MB ?? String(DEFAULT_LOG_MB)) * BYTES_A_MB,
    today: () => dayOf(now()),
    onState: (problem) => tell('access-log', problem),
  });
  const metrics = openMetrics({ data, releases, jobs: status.all, lostLines: log.lost });

  const timer = setInterval(() => tell('open-files', openFilesProblem(now())), CHECK_EVERY_MS);
  timer.unref();

  return {
    monitor: monitorHandler({
      isReady: () => releases.current() !== undefined,
      metrics,
      token: env.METRICS_TOKEN,
    }),
    onAnswered({ request, url, bytes, status, address }: AnsweredRequest) {
      metrics.answered(status);
      log.write(accessLine({ request, url, bytes, status, address, at: now() }));
    },
    async close() {
      clearInterval(timer);
      await log.settled();
    },
  };
}

function openFilesProblem(now: Date): string | undefined {
  const { lastAt } = tooManyFiles();
  if (!lastAt || now.getTime() - lastAt.getTime() > SHOWN_MS) return undefined;
  return '打开的文件和连接到过上限，有的请求没有答上。请把上限调大：systemd 的 LimitNOFILE，或启动前运行 ulimit -n 65536';
}

/** A number of the environment, or the least when it is less or none. */
const atLeast = (least: number, given: string | undefined): number => Math.max(least, Number(given) || 0);
