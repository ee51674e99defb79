import type { Status } from '../status.ts';
import { explainDisk } from '../../process/disk.ts';

/** Work that is done once a day. Jobs are independent: one that fails is tried again soon, and keeps none of the others. */

export interface Job {
  /** Its name in the status. */
  name: string;
  /** What it does, Chinese: 「删除到期的来校申请」. */
  label: string;
  /** What an administrator has to do while it fails, one Chinese sentence. */
  advice: string;
  /** @param signal the server closes: what can be done tomorrow ends */
  run: (signal: AbortSignal) => void | Promise<void>;
  /** Whether it can do its work while the clock may be wrong. */
  ignoresClock?: boolean;
  /** Whether it only asks for work whose own outcome is told elsewhere. */
  isRequest?: boolean;
}

/** Pause before the next try, after each failure in a row. */
const RETRY_AFTER_MIN = [1, 5, 15, 30, 60];

const MINUTE_MS = 60_000;

export interface Jobs {
  /**
   * Begins what is due, in its order, and returns at once.
   *
   * @param day `YYYY-MM-DD`; a job is due at the first call of a day and, after a failure, when its pause is over
   * @param options.isClockTrusted otherwise jobs that go by the clock wait
   */
  runDue: (day: string, options: { isClockTrusted: boolean }) => void;
  /** Resolves when nothing is running. */
  settled: () => Promise<void>;
  /** Ends what is running; that counts neither as done nor as failed. */
  close: () => Promise<void>;
}

export interface JobsOptions {
  jobs: readonly Job[];
  status: Status;
  /** Milliseconds of a clock that nobody can set. */
  steady?: () => number;
}

export function openJobs({ jobs, status, steady = () => performance.now() }: JobsOptions): Jobs {
  const stopped = new AbortController();
  const states = new Map(jobs.map((job) => [job, { day: '', failures: 0, retryAt: 0 }]));
  let running: Promise<void> | undefined;

  const attempt = async (job: Job, day: string): Promise<void> => {
    const state = states.get(job) as { day: string; failures: number; retryAt: number };
    try {
      await job.run(stopped.signal);
      if (stopped.signal.aborted) return;
      Object.assign(state, { day, failures: 0, retryAt: 0 });
      if (!job.isRequest) status.record(job.name, { ok: true });
    } catch (error) {
      if (stopped.signal.aborted) return;
      const minutes = RETRY_AFTER_MIN[Math.min(state.failures, RETRY_AFTER_MIN.length - 1)] as number;
      Object.assign(state, {
        day: '',
        failures: state.failures + 1,
        retryAt: steady() + minutes * MINUTE_MS,
      });
      console.error(`「${job.label}」没有做成，${minutes} 分钟以后再试：`, error);
      status.record(job.name, { ok: false, message: reasonOf(error as Error, job) });
    }
  };
  const run = async (day: string, isClockTrusted: boolean) => {
    for (const job of jobs) {
      const { day: doneOn, retryAt } = states.get(job) as { day: string; retryAt: number };
      if (stopped.signal.aborted) return;
      if (doneOn === day || steady() < retryAt || !(isClockTrusted || job.ignoresClock)) continue;
      await attempt(job, day);
    }
  };
  return {
    runDue(day, { isClockTrusted }) {
      if (stopped.signal.aborted) return;
      running ??= run(day, isClockTrusted).finally(() => {
        running = undefined;
      });
    },
    settled: async () => {
      await running;
    },
    close: async () => {
      stopped.abort();
      await running;
    },
  };
}

/** Why a job failed and what to do. */
function reasonOf(error: Error, { label, advice }: Job): string {
  const disk = explainDisk(error, { folder: '数据文件夹', retry: '等它自己再试' });
  if (disk) return `「${label}」没有做成：${disk}。`;
  return `「${label}」没有做成：${error.message.split('\n')[0]}。一小时内会自己再试；${advice}。`;
}
