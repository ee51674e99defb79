import { describe, expect, test } from 'vitest';
import { announcementsOf, formerStarts, isAnnounced, type Revisable } from './history.ts';
import { revise } from './revise.ts';

const SCHOOLS: Record<string, string> = { diyi: '第一小学', dierxiao: '第二小学' };
const words = (data: Revisable) => announcementsOf(data, (id) => SCHOOLS[id]);
const stop: Revisable = {
  uid: 'a@kepu.example',
  start: '2026-12-03T09:00',
  end: '2026-12-03T11:30',
  state: 'tentative',
  school: 'diyi',
};
/** Publishes one edit after another and gives what stands there in the end. */
function after(...edits: [on: string, edit: Partial<Revisable>][]): Revisable {
  let data = stop;
  for (const [on, edit] of edits) {
    const revision = revise(data, { ...data, ...edit } as Revisable, on);
    expect(revision.problems).toEqual([]);
    data = revision.data;
  }
  return data;
}

describe('变更记录的说法', () => {
  const life = after(
    ['2026-11-01T09:00', { state: 'confirmed' }],
    [
      '2026-11-20T09:00',
      { state: 'rescheduled', start: '2027-01-06T09:00', end: '2027-01-06T11:30', changeReason: '降雪' },
    ],
    ['2026-12-01T09:00', { school: 'dierxiao' }],
    ['2026-12-20T09:00', { state: 'cancelled', changeReason: '流感' }],
    ['2026-12-28T09:00', { state: 'confirmed', changeReason: '流感过去' }],
  );

  test('每一次都说清楚，跨年写年份', () => {
    expect(words(life).map(({ text, reason }) => [text, reason])).toEqual([
      ['状态改为确认。', undefined],
      ['原定 12 月 3 日（周四）上午 9:00，改为 2027 年 1 月 6 日（周三）上午 9:00–11:30。', '降雪'],
      ['地点由第一小学改为第二小学。', undefined],
      ['原定 2027 年 1 月 6 日（周三）上午 9:00，现已取消。', '流感'],
      ['恢复举办，定在 2027 年 1 月 6 日（周三）上午 9:00–11:30。', '流感过去'],
    ]);
  });
  test('确认和完成不算要告诉人的变更', () => {
    expect(words(life).map(({ urgent }) => urgent)).toEqual([false, true, true, true, true]);
  });
  test('没有历史的旧条目，从原定时间和取消看出一次', () => {
    const old: Revisable = { ...stop, state: 'cancelled', changeReason: '大雪', published: '2026-08-31' };
    expect(words(old)).toMatchObject([
      {
        on: '2026-08-31',
        text: '原定 12 月 3 日（周四）上午 9:00，现已取消。',
        reason: '大雪',
        urgent: true,
      },
    ]);
    expect(formerStarts(old)).toEqual([]);
    expect(words(stop)).toEqual([]);
  });
});

describe('告示', () => {
  const moved: Revisable = {
    ...stop,
    state: 'rescheduled',
    formerStart: '2026-11-25T14:00',
    changedOn: '2026-11-20T15:00',
  };
  test('到原定日期过后三天为止', () => {
    expect(isAnnounced(moved, '2026-11-28')).toBe(true);
    expect(isAnnounced(moved, '2026-11-29')).toBe(false);
  });
  test('原定日期已过才宣布的，从宣布起三天', () => {
    const late = { ...moved, changedOn: '2026-11-27T08:00' };
    expect(isAnnounced(late, '2026-11-30')).toBe(true);
    expect(isAnnounced(late, '2026-12-01')).toBe(false);
  });
  test('取消的以它自己的日期为准，闰年 2 月底也数得对', () => {
    const leap: Revisable = { ...stop, start: '2028-02-27', state: 'cancelled', changedOn: '2028-02-20' };
    expect(isAnnounced(leap, '2028-03-01')).toBe(true);
    expect(isAnnounced(leap, '2028-03-02')).toBe(false);
  });
  test('没有变更就没有告示', () => expect(isAnnounced(stop, '2026-12-03')).toBe(false));
});
