import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { z } from 'zod';
import { countyTime } from '../../../../src/calendar/clock.ts';
import { momentText } from '../../../../src/calendar/text.ts';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/**
 * Whether the machine's clock can be believed. A clock that jumps – a flat battery, a wrong server of the time, a slip of
 * the hand – would delete personal data and publish what is embargoed. While the server runs, the clock is compared with
 * one that nobody can set; across a restart, with the last time that was known to be right. After a jump everything that
 * goes by the clock waits until the clock returns or an administrator says that it is right.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The clock may be put right by as much without anybody being asked. */
const TOLERANCE_MS = 10 * MINUTE_MS;

/** A server may have been off for as long without anybody being asked: longer than any run of public holidays. */
const LONGEST_OFF_MS = 10 * DAY_MS;

/** How often the time is noted. */
const NOTE_EVERY_MS = 10 * MINUTE_MS;

const notes = z.object({
  /** The last time that was believed, carried on since by the steady clock; ISO 8601. */
  trusted: z.iso.datetime(),
  /** What a clock that was not believed showed; ISO 8601. */
  doubted: z.iso.datetime().optional(),
});
type Notes = z.output<typeof notes>;

export interface ClockState {
  isTrusted: boolean;
  /** What the clock shows, ISO 8601. */
  shown: string;
  /** What is wrong with it, Chinese, without a full stop: 「现在是……，应该是……左右」. */
  doubt: string;
}

export interface ClockGuard {
  /** Looks at the clock; whether it can be believed. To be called before anything is done by the clock. */
  check: () => boolean;
  state: () => ClockState;
  /** An administrator says that the time is right. */
  confirm: () => void;
  /** Notes the time for the next start. */
  close: () => void;
}

export interface ClockGuardOptions {
  /** Keeps the last time that was believed. */
  file: string;
  /** The newest time that was recorded anywhere, ISO 8601, for a folder without that file; undefined in a new one. */
  newest: string | undefined;
  /** Called when the clock is doubted and when it is believed again; a Chinese sentence. */
  tell: (sentence: string, isTrusted: boolean) => void;
  /** Milliseconds since 1970 by the clock that may be wrong. */
  wall?: () => number;
  /** Milliseconds by one that nobody can set and that goes on while the machine sleeps. */
  steady?: () => number;
}

export function openClockGuard({
  file,
  newest,
  tell,
  wall = Date.now,
  steady = () => uptime() * 1000,
}: ClockGuardOptions): ClockGuard {
  const kept = read(file);
  /** The clock is right between these two, which were so at `anchor` of the steady clock. */
  let [low, high] = rangeOf(kept ?? (newest ? { trusted: newest } : undefined), wall());
  let anchor = steady();
  let isTrusted = true;
  /** Whether it was right once since the start, so that it is known what it must show; before, it is only known what came last. */
  let isAnchored = !kept && !newest;
  let notedAt: number | undefined;

  const iso = (time: number) => new Date(time).toISOString();
  const expected = () => low + steady() - anchor;
  const note = () => {
    notedAt = steady();
    const what: Notes = { trusted: iso(expected()), ...(!isTrusted && { doubted: iso(wall()) }) };
    try {
      writeFileAtomic(file, `${JSON.stringify(what)}\n`, 0o600);
    } catch (error) {
      console.error('现在的时间没有记下：', (error as Error).message);
    }
  };
  const believe = (sentence: string) => {
    low = wall();
    high = low;
    anchor = steady();
    const wasTrusted = isTrusted;
    isTrusted = true;
    isAnchored = true;
    if (wasTrusted) return;
    note();
    tell(sentence, true);
  };
  const doubt = () => {
    if (!isTrusted) return;
    isTrusted = false;
    note();
    tell(`服务器的时钟可能不准：${sentence()}。定时发布、下线和删除到期的申请都先停着`, false);
  };
  const sentence = () => {
    const now = `现在是${timeText(wall())}`;
    return isAnchored
      ? `${now}，应该是${timeText(expected())}左右`
      : `${now}，上一次正常运行是${timeText(low)}`;
  };

  return {
    check() {
      const passed = steady() - anchor;
      const now = wall();
      if (now >= low + passed - TOLERANCE_MS && now <= high + passed + TOLERANCE_MS)
        believe('服务器的时钟回到了正确的时间，定时发布、下线和删除照常进行');
      else doubt();
      if (notedAt === undefined || steady() - notedAt >= NOTE_EVERY_MS) note();
      return isTrusted;
    },
    state: () => ({ isTrusted, shown: iso(wall()), doubt: sentence() }),
    confirm: () => believe('管理员确认了服务器的时间，定时发布、下线和删除照常进行'),
    close: note,
  };
}

/** 2026年9月1日 周二 9:00 in Asia/Shanghai. */
const timeText = (time: number) => momentText(countyTime(new Date(time)).slice(0, 16));

/** Between which times the clock must be at the start to be believed. */
function rangeOf(before: Notes | undefined, now: number): [low: number, high: number] {
  if (!before) return [now, now];
  const low = Date.parse(before.trusted);
  const doubted = Date.parse(before.doubted ?? '');
  // A clock that was ahead when the server stopped and still is must not pass for a server that was off.
  const limit = doubted > low ? doubted - TOLERANCE_MS : Number.POSITIVE_INFINITY;
  return [low, Math.min(low + LONGEST_OFF_MS, limit)];
}

function read(file: string): Notes | undefined {
  try {
    return notes.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing or broken: what was recorded elsewhere counts.
    return undefined;
  }
}
