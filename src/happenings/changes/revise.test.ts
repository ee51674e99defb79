import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caravan } from '../../types/caravan.ts';
import { addDays } from '../../calendar/days.ts';
import { formerStarts, historyOf, type Revisable } from './history.ts';
import { NEXT_STATES, revise } from './revise.ts';
import { EVENT_STATES, type EventState } from '../../calendar/states.ts';

const NOW = '2026-11-23T10:00';
const stop: Revisable = {
  uid: 'a@kepu.example',
  start: '2026-12-03T09:00',
  end: '2026-12-03T11:30',
  state: 'confirmed',
  school: 'diyi-xiaoxue',
  published: '2026-08-31',
};
const moved = { start: '2026-12-10T09:00', end: '2026-12-10T11:30', state: 'rescheduled' } as const;
const messages = (previous: Revisable | undefined, next: Revisable, now = NOW) =>
  revise(previous, next, now).problems.map(({ message }) => message);

describe('改期', () => {
  const { data, problems } = revise(stop, { ...stop, ...moved, changeReason: '降雪' }, NOW);

  test('记下原来的时间、什么时候宣布的，变更次数加一', () => {
    expect(problems).toEqual([]);
    expect(data).toMatchObject({ formerStart: stop.start, changedOn: NOW, sequence: 1, uid: stop.uid });
  });
  test('历史里写明改了什么和原因', () => {
    expect(data.changes).toEqual([
      {
        on: NOW,
        what: [
          { field: 'start', from: stop.start, to: moved.start },
          { field: 'end', from: stop.end, to: moved.end },
          { field: 'state', from: 'confirmed', to: 'rescheduled' },
        ],
        reason: '降雪',
      },
    ]);
  });
  test('再改一次，两个原定时间都留着', () => {
    const again = revise(data, { ...data, start: '2026-12-17T09:00', end: undefined }, '2026-11-24T08:00');
    expect(again.problems).toEqual([]);
    expect(again.data).toMatchObject({
      formerStart: moved.start,
      changedOn: '2026-11-24T08:00',
      sequence: 2,
    });
    expect(formerStarts(again.data)).toEqual([stop.start, moved.start]);
  });
  test('没有历史的旧条目再改期，旧的原定时间也进历史', () => {
    const old: Revisable = { ...stop, ...moved, formerStart: stop.start, changeReason: '降雪', sequence: 1 };
    const again = revise(old, { ...old, start: '2026-12-17T09:00' }, NOW);
    expect(formerStarts(again.data)).toEqual([stop.start, moved.start]);
    expect(historyOf(again.data)).toHaveLength(2);
  });
  test('编辑写了宣布的时间就用它，不收还没到的时间', () => {
    const next = { ...stop, ...moved, changeReason: '降雪' };
    const at = (changedOn: string) => revise(stop, { ...next, changedOn }, NOW).data.changedOn;
    expect(at('2026-11-22T18:00')).toBe('2026-11-22T18:00');
    expect(at('2026-11-24T08:00')).toBe(NOW);
  });
  test('确认以后只改时间不改状态、只改状态不改时间、没有原因，都不让发布', () => {
    expect(messages(stop, { ...stop, start: moved.start })).toEqual([
      '开始时间改了：请把状态改成「改期」，写明原因',
    ]);
    expect(messages(stop, { ...stop, state: 'rescheduled', changeReason: '降雪' })).toEqual([
      '状态写了「改期」，开始时间却没有变：请写新的时间',
    ]);
    expect(messages(stop, { ...stop, ...moved })).toEqual(['改期、取消和恢复都要写明原因，公开显示']);
  });
  test('拟定的时间可以直接改，原来的时间进历史', () => {
    const { data: plan, problems: none } = revise(
      { ...stop, state: 'tentative' },
      { ...stop, state: 'confirmed', start: moved.start },
      NOW,
    );
    expect(none).toEqual([]);
    expect(plan.formerStart).toBeUndefined();
    expect(formerStarts(plan)).toEqual([stop.start]);
  });
});

describe('取消、恢复和完成', () => {
  const cancelled = revise(stop, { ...stop, state: 'cancelled', changeReason: '流感' }, NOW).data;

  test('取消要写原因，留着原来的时间', () => {
    expect(cancelled).toMatchObject({ start: stop.start, sequence: 1, changedOn: NOW });
    expect(messages(stop, { ...stop, state: 'cancelled' })).toEqual([
      '改期、取消和恢复都要写明原因，公开显示',
    ]);
    expect(messages(stop, { ...stop, ...moved, state: 'cancelled', changeReason: '流感' })).toEqual([
      '取消的留着原来的时间，请把开始时间改回去',
    ]);
  });
  test('恢复要写恢复的原因', () => {
    expect(messages(cancelled, { ...cancelled, state: 'confirmed' })).toEqual([
      '原因还是取消时写的：请写明为什么又办',
    ]);
    const again = revise(cancelled, { ...cancelled, state: 'confirmed', changeReason: '流感过去' }, NOW);
    expect(again).toMatchObject({ problems: [], data: { sequence: 2 } });
  });
  test('办完了才能写完成；日历里仍是确认，所以变更次数不变', () => {
    const next: Revisable = { ...stop, state: 'completed' };
    expect(messages(stop, next)).toEqual(['还没有到开始的时间，不能写「完成」']);
    const done = revise(stop, next, '2026-12-03T12:00');
    expect(done.problems).toEqual([]);
    expect(done.data.sequence).toBeUndefined();
    expect(done.data.changes).toHaveLength(1);
  });
  test('不许的改动说明可以改成什么', () => {
    expect(messages(stop, { ...stop, state: 'tentative' })).toEqual([
      '「确认」不能改成「拟定」；可以改成「改期」、「取消」、「完成」',
    ]);
  });
  test('第一次发布就是改期的要写原定时间', () => {
    expect(messages(undefined, { ...stop, state: 'rescheduled', changeReason: '降雪' })).toEqual([
      '第一次发布就是改期的，要写明原定时间',
    ]);
    expect(messages(undefined, stop)).toEqual([]);
  });
});

test('换地点要告诉日历，改摘要不用', () => {
  const place = revise(stop, { ...stop, school: undefined, place: '文化广场' }, NOW).data;
  expect(place.sequence).toBe(1);
  expect(place.changes?.[0]?.what).toEqual([
    { field: 'school', from: 'diyi-xiaoxue' },
    { field: 'place', to: '文化广场' },
  ]);
  const { data, problems } = revise(stop, { ...stop, summary: '换了说法' } as Revisable, NOW);
  expect(data).toEqual({ ...stop, summary: '换了说法' });
  expect(problems).toEqual([]);
});

test('发布时写的字段，编辑怎么写都不算数', () => {
  const published = revise(stop, { ...stop, ...moved, changeReason: '降雪' }, NOW).data;
  const forged = { ...published, uid: 'b@kepu.example', sequence: 0, changes: [] };
  expect(revise(published, forged, '2026-12-01T08:00').data).toEqual(published);
});

describe('任意的改动', () => {
  const STATES = Object.keys(EVENT_STATES) as EventState[];
  // 29 February and the turn of a year among them; whole days and moments.
  const day = fc
    .integer({ min: -400, max: 800 })
    .map((days) => addDays('2027-12-31', days))
    .filter((value) => value > '2000');
  const moment = fc.oneof(
    day,
    fc
      .tuple(fc.oneof(day, fc.constant('2028-02-29')), fc.constantFrom('T00:00', 'T09:00', 'T23:59'))
      .map((parts) => parts.join('')),
  );
  const edit = fc.record(
    {
      start: moment,
      end: fc.option(moment, { nil: undefined }),
      state: fc.constantFrom(...STATES),
      place: fc.constantFrom('操场', '文化广场', ''),
      changeReason: fc.constantFrom('降雪', '流感', ''),
      changedOn: fc.option(moment, { nil: undefined }),
      sequence: fc.nat(5),
      uid: fc.constantFrom('a@kepu.example', 'b@kepu.example'),
    },
    { requiredKeys: [] },
  );
  const edits = fc.array(edit, { maxLength: 8 });
  const clock = (step: number) => `${addDays('2026-01-01', step)}T08:00`;

  /** Publishes one edit after another, each on the next day; what is forbidden is not published. */
  function published(
    chain: readonly Partial<Revisable>[],
    each?: (before: Revisable, after: Revisable) => void,
  ) {
    let current: Revisable = { ...stop, state: 'tentative' };
    for (const [step, change] of chain.entries()) {
      const { data, problems } = revise(current, { ...current, ...change } as Revisable, clock(step));
      if (problems.length > 0) continue;
      each?.(current, data);
      current = data;
    }
    return current;
  }

  test('变更次数从不变小，UID 终身不变，历史只增不减', () => {
    fc.assert(
      fc.property(edits, (chain) => {
        published(chain, (before, after) => {
          expect(after.sequence ?? 0).toBeGreaterThanOrEqual(before.sequence ?? 0);
          expect(after.uid).toBe(before.uid);
          expect(historyOf(after).slice(0, historyOf(before).length)).toEqual(historyOf(before));
        });
      }),
    );
  });
  test('时间或地点变了，变更次数一定变大', () => {
    fc.assert(
      fc.property(edits, (chain) => {
        published(chain, (before, after) => {
          if (before.start !== after.start || (before.place || '') !== (after.place || ''))
            expect(after.sequence).toBe((before.sequence ?? 0) + 1);
        });
      }),
    );
  });
  test('没有改动就什么也不变；同一次改动做两遍和做一遍一样', () => {
    fc.assert(
      fc.property(edits, edit, (chain, change) => {
        const current = published(chain);
        expect(revise(current, current, '2029-01-01T08:00').data).toEqual(current);
        const next = { ...current, ...change } as Revisable;
        const once = revise(current, next, clock(9)).data;
        expect(revise(current, once, clock(9)).data).toEqual(once);
        expect(revise(once, once, clock(10)).data).toEqual(once);
      }),
    );
  });
  test('改多少次期，每一个原来的时间都查得到', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 8 }), (starts) => {
        let current = stop;
        const had = new Set<string>();
        for (const [step, start] of starts.entries()) {
          if (start === current.start) continue;
          had.add(current.start);
          const next: Revisable = {
            ...current,
            start,
            end: undefined,
            state: 'rescheduled',
            changeReason: '降雪',
          };
          const { data, problems } = revise(current, next, clock(step));
          expect(problems).toEqual([]);
          expect(data.formerStart).toBe(current.start);
          current = data;
        }
        had.delete(current.start);
        expect(new Set(formerStarts(current))).toEqual(had);
      }),
    );
  });
  test('能发布的改动都在状态图里', () => {
    fc.assert(
      fc.property(edits, (chain) => {
        published(chain, ({ state: from }, { state: to }) => {
          if (from !== to) expect(NEXT_STATES[from] as readonly EventState[]).toContain(to);
        });
      }),
    );
  });
});

test('发布时写的字段合乎内容的格式', () => {
  const entry = {
    title: '科普大篷车走进第一小学',
    summary: '一站',
    ...stop,
    township: 'chengguan',
    vehicle: 'caravan-1',
    exhibitSet: 'basic-physics',
    open: 'closed',
  };
  const { data } = revise(entry as Revisable, { ...entry, ...moved, changeReason: '降雪' }, NOW);
  expect(caravan.schema.safeParse(data).error?.issues ?? []).toEqual([]);
});
