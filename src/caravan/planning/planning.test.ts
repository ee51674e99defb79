import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../calendar/days.ts';
import { EVENT_STATES, type EventState } from '../../calendar/states.ts';
import { planningWarnings, type PlannedStop, type Reference, scheduleWarnings } from './index.ts';
import { drivingMinutes } from './roads.ts';
import { overlaps, spanOf } from './stop.ts';
import { HOLIDAYS } from '../../../tests/support/holidays.ts';
import { FEW_RUNS } from '../../../tests/support/random.ts';

const reference: Reference = {
  townships: [
    { id: 'seat', name: '城关镇', kind: 'town', outline: [], minutes: 0, roads: [] },
    {
      id: 'east',
      name: '东镇',
      kind: 'town',
      outline: [],
      minutes: 30,
      roads: [{ to: 'north', minutes: 20 }],
    },
    { id: 'north', name: '北镇', kind: 'town', outline: [], minutes: 40, roads: [] },
    { id: 'far', name: '远乡', kind: 'township', outline: [], roads: [] },
  ],
  schools: [
    { id: 'small', name: '小院小学', township: 'east', stages: ['primary'], site: { area: 200, power: 1 } },
    { id: 'senior', name: '高级中学', township: 'seat', stages: ['senior'] },
    { id: 'unknown', name: '北镇小学', township: 'north', stages: ['primary'] },
  ],
  vehicles: [
    { id: 'one', name: '一号车', needs: { area: 300, power: 1 }, setup: 30 },
    { id: 'two', name: '二号车' },
  ],
  exhibitSets: [
    { id: 'light', name: '光', exhibits: [] },
    { id: 'big', name: '大件', exhibits: [], needs: { power: 3 } },
  ],
  holidays: HOLIDAYS,
  blockedDays: [
    { id: 'gaokao', kind: 'exam', from: '2026-06-07', to: '2026-06-08', note: '高考', stages: ['senior'] },
    {
      id: 'upkeep',
      kind: 'upkeep',
      from: '2026-11-09',
      to: '2026-11-09',
      note: '年检',
      stages: [],
      vehicle: 'one',
    },
  ],
};

let made = 0;
const stop = (data: Partial<PlannedStop['data']>): PlannedStop => ({
  slug: `stop-${++made}`,
  data: {
    title: '大篷车到校',
    start: '2026-11-10T09:00',
    end: '2026-11-10T11:00',
    state: 'confirmed',
    place: `广场 ${made}`,
    township: 'seat',
    stages: [],
    vehicle: 'one',
    exhibitSet: 'light',
    ...data,
  },
});
const said = (one: PlannedStop, ...others: PlannedStop[]) =>
  planningWarnings(one, others, reference).map(({ field, message }) => `${field}${message}`);

const dayArbitrary = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2023-12-01', days));
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
/** Any stop that the schema takes: hours or whole days, one day or several, with or without an end. */
const stopArbitrary = fc
  .record({
    day: dayArbitrary,
    days: fc.integer({ min: 0, max: 4 }),
    times: fc.option(fc.tuple(clock, clock), { nil: undefined }),
    ends: fc.boolean(),
    state: fc.constantFrom(...(Object.keys(EVENT_STATES) as EventState[])),
    township: fc.constantFrom('seat', 'east', 'north', 'far'),
    vehicle: fc.constantFrom('one', 'two'),
    crewGroup: fc.constantFrom(undefined, '一组', '二组'),
    school: fc.constantFrom(undefined, 'small', 'senior'),
  })
  .map(({ day, days, times, ends, ...data }) => {
    const [first, second] = times ? [...times].sort() : [];
    const start = first ? `${day}T${first}` : day;
    const end = ends ? addDays(day, days) + (second ? `T${second}` : '') : undefined;
    return stop({ ...data, start, end });
  });

describe('时间重叠', () => {
  test('谁和谁重叠，反过来也一样；取消的、日期不详的从不重叠', () => {
    fc.assert(
      fc.property(stopArbitrary, stopArbitrary, (a, b) => {
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        if (a.data.state === 'cancelled') expect(overlaps(a, b)).toBe(false);
        expect(overlaps({ ...a, data: { ...a.data, dateNote: '具体日期不详' } }, b)).toBe(false);
        if (a.data.state !== 'cancelled') expect(overlaps(a, a)).toBe(true);
      }),
    );
  });

  test('和一分钟一分钟地数出来的一样', () => {
    const minutes = (one: PlannedStop) => {
      const { start, end } = one.data;
      const at = (moment: string) => Number(new Date(`${moment}+08:00`)) / 60_000;
      if (start.length === 10)
        return [at(`${start}T00:00`), at(`${addDays(end ?? start, 1)}T00:00`)] as const;
      return [at(start), end ? Math.max(at(end), at(start) + 1) : at(start) + 120] as const;
    };
    fc.assert(
      fc.property(stopArbitrary, fc.integer({ min: -3000, max: 3000 }), stopArbitrary, (a, shift, other) => {
        const moved = new Date(Date.parse(`${a.data.start.slice(0, 10)}T08:00Z`) + shift * 60_000);
        const b = stop({ ...other.data, start: moved.toISOString().slice(0, 16), end: undefined });
        const [one, two] = [minutes(a), minutes(b)];
        const [short, long] = one[1] - one[0] < two[1] - two[0] ? [one, two] : [two, one];
        let shared = false;
        for (let minute = short[0]; minute < short[1]; minute++)
          shared ||= minute >= long[0] && minute < long[1];
        const held = a.data.state !== 'cancelled' && b.data.state !== 'cancelled';
        expect(overlaps(a, b)).toBe(shared && held);
      }),
      { numRuns: FEW_RUNS },
    );
  });

  test('机器在哪个时区都一样', () => {
    const zone = process.env.TZ;
    const spring = stop({ start: '2026-03-29T01:30', end: '2026-03-29T03:30' });
    const spans = ['Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(
      (name) => {
        process.env.TZ = name;
        return spanOf({ ...spring, data: { ...spring.data } });
      },
    );
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    for (const { from, to } of spans) expect([from, to - from]).toEqual([spans[0]?.from, 120]);
  });

  test('2 月 29 日那一天也算：从 28 日到 3 月 1 日的全天站和它重叠', () => {
    const leap = stop({ start: '2028-02-29', end: undefined });
    expect(overlaps(stop({ start: '2028-02-28', end: '2028-03-01' }), leap)).toBe(true);
    expect(overlaps(stop({ start: '2028-02-28', end: undefined }), leap)).toBe(false);
    expect(overlaps(stop({ start: '2028-03-01', end: undefined }), leap)).toBe(false);
    expect(spanOf(stop({ start: '2028-02-28', end: '2028-03-01' })).to - spanOf(leap).from).toBe(2 * 1440);
  });

  test('一场结束时另一场开始，不算重叠', () => {
    const first = stop({ start: '2026-11-10T09:00', end: '2026-11-10T11:00' });
    expect(overlaps(first, stop({ start: '2026-11-10T11:00', end: '2026-11-10T12:00' }))).toBe(false);
    expect(overlaps(first, stop({ start: '2026-11-10T10:59', end: '2026-11-10T12:00' }))).toBe(true);
  });
});

describe('一辆车、一组人', () => {
  test('同一辆车同时排在两处，说出是哪辆车、另一处是什么', () => {
    const other = stop({ title: '到东镇', start: '2026-11-10T10:00', end: '2026-11-10T12:00' });
    expect(said(stop({}), other)).toEqual([
      '「车辆」「一号车」11 月 10 日（周二）上午 10:00–中午 12:00已经排在「到东镇」，时间重叠；请换时间或换车',
    ]);
    expect(said(stop({ vehicle: 'two' }), other)).toEqual([]);
  });
  test('两辆车、同一组人，提醒换人', () => {
    const other = stop({ crewGroup: '一组' });
    expect(said(stop({ vehicle: 'two', crewGroup: '一组' }), other)).toEqual([
      expect.stringMatching(/^「随车组」「一组」.*换一组人$/),
    ]);
    expect(said(stop({ vehicle: 'two', crewGroup: '二组' }), other)).toEqual([]);
    expect(said(stop({ vehicle: 'two' }), stop({}))).toEqual([]);
  });
  test('取消了的、办完了的不再提醒；自己的旧版本不算', () => {
    expect(said(stop({ state: 'cancelled' }), stop({}))).toEqual([]);
    expect(said(stop({ state: 'completed' }), stop({}))).toEqual([]);
    expect(said(stop({}), stop({ state: 'cancelled' }))).toEqual([]);
    const before = stop({});
    expect(said({ ...before, data: { ...before.data, end: '2026-11-10T12:00' } }, before)).toEqual([]);
  });
});

describe('路上的时间', () => {
  const later = (start: string, township: string) => stop({ start, end: undefined, township });
  test('走县城或近路，哪条短走哪条，来回一样；没写的不猜', () => {
    expect(drivingMinutes(reference.townships, 'seat', 'east')).toBe(30);
    expect(drivingMinutes(reference.townships, 'north', 'east')).toBe(20);
    expect(drivingMinutes(reference.townships, 'far', 'east')).toBeUndefined();
    fc.assert(
      fc.property(
        fc.constantFrom('seat', 'east', 'north', 'far'),
        fc.constantFrom('seat', 'east'),
        (a, b) => {
          expect(drivingMinutes(reference.townships, a, b)).toBe(drivingMinutes(reference.townships, b, a));
        },
      ),
    );
  });
  test('要够收展、开车、布展；两站都会说', () => {
    const first = stop({});
    expect(said(later('2026-11-10T12:29', 'east'), first)).toEqual([
      '「开始」和上一站「大篷车到校」之间只有 89 分钟，路上约 30 分钟、收展和布展各 30 分钟，来不及；请错开时间',
    ]);
    expect(said(later('2026-11-10T12:30', 'east'), first)).toEqual([]);
    expect(said(first, later('2026-11-10T12:29', 'east'))).toEqual([expect.stringContaining('下一站')]);
  });
  test('在原地接着办不用开车；全天的站不知道钟点，不提醒', () => {
    const first = stop({ school: 'senior', place: undefined });
    const same = stop({ school: 'senior', place: undefined, start: '2026-11-10T11:10', end: undefined });
    expect(said(same, first).join()).not.toContain('路上');
    expect(
      said(stop({ start: '2026-11-11', end: undefined }), stop({ start: '2026-11-10', end: undefined })),
    ).toEqual([]);
  });
  test('只和紧挨着的两站比', () => {
    const early = stop({ start: '2026-11-10T07:00', end: '2026-11-10T08:00', township: 'east' });
    expect(said(later('2026-11-10T12:00', 'east'), early, stop({}))).toHaveLength(1);
  });
});

describe('不合适的日子', () => {
  const at = (start: string, data = {}) => said(stop({ start, end: undefined, school: 'unknown', ...data }));
  test('法定节假日提醒；调休上班的周末算工作日；普通周末学校不上课', () => {
    expect(at('2026-10-01T09:00')).toEqual([
      expect.stringContaining('10 月 1 日（周四）是公共假日（国庆节）'),
    ]);
    expect(at('2026-10-10T09:00')).toEqual([]);
    expect(at('2026-10-17T09:00')).toEqual([expect.stringContaining('是周末')]);
    expect(at('2026-10-17T09:00', { school: undefined })).toEqual([]);
  });
  test('考试只提醒有关的学段，检修只提醒那辆车', () => {
    expect(at('2026-06-08T09:00', { school: 'senior' })).toEqual([expect.stringContaining('考试（高考）')]);
    expect(at('2026-06-08T09:00')).toEqual([]);
    expect(at('2026-11-09T09:00')).toEqual([expect.stringMatching(/^「车辆」.*车辆检修（年检）/)]);
    expect(at('2026-11-09T09:00', { vehicle: 'two' })).toEqual([]);
  });
  test('跨几天的站，有一天不合适就提醒', () => {
    expect(at('2026-09-28', { end: '2026-10-01' })).toEqual([expect.stringContaining('10 月 1 日')]);
  });
});

describe('学校', () => {
  test('同一学年第二次去才提醒，学年从 8 月 1 日算；取消的不算去过', () => {
    const visit = (start: string, state: 'confirmed' | 'cancelled' | 'completed' = 'completed') =>
      stop({ school: 'unknown', start, end: undefined, state });
    const now = visit('2026-11-10T09:00', 'confirmed');
    expect(said(now, visit('2026-09-08T09:00'))).toEqual([
      '「学校」2026—2027 学年已经排了 2026 年 9 月 8 日（周二）的一站；还有没去过的学校，请先排它们',
    ]);
    expect(said(now, visit('2026-07-31T09:00'))).toEqual([]);
    expect(said(now, visit('2026-09-08T09:00', 'cancelled'))).toEqual([]);
  });
  test('场地不够就说差多少；学校没填的不猜', () => {
    expect(said(stop({ school: 'small', exhibitSet: 'big' }))).toEqual([
      '「学校」小院小学：空地 200 平方米，要 300 平方米；电源 1 千瓦，要 3 千瓦。请换套组、换场地，或先和学校商量',
    ]);
    expect(said(stop({ school: 'small', vehicle: 'two' }))).toEqual([]);
    expect(said(stop({ school: 'unknown', exhibitSet: 'big' }))).toEqual([]);
  });
  test('名录里没有的学校、车辆、乡镇不会出错', () => {
    const lost = stop({ school: 'x', vehicle: 'y', township: 'z', exhibitSet: 'w' });
    expect(said(lost, stop({ vehicle: 'y', township: 'q' }))).toEqual([expect.stringContaining('「y」')]);
  });
});

test('整份日程里，两站的事只在后一站说一次，和逐站去比一样', () => {
  fc.assert(
    fc.property(fc.array(stopArbitrary, { maxLength: 12 }), (stops) => {
      const clashes = (problems: { message: string }[]) =>
        problems.filter(({ message }) => message.includes('时间重叠')).length;
      const open = stops.filter(({ data }) => data.state !== 'completed');
      const whole = scheduleWarnings(open, reference);
      const single = open.flatMap((one) => planningWarnings(one, open, reference));
      expect(clashes(whole) * 2).toBe(clashes(single));
      for (const { severity } of whole) expect(severity).toBe('warning');
    }),
  );
});

test('五千站的日程一次看完，不用两两相比', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    stop({ start: `${addDays('2010-01-01', index)}T09:00`, end: undefined, school: `s${index % 200}` }),
  );
  let looked = 0;
  const counted = many.map((one) => ({
    ...one,
    get data() {
      looked++;
      return one.data;
    },
  }));
  scheduleWarnings(counted, reference);
  expect(looked).toBeLessThan(many.length * 1000);
});
