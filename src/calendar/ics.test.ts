import fc from 'fast-check';
import ICAL from 'ical.js';
import { sync as nodeIcal, type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { type CalendarEvent, webcal, writeCalendar } from './ics.ts';
import { CALENDAR_STATUS } from './states.ts';
import { addDays } from './days.ts';
import { faultsOfCalendar } from '../../tests/support/icalendar.ts';
import { FEW_RUNS } from '../../tests/support/random.ts';

const stop: CalendarEvent = {
  uid: '2026-11-25-qinghe@kepu.maihe.example',
  title: '科普大篷车走进青禾镇中心小学',
  start: '2026-11-25T09:00',
  end: '2026-11-25T11:30',
  state: 'confirmed',
  sequence: 2,
  created: '2026-08-31',
  changed: '2026-11-20T15:00',
  place: '青禾镇中心小学',
  description: '第一行\n第二行',
  url: 'https://kepu.maihe.example/caravan/a/?x=1,2;3',
  category: '科普大篷车',
};
const written = (...events: CalendarEvent[]) =>
  writeCalendar({ name: '大篷车', url: 'https://kepu.maihe.example/caravan/', events });
const octets = (text: string) => new TextEncoder().encode(text).length;
const unfolded = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');

/** The only event of a file as ical.js reads it. */
const withIcalJs = (file: string) => {
  const event = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent');
  if (!event) throw new Error('没有 VEVENT');
  return event;
};
/** The only event of a file as node-ical reads it. */
const withNodeIcal = (file: string) => {
  const event = Object.values(nodeIcal.parseICS(file)).find((item) => item?.type === 'VEVENT');
  if (!event) throw new Error('没有 VEVENT');
  return event as VEvent;
};
const plain = (value: unknown) => (typeof value === 'object' && value && 'val' in value ? value.val : value);

describe('日历文件', () => {
  test('两种解析器读出同样的内容', () => {
    const file = written(stop);
    const ical = withIcalJs(file);
    const node = withNodeIcal(file);
    expect(ical.getFirstPropertyValue('summary')).toBe(stop.title);
    expect(plain(node.summary)).toBe(stop.title);
    expect(ical.getFirstPropertyValue('description')).toBe(stop.description);
    expect(plain(node.description)).toBe(stop.description);
    expect(ical.getFirstPropertyValue('url')).toBe(stop.url);
    expect(node.start.toISOString()).toBe('2026-11-25T01:00:00.000Z');
    expect(node.end?.toISOString()).toBe('2026-11-25T03:30:00.000Z');
    expect(new ICAL.Event(ical).startDate.toString()).toBe('2026-11-25T09:00:00');
    expect(Number(node.sequence)).toBe(2);
  });
  test('最后改动的时刻写成世界时，与生成的时刻无关', () => {
    expect(unfolded(written(stop))).toContain('DTSTAMP:20261120T070000Z');
    expect(unfolded(written(stop))).toContain('LAST-MODIFIED:20261120T070000Z');
    expect(unfolded(written(stop))).toContain('CREATED:20260830T160000Z');
  });
  test('时刻带时区，文件里有时区的定义', () => {
    const lines = unfolded(written(stop));
    expect(lines).toContain('DTSTART;TZID=Asia/Shanghai:20261125T090000');
    expect(lines).toContain('TZID:Asia/Shanghai');
  });
  test('每小时更新的写法是 PT1H', () =>
    expect(unfolded(written())).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H'));
  test('全天的结束日不含在内，多天也一样', () => {
    const one = unfolded(written({ ...stop, start: '2026-12-31', end: undefined }));
    expect(one).toContain('DTSTART;VALUE=DATE:20261231');
    expect(one).toContain('DTEND;VALUE=DATE:20270101');
    const file = written({ ...stop, start: '2028-02-27', end: '2028-02-29' });
    expect(unfolded(file)).toContain('DTEND;VALUE=DATE:20280301');
    expect(new ICAL.Event(withIcalJs(file)).endDate.toString()).toBe('2028-03-01');
    expect(withNodeIcal(file).datetype).toBe('date');
  });
  test('没写结束就不写结束', () => {
    expect(written({ ...stop, end: undefined })).not.toContain('DTEND');
  });
  test('取消的标明状态，标题前也写【取消】', () => {
    const node = withNodeIcal(written({ ...stop, state: 'cancelled' }));
    expect(node.status).toBe('CANCELLED');
    expect(plain(node.summary)).toBe(`【取消】${stop.title}`);
  });
  test('拟定是 TENTATIVE，改期是 CONFIRMED', () => {
    expect(withNodeIcal(written({ ...stop, state: 'tentative' })).status).toBe('TENTATIVE');
    expect(withNodeIcal(written({ ...stop, state: 'rescheduled' })).status).toBe('CONFIRMED');
  });
  test('一条也没有的日历也能读', () => {
    expect(new ICAL.Component(ICAL.parse(written())).getAllSubcomponents('vevent')).toHaveLength(0);
  });
  test('日历名称里的换行和逗号不会变成别的属性', () => {
    const file = writeCalendar({ name: '甲,乙\r\nX-EVIL:1', url: 'https://a.example/', events: [] });
    expect(unfolded(file)).toContain('X-WR-CALNAME:甲\\,乙\\nX-EVIL:1');
  });
  test('订阅地址换成 webcal', () => {
    expect(webcal('https://a.example/caravan/calendar.ics')).toBe('webcal://a.example/caravan/calendar.ics');
  });
});

describe('任意文字', () => {
  // Chinese, emoji with joiners, rare characters of four bytes, and everything that means something in the format.
  const text = fc.string({
    unit: fc.constantFrom(
      ...'科普大篷车走进中心小学，；：“”a,b;c\\ \n'.split(/(?:)/u),
      '👩‍🔬',
      '🚐',
      '𠮷',
      '𩸽',
      '🇨🇳',
      'é',
      'BEGIN:VEVENT',
    ),
    maxLength: 200,
  });

  test('折行不超过 75 字节，不切开字，读回来一字不差', () => {
    fc.assert(
      fc.property(text, text, (title, description) => {
        const file = written({ ...stop, title, description });
        for (const line of file.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75);
        expect(faultsOfCalendar(file)).toEqual([]);
        expect(file).not.toContain('\uFFFD');
        const event = withIcalJs(file);
        expect(event.getFirstPropertyValue('summary')).toBe(title);
        expect(event.getFirstPropertyValue('description')).toBe(description);
      }),
    );
  });
  test('不合法的字符去掉，其余照旧，文件总能读', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const file = written({ ...stop, title });
        expect(withIcalJs(file).getFirstPropertyValue('summary')).toBe(
          title
            .toWellFormed()
            .replace(/\r\n?/g, '\n')
            .replaceAll('\t', ' ')
            .replace(/[^\P{Cc}\n\u0080-\u009f]/gu, ''),
        );
      }),
    );
  });
});

describe('任意的条目', () => {
  const day = fc.integer({ min: 0, max: 6000 }).map((days) => addDays('2020-02-28', days));
  const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const time = clock.map((parts) => `T${parts.map((part) => String(part).padStart(2, '0')).join(':')}`);
  const span = fc.oneof(
    fc
      .record({ start: day, days: fc.nat(10) })
      .map(({ start, days }) => ({ start, end: addDays(start, days) })),
    fc.tuple(day, time, fc.nat(3), time).map(([from, at, days, until]) => {
      const [start, end] = [`${from}${at}`, `${addDays(from, days)}${until}`];
      return { start, end: end > start ? end : undefined };
    }),
  );
  const event = fc
    .record({
      span,
      state: fc.constantFrom(...(Object.keys(CALENDAR_STATUS) as (keyof typeof CALENDAR_STATUS)[])),
      sequence: fc.nat(),
      title: fc.string({
        unit: fc.constantFrom('𠮷', '🚐', '科', ',', ';', 'a'),
        minLength: 1,
        maxLength: 80,
      }),
    })
    .map(({ span: times, ...rest }): CalendarEvent => ({ ...stop, ...rest, ...times }));
  const inShanghai = (moment: string) => new Date(`${moment}:00+08:00`).toISOString();

  test.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata'])(
    '电脑在 %s，两种解析器读出的时间、状态、次数和题目都对',
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        fc.assert(
          fc.property(event, (entry) => {
            const file = written(entry);
            for (const line of file.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75);
            const ical = withIcalJs(file);
            const node = withNodeIcal(file);
            const title = (entry.state === 'cancelled' ? '【取消】' : '') + entry.title;
            expect(ical.getFirstPropertyValue('summary')).toBe(title);
            expect(plain(node.summary)).toBe(title);
            expect(node.status).toBe(CALENDAR_STATUS[entry.state]);
            expect(ical.getFirstPropertyValue('sequence')).toBe(entry.sequence);
            if (entry.start.length === 10) {
              expect(String(ical.getFirstPropertyValue('dtstart'))).toBe(entry.start);
              expect(String(ical.getFirstPropertyValue('dtend'))).toBe(addDays(entry.end as string, 1));
              expect(node.datetype).toBe('date');
            } else {
              expect(String(ical.getFirstPropertyValue('dtstart'))).toBe(`${entry.start}:00`);
              expect(node.start.toISOString()).toBe(inShanghai(entry.start));
              if (entry.end) expect(node.end?.toISOString()).toBe(inShanghai(entry.end));
            }
          }),
          { numRuns: FEW_RUNS },
        );
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    },
  );
});
