import type { CalendarEvent } from '../../calendar/ics.ts';
import { EVENT_STATES } from '../../calendar/states.ts';
import { changeText } from '../changes/text.ts';
import { type HappeningData, lastChange } from '../happening.ts';

interface CalendarContext {
  /** Place in words. */
  place: string;
  /** Full address of the page. */
  url: string;
  /** Further lines of the description, e.g. how to join. */
  lines?: readonly (string | undefined)[];
  category?: string | undefined;
}

/** The happening as one entry of a calendar file. */
export function toCalendarEvent(data: HappeningData, context: CalendarContext): CalendarEvent {
  const { place, url, lines = [], category } = context;
  const state = `状态：${EVENT_STATES[data.state]}${data.state === 'tentative' ? '，时间还可能变动' : ''}`;
  const description = [changeText(data) ?? state, data.dateNote, data.summary, ...lines, `详情：${url}`];
  return {
    uid: data.uid,
    title: data.title,
    start: data.start,
    end: data.end,
    state: data.state,
    sequence: data.sequence,
    created: data.published,
    changed: lastChange(data),
    place,
    description: description.filter(Boolean).join('\n'),
    url,
    category,
  };
}
