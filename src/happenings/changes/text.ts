import { formatDay, formatMoment, formatRange } from '../../calendar/text.ts';
import type { HappeningData } from '../happening.ts';
import { formerTime } from './history.ts';

/** The latest change of an event or a stop in words. */

/** 「原因：大雪。」 whether or not the editor typed the full stop; empty without a reason. */
export const reasonText = (reason: string | undefined): string =>
  reason ? `原因：${reason}${/[。！？!?…]$/.test(reason.trim()) ? '' : '。'}` : '';

/** 「原定…，改为…。原因：…。」 or 「原定…，取消。原因：…。」; undefined when nothing has changed. */
export function changeText(data: HappeningData): string | undefined {
  const { state, start, end, changeReason } = data;
  const former = formerTime(data);
  if (!former) return undefined;
  const reason = reasonText(changeReason);
  if (state === 'cancelled') return `原定 ${formatMoment(former)}，现已取消。${reason}`;
  const otherYear = former.slice(0, 4) !== start.slice(0, 4);
  return `原定 ${formatMoment(former)}，改为 ${formatRange(start, end, { year: otherYear })}。${reason}`;
}

/** The same without hours and reason, for a narrow banner: 「11 月 21 日（周六）的改到 12 月 6 日（周日）」. */
export function shortChangeText(data: HappeningData): string | undefined {
  const former = formerTime(data);
  if (!former) return undefined;
  if (data.state === 'cancelled') return `${formatDay(former)}的取消`;
  const sameDay = former.slice(0, 10) === data.start.slice(0, 10);
  return sameDay
    ? `${formatMoment(former)}的改到${formatMoment(data.start).slice(formatDay(data.start).length)}`
    : `${formatDay(former)}的改到 ${formatDay(data.start)}`;
}
