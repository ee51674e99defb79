import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { appendFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/**
 * A log of one file a day, `access-2026-11-28.log`, readable by this user alone. Lines are gathered in memory and written
 * each second, many lines earlier, so that no request waits for the disk. Days that are over are compressed, and removed when they are old
 * enough or all days together are too large.
 */

export interface DayLogOptions {
  folder: string;
  /** Beginning of the files' names. */
  name: string;
  /** Days that are kept, today among them. */
  keepDays: number;
  /** Limit of all days together; one day may fill a tenth of it, so that a flood does not push out the days before. */
  maxBytes: number;
  /** The day of a line, `YYYY-MM-DD`. */
  today: () => string;
  /** Told a Chinese sentence when lines were lost or days removed too early, and nothing when all is well again. */
  onState?: (problem: string | undefined) => void;
}

export interface DayLog {
  /** Takes a line, without its line feed. */
  write: (line: string) => void;
  /** Lines that were not written: the disk was full, the day's share used up. */
  lost: () => number;
  /** Resolves when everything that was taken is written and old days are tidied up. */
  settled: () => Promise<void>;
}

const WRITE_EVERY_MS = 1000;
/** Lines of more bytes are not gathered any longer. */
const GATHERED_BYTES = 256 * 1024;
/** More is not kept in memory while the disk is slow. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
const SHARE_OF_A_DAY = 0.1;
const OWNER_ONLY = 0o600;
const DAY_MS = 86_400_000;

export function openDayLog(options: DayLogOptions): DayLog {
  const { folder, name, maxBytes, today, onState = () => {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let waiting: string[] = [];
  let waitingBytes = 0;
  let writingBytes = 0;
  let waitingDay = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tidiedDay = '';
  let lost = 0;
  let work: Promise<void> = Promise.resolve();
  let isLosing = false;
  const lose = (count: number, problem: string) => {
    lost += count;
    isLosing = true;
    onState(problem);
  };

  const append = async (day: string, lines: readonly string[]) => {
    const file = join(folder, `${name}-${day}.log`);
    const most = maxBytes * SHARE_OF_A_DAY;
    try {
      const text = `${lines.join('\n')}\n`;
      if ((await sizeOf(file)) + text.length > most)
        return lose(
          lines.length,
          `今天的访问日志到了 ${inMegabytes(most)}，后面的没有记。请看看是不是有人在大量访问`,
        );
      await appendFile(file, text, { mode: OWNER_ONLY });
    } catch (error) {
      const { message } = error as Error;
      return lose(
        lines.length,
        `访问日志写不进去（${message}），这段时间的访问没有记。请检查磁盘的剩余空间和权限`,
      );
    }
    if (isLosing) onState(undefined);
    isLosing = false;
    if (day === tidiedDay) return;
    tidiedDay = day;
    await tidy(options, day).then(onState, (error: Error) =>
      onState(`旧的访问日志没有整理好（${error.message}）。请检查磁盘的剩余空间和权限`),
    );
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const [day, lines, bytes] = [waitingDay, waiting, waitingBytes];
    waiting = [];
    waitingBytes = 0;
    writingBytes += bytes;
    work = work
      .then(() => append(day, lines))
      .finally(() => {
        writingBytes -= bytes;
      });
  };

  return {
    write(line) {
      const day = today();
      if (day !== waitingDay) flush();
      waitingDay = day;
      if (waitingBytes + writingBytes > MAX_WAITING_BYTES) {
        lost += 1;
        return;
      }
      waiting.push(line);
      waitingBytes += line.length;
      if (waitingBytes > GATHERED_BYTES) flush();
      else timer ??= setTimeout(flush, WRITE_EVERY_MS).unref();
    },
    lost: () => lost,
    async settled() {
      flush();
      await work;
    },
  };
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );

const inMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/**
 * Compresses the days that are over, removes those that are too old, and the oldest while all are too large.
 *
 * @returns what was removed too early, Chinese; undefined when nothing was
 */
async function tidy(
  { folder, name, keepDays, maxBytes }: DayLogOptions,
  today: string,
): Promise<string | undefined> {
  const dayOf = (file: string) =>
    file.startsWith(`${name}-`) ? /-(\d{4}-\d\d-\d\d)\.log(?:\.gz)?$/.exec(file)?.[1] : undefined;
  const logs = (await readdir(folder)).filter(dayOf);
  for (const file of logs)
    if (file.endsWith('.log') && (dayOf(file) as string) < today) await compress(join(folder, file));

  const oldest = new Date(Date.parse(today) - (keepDays - 1) * DAY_MS).toISOString().slice(0, 10);
  const files = (await readdir(folder)).filter(dayOf).sort((a, b) => (a < b ? 1 : -1));
  let total = 0;
  const early: string[] = [];
  for (const file of files) {
    const day = dayOf(file) as string;
    total += await sizeOf(join(folder, file));
    const isTooMuch = total > maxBytes && day !== today;
    if (day >= oldest && !isTooMuch) continue;
    if (day >= oldest) early.push(day);
    await rm(join(folder, file), { force: true });
  }
  if (early.length === 0) return undefined;
  return `访问日志超过了 ${inMegabytes(maxBytes)}，${early.at(-1)} 到 ${early[0]} 的已删去，没有满 ${keepDays} 天。请加大 ACCESS_LOG_MB`;
}

async function compress(file: string): Promise<void> {
  const temporary = `${file}.gz.new`;
  await pipeline(createReadStream(file), createGzip(), createWriteStream(temporary, { mode: OWNER_ONLY }));
  await rename(temporary, `${file}.gz`);
  await rm(file);
}
