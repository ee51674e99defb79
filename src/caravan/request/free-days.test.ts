import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../calendar/days.ts';
import {
  availability,
  type BlockedDays,
  type Booking,
  obstaclesOn,
  vehicleObstaclesOn,
} from './free-days.ts';
import { HOLIDAYS } from '../../../tests/support/holidays.ts';
import { FEW_RUNS } from '../../../tests/support/random.ts';

const period = (part: Partial<BlockedDays>): BlockedDays => ({
  id: 'x',
  kind: 'exam',
  from: '2027-06-07',
  to: '2027-06-08',
  note: '高考',
  stages: [],
  ...part,
});
const booking = (part: Partial<Booking> = {}): Booking => ({
  start: '2026-12-10T09:30',
  end: '2026-12-10T15:30',
  state: 'confirmed',
  vehicle: 'a',
  ...part,
});
const one = (day: string, plan: Partial<Parameters<typeof availability>[3]> = {}, stages?: ['community']) =>
  availability(
    day,
    day,
    { stages },
    { vehicles: [{ id: 'a' }], blocked: [], bookings: [], holidays: HOLIDAYS, ...plan },
  )[0];

test('普通的上学日有空', () => {
  expect(one('2026-12-09')).toEqual({ day: '2026-12-09', vehicles: ['a'], obstacles: [] });
});

test('周末不去学校，调休上班的周末去；社区周末也去', () => {
  expect(one('2026-12-12')?.obstacles).toEqual([{ kind: 'weekend', note: '周末' }]);
  expect(one('2026-10-10')?.vehicles).toEqual(['a']);
  expect(one('2026-12-12', {}, ['community'])?.vehicles).toEqual(['a']);
});

test('法定节假日谁也不能约，并说是什么节', () => {
  expect(one('2026-10-01', {}, ['community'])?.obstacles).toEqual([{ kind: 'holiday', note: '国庆节' }]);
  // No notice for this year yet.
  expect(one('2099-05-01')?.obstacles[0]?.note).toBe('劳动节（推算）');
  for (const [day, name] of [
    ['2027-04-05', '清明节'],
    ['2027-06-09', '端午节'],
    ['2027-09-15', '中秋节'],
  ] as const)
    expect(one(day)?.obstacles).toEqual([{ kind: 'holiday', note: `${name}（推算）` }]);
});

test('一个学段考试，只占那个学段', () => {
  const exam = period({ stages: ['senior'] });
  expect(obstaclesOn('2027-06-07', { stages: ['senior'] }, [exam], HOLIDAYS)).toEqual([
    { kind: 'exam', note: '高考' },
  ]);
  expect(obstaclesOn('2027-06-07', { stages: ['primary'] }, [exam], HOLIDAYS)).toEqual([]);
  expect(obstaclesOn('2027-06-07', {}, [exam], HOLIDAYS)).toEqual([]);
  expect(obstaclesOn('2027-06-10', { stages: ['senior'] }, [exam], HOLIDAYS)).toEqual([]);
});

test('寒暑假不去学校，社区照去', () => {
  const winter = period({ kind: 'school-holiday', from: '2027-01-21', to: '2027-02-27', note: '寒假' });
  expect(one('2027-02-25', { blocked: [winter] })?.obstacles).toEqual([
    { kind: 'school-holiday', note: '寒假' },
  ]);
  expect(one('2027-02-25', { blocked: [winter] }, ['community'])?.vehicles).toEqual(['a']);
});

test('站次占着车的每一天，取消的、只知道月份的不占', () => {
  expect(one('2026-12-10', { bookings: [booking()] })?.obstacles).toEqual([
    { kind: 'stop', note: '已有站次' },
  ]);
  expect(one('2026-12-11', { bookings: [booking({ end: '2026-12-11' })] })?.vehicles).toEqual([]);
  expect(one('2026-12-10', { bookings: [booking({ state: 'cancelled' })] })?.vehicles).toEqual(['a']);
  expect(one('2026-12-10', { bookings: [booking({ dateNote: '12 月' })] })?.vehicles).toEqual(['a']);
});

test('改期的站次让出原来的日子', () => {
  const moved = booking({ start: '2026-12-16T09:30', end: '2026-12-16T15:30', state: 'rescheduled' });
  expect(one('2026-12-10', { bookings: [moved] })?.vehicles).toEqual(['a']);
  expect(one('2026-12-16', { bookings: [moved] })?.vehicles).toEqual([]);
});

test('一辆车检修，另一辆照用', () => {
  const upkeep = period({ kind: 'upkeep', from: '2026-12-10', to: '2026-12-10', note: '年检', vehicle: 'a' });
  const two = { vehicles: [{ id: 'a' }, { id: 'b' }], blocked: [upkeep] };
  expect(one('2026-12-10', two)?.vehicles).toEqual(['b']);
  expect(one('2026-12-10', { blocked: [upkeep] })?.obstacles).toEqual([{ kind: 'upkeep', note: '年检' }]);
});

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2026-01-01', days));
const vehicle = fc.constantFrom('a', 'b');
const anyBooking = fc
  .record({
    from: day,
    length: fc.integer({ min: 0, max: 3 }),
    vehicle,
    state: fc.constantFrom('tentative', 'confirmed', 'cancelled', 'rescheduled', 'completed'),
  })
  .map(({ from, length, ...rest }) => ({
    start: `${from}T09:00`,
    end: `${addDays(from, length)}T12:00`,
    ...rest,
  }));
const stages = fc.option(
  fc.uniqueArray(fc.constantFrom('kindergarten', 'primary', 'junior', 'senior', 'community'), {
    minLength: 1,
  }),
  { nil: undefined },
);
const anyPeriod = fc
  .record({
    from: day,
    length: fc.integer({ min: 0, max: 40 }),
    kind: fc.constantFrom('exam', 'upkeep', 'school-holiday', 'other'),
    stages: stages.map((some) => some ?? []),
    vehicle: fc.option(vehicle, { nil: undefined }),
  })
  .map(({ from, length, ...rest }) => period({ from, to: addDays(from, length), note: '安排', ...rest }));

test('不论怎样安排：每一天恰好有一个回答，有空或有原因，有空的车没有被占', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 60 }),
      stages,
      fc.array(anyBooking, { maxLength: 30 }),
      fc.array(anyPeriod, { maxLength: 8 }),
      (from, length, hostStages, bookings, blocked) => {
        const plan = { vehicles: [{ id: 'a' }, { id: 'b' }], blocked, bookings, holidays: HOLIDAYS };
        const days = availability(from, addDays(from, length), { stages: hostStages }, plan);
        expect(days.map((one) => one.day)).toEqual(
          Array.from({ length: length + 1 }, (_, index) => addDays(from, index)),
        );
        for (const one of days) {
          expect(one.vehicles.length > 0).toBe(one.obstacles.length === 0);
          for (const id of one.vehicles)
            expect(vehicleObstaclesOn(one.day, id, blocked, bookings)).toEqual([]);
        }
      },
    ),
  );
});

test('多一站从不多出空日子，取消它就恰好恢复原来的空日子', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { maxLength: 20 }), anyBooking, (bookings, extra) => {
      const free = (some: Booking[]) =>
        availability(
          '2026-01-01',
          '2027-01-01',
          {},
          { vehicles: [{ id: 'a' }], blocked: [], bookings: some, holidays: HOLIDAYS },
        )
          .filter(({ vehicles }) => vehicles.length > 0)
          .map((one) => one.day);
      const before = free(bookings);
      const after = new Set(free([...bookings, extra]));
      expect([...after].every((one) => before.includes(one))).toBe(true);
      expect(free([...bookings, { ...extra, state: 'cancelled' }])).toEqual(before);
    }),
    { numRuns: FEW_RUNS },
  );
});
