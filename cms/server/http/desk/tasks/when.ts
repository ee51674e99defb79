import { html } from 'hono/html';
import { addDays } from '../../../../../src/calendar/days.ts';
import { formatDay } from '../../../../../src/calendar/text.ts';
import { readTypedDay } from '../../../../../src/calendar/typed.ts';
import { readTypedTimes } from '../../../../../src/calendar/typed-time.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Markup } from '../../page/index.ts';
import { type Asked, box } from './controls.ts';
import type { Values } from './values.ts';

/** 什么时候: a day and its times, typed in any usual way. */

const TIMES = ['上午9:00-11:30', '上午9:00-下午4:00', '下午2:30-5:00', '晚上7:00-8:30'];
/** Days that are offered. */
const OFFERED = 21;

export function whenQuestion(
  asked: Asked,
  today: string,
  { day = '哪一天', time = '几点到几点' } = {},
): Markup {
  const days = Array.from({ length: OFFERED }, (_, after) => addDays(today, after + 1));
  return html`${box(asked, {
      name: 'day',
      label: day,
      hint: '12月4日、12-4、明天、下周三都行，没写年份的是往后最近的那一天。',
      suggestions: days.map((one) => formatDay(one).replaceAll(' ', '')),
    })}
    ${box(asked, {
      name: 'time',
      label: time,
      hint: '9:00-11:30、上午9点、下午2点半、1400 都行；全天的空着。',
      suggestions: TIMES,
    })}
    <details ${asked.values.one('lastDay') && html`open`}>
      <summary>不止一天</summary>
      ${box(asked, { name: 'lastDay', label: '最后一天', hint: '只开一天的不填。' })}
    </details>`;
}

export interface When {
  start: string;
  end?: string;
}

/**
 * The start and the end that were typed; what is wrong goes into `faults`.
 *
 * @param now `YYYY-MM-DDTHH:mm`: what is over cannot be announced
 */
export function whenOf(values: Values, now: string, faults: Faults): When | undefined {
  const today = now.slice(0, 10);
  const day = values.one('day') ? readTypedDay(values.one('day'), today) : { problem: '请写哪一天' };
  const times = readTypedTimes(values.one('time'));
  const lastDay = values.one('lastDay') ? readTypedDay(values.one('lastDay'), today) : undefined;
  if ('problem' in day) faults.day = day.problem;
  if ('problem' in times) faults.time = times.problem;
  if (lastDay && 'problem' in lastDay) faults.lastDay = lastDay.problem;
  if ('problem' in day || 'problem' in times || (lastDay && 'problem' in lastDay)) return undefined;
  const { from, to } = times;
  const start = from ? `${day.day}T${from}` : day.day;
  if (start < now.slice(0, start.length)) {
    const name = from && day.day === today ? 'time' : 'day';
    faults[name] =
      `${formatDay(day.day, { year: true })}${from ? ` ${from}` : ''} 已经过去了，请写以后的时间`;
    return undefined;
  }
  if (lastDay && lastDay.day < day.day) faults.lastDay = '最后一天早于第一天，请再看看';
  else if (lastDay && lastDay.day > day.day && from && !to)
    faults.time = '不止一天的，请写到几点结束，如「9:00-17:00」';
  if (faults.lastDay || faults.time) return undefined;
  const end =
    lastDay && lastDay.day > day.day ? `${lastDay.day}${to ? `T${to}` : ''}` : to && `${day.day}T${to}`;
  return end ? { start, end } : { start };
}
