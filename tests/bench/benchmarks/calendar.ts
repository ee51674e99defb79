import { brotliCompressSync } from 'node:zlib';
import { currentContent } from '../../../src/store/index.ts';
import { isArchived } from '../../../src/calendar/archive.ts';
import { type CalendarEvent, writeCalendar } from '../../../src/calendar/ics.ts';
import { today } from '../../../src/calendar/today.ts';
import { addDays } from '../../../src/calendar/days.ts';
import { caravan, schools } from '../../../src/types/caravan.ts';
import { toCalendarEvent } from '../../../src/happenings/calendars/calendar-event.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

/** A county of about two stops a school day needs twelve years for so many. */
const STOPS = 5000;
const YEARS = 12;
const DAYS_AHEAD = 200;

/** Size of the calendar of all stops at 5,000 of them, as one file and as subscription and archive. */
export function benchCalendar({ sheet }: Context): void {
  const names = new Map(
    currentContent()
      .list(schools)
      .items.map(({ id, name }) => [id, name]),
  );
  const models = currentContent()
    .filesOf(caravan as unknown as ContentType)
    .files.flatMap((file) => currentContent().readFile(caravan, file).data ?? []);
  const stops = Array.from({ length: STOPS }, (_, number) => {
    const model = models[number % models.length] as (typeof models)[number];
    const day = addDays(today(), DAYS_AHEAD - Math.floor(((STOPS - number) * YEARS * 365) / STOPS));
    const at = (moment: string) => day + moment.slice(10);
    return {
      ...model,
      uid: `${number}-${model.uid}`,
      start: at(model.start),
      end: model.end && at(model.end),
    };
  });
  const place = ({ school, place: other = '' }: (typeof stops)[number]) => names.get(school ?? '') ?? other;
  const events = stops.map((stop) =>
    toCalendarEvent(stop, {
      place: place(stop),
      url: `https://kepu.maihe.example/caravan/${stop.uid.replace(/@.*/, '')}/`,
      lines: [stop.siteNeeds && `场地要求：${stop.siteNeeds}`, stop.rainRule && `雨天安排：${stop.rainRule}`],
      category: '科普大篷车',
    }),
  );
  const write = (what: string, some: readonly CalendarEvent[]) => {
    const start = performance.now();
    const text = writeCalendar({ name: '科普大篷车', url: 'https://kepu.maihe.example/', events: some });
    const wall = (performance.now() - start) / 1000;
    return sheet.row(OWN, `${what}，${some.length} 站`, {
      wall,
      transferred: brotliCompressSync(text).length / 1000,
      total: Buffer.byteLength(text) / 1000,
    });
  };
  const whole = write('全部在一个文件', events);
  const kept = write(
    '订阅里留下的',
    events.filter((event) => !isArchived(event, today())),
  );
  sheet.compare(kept, whole);
}
