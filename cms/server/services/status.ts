import { readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../../src/runtime/write-atomically.ts';
import { dataFiles } from '../stores/data-folder/index.ts';

/**
 * How the recurring jobs of the server fared the last time – the daily ones, backups, purges –, in a small file of the
 * data folder, so that the desk and a monitor can tell what would otherwise fail in silence. `npm run backup` writes it
 * too, from a process of its own, so it is read again each time.
 */

const jobStatus = z.object({
  /** Whether the last run went well; not told by the times below, which a wrong clock may have written. */
  ok: z.boolean(),
  /** ISO 8601. */
  lastSuccess: z.string().optional(),
  /** ISO 8601. */
  lastFailure: z.string().optional(),
  /** What the last run had to say, Chinese; of a failure with what to do. */
  message: z.string().optional(),
});
export type JobStatus = z.output<typeof jobStatus>;

const statusFile = z.record(z.string(), jobStatus);

export interface Status {
  /**
   * Notes how a job ended.
   *
   * @param job its name, e.g. `purge`, `backup`
   */
  record: (job: string, outcome: { ok: boolean; message?: string }) => void;
  /** The last outcomes by job. */
  all: () => Record<string, JobStatus>;
}

/** Whether the last run of a job failed. */
export const hasFailed = ({ ok }: JobStatus): boolean => !ok;

/** Opens the status of a data folder, `status.json`. A file that cannot be understood is put aside and begun again. */
export function openStatus(dataFolder: string, now: () => Date = () => new Date()): Status {
  const { status: file } = dataFiles(dataFolder);
  const all = (): Record<string, JobStatus> => {
    const text = readIfThere(file);
    if (text === undefined) return {};
    try {
      return statusFile.parse(JSON.parse(text));
    } catch {
      putAside(file);
      return {};
    }
  };
  return {
    all,
    record(job, { ok, message }) {
      const jobs = all();
      const at = now().toISOString();
      const { lastSuccess, lastFailure } = jobs[job] ?? {};
      const times = ok ? { lastSuccess: at, lastFailure } : { lastSuccess, lastFailure: at };
      jobs[job] = { ok, ...times, message };
      try {
        writeFileAtomic(file, `${JSON.stringify(jobs, undefined, 2)}\n`, 0o600);
      } catch (error) {
        // What a job did stands, also where it cannot be noted.
        console.error('各项工作的情况没有记下：', (error as Error).message);
      }
    },
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function putAside(file: string): void {
  const aside = `${file}.broken`;
  try {
    renameSync(file, aside);
    console.error(`「${file}」读不懂，已移到「${aside}」，重新开始记。`);
  } catch {
    // The next record replaces it.
  }
}
