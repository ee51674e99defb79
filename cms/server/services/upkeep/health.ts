import { hasFailed, type JobStatus, type Status } from '../status.ts';
import type { ClockGuard, ClockState } from './clock-guard.ts';

/** What an administrator has to know of the server: what failed, how old the last backup is, whether the clock is right. */

const DAY_MS = 86_400_000;

/** A backup is made every night; after two that were missed, somebody has to look. */
export const BACKUP_WITHIN_DAYS = 3;

/** What the status notes besides the daily jobs. */
const LABELS: Record<string, string> = {
  backup: '备份',
  'backup-check': '检查备份',
  clock: '时钟',
  'access-log': '访问日志',
  'open-files': '打开的文件',
  notices: '通知',
};

export interface Trouble {
  /** Chinese, with what to do. */
  message: string;
  /** ISO 8601, where it is known. */
  since?: string | undefined;
}

/** A job as the desk lists it. */
export interface ListedJob extends JobStatus {
  name: string;
  label: string;
}

export interface Health {
  clock: () => ClockState;
  /** An administrator says that the time is right. */
  confirmClock: () => void;
  /** What is wrong now, apart from the clock. */
  troubles: () => Trouble[];
  /** Everything that was noted. */
  jobs: () => ListedJob[];
}

export interface HealthParts {
  status: Status;
  clockGuard: ClockGuard;
  /** The daily jobs. */
  daily: readonly { name: string; label: string }[];
  /** What was found damaged, one Chinese sentence each. */
  damaged: () => readonly string[];
  now: () => Date;
}

export function openHealth({ status, clockGuard, daily, damaged, now }: HealthParts): Health {
  const labels = new Map([
    ...Object.entries(LABELS),
    ...daily.map(({ name, label }) => [name, label] as const),
  ]);
  const labelOf = (name: string) => labels.get(name) ?? name;
  return {
    clock: clockGuard.state,
    confirmClock: clockGuard.confirm,
    troubles() {
      const { clock: _, ...jobs } = status.all();
      const failed = Object.entries(jobs)
        .filter(([, job]) => hasFailed(job))
        .map(([name, { message, lastFailure }]) => ({
          message: message ?? `「${labelOf(name)}」没有做成。`,
          since: lastFailure,
        }));
      return [...damaged().map((message) => ({ message })), ...failed, ...backupTrouble(jobs.backup, now())];
    },
    jobs: () => Object.entries(status.all()).map(([name, job]) => ({ name, label: labelOf(name), ...job })),
  };
}

/** Too old a backup, or none. */
function backupTrouble(backup: JobStatus | undefined, now: Date): Trouble[] {
  const { lastSuccess } = backup ?? {};
  if (!lastSuccess)
    return [{ message: '还没有备份过：请照 docs/operate.md 的「备份」设好每天一次的备份，放在别的磁盘上。' }];
  const days = Math.floor((now.getTime() - Date.parse(lastSuccess)) / DAY_MS);
  if (days < BACKUP_WITHIN_DAYS) return [];
  return [
    {
      message: `最近一次好的备份已经是 ${days} 天以前的了：请看看每天的备份还在不在运行，现在可以手工备份一次（npm run backup）。`,
      since: lastSuccess,
    },
  ];
}
