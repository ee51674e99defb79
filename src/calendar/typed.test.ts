import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../tests/support/random.ts';
import { addDays, WEEKDAYS, weekdayIndex } from './days.ts';
import { readMoment, readTypedDay, readTypedMoment } from './typed.ts';
import { readTimes, readTypedTimes } from './typed-time.ts';

// A Tuesday.
const TODAY = '2026-11-24';

describe('几点', () => {
  test.each([
    ['9:00', '09:00'],
    ['9：00', '09:00'],
    ['17：00', '17:00'],
    ['１７：３０', '17:30'],
    ['9点', '09:00'],
    ['9点钟', '09:00'],
    ['9点整', '09:00'],
    ['9时30分', '09:30'],
    ['14点30分', '14:30'],
    ['下午2点半', '14:30'],
    ['下午两点半', '14:30'],
    ['下午 2:30', '14:30'],
    ['上午九点', '09:00'],
    ['晚上七点一刻', '19:15'],
    ['早8点', '08:00'],
    ['十二点三刻', '12:45'],
    ['二十点零五分', '20:05'],
    ['中午12点', '12:00'],
    ['中午1点', '13:00'],
    ['凌晨12点', '00:00'],
    ['2:30pm', '14:30'],
    ['9:00 AM', '09:00'],
    ['9.30', '09:30'],
    ['09:00:00', '09:00'],
    ['1400', '14:00'],
    ['900', '09:00'],
    ['9', '09:00'],
  ])('「%s」', (typed, from) => expect(readTypedTimes(typed)).toEqual({ from }));

  test.each([
    ['9:00-11:30', '09:00', '11:30'],
    ['9：00—11：30', '09:00', '11:30'],
    ['9:00～11:30', '09:00', '11:30'],
    ['上午9点至11点半', '09:00', '11:30'],
    ['下午2点到4点', '14:00', '16:00'],
    ['上午9:00-下午4:30', '09:00', '16:30'],
    ['上午9点到12点', '09:00', '12:00'],
    ['上午10点到13点', '10:00', '13:00'],
    ['9-11点', '09:00', '11:00'],
    ['14:30 - 17:00', '14:30', '17:00'],
    ['0900-1130', '09:00', '11:30'],
  ])('「%s」是一段', (typed, from, to) => expect(readTypedTimes(typed)).toEqual({ from, to }));

  test.each(['25:00', '9:60', '晚上12点', '上午14点', '9.5', '半天', '11:30-9:00', '9:00-10:00-11:00', '99'])(
    '「%s」不认，说怎样写',
    (typed) =>
      expect(readTypedTimes(typed)).toEqual({ problem: expect.stringContaining('写成 9:00、下午2点半') }),
  );
  test('没写上午下午的两点半，要问一句；写了 02:30 或凌晨就是凌晨', () => {
    expect(readTypedTimes('2:30')).toEqual({
      problem: '「2:30」是凌晨还是下午？请写清楚，如「下午2:30」「凌晨2:30」',
    });
    expect(readTypedTimes('02:30')).toEqual({ from: '02:30' });
    expect(readTypedTimes('凌晨2:30')).toEqual({ from: '02:30' });
  });
  test('空着是全天', () => expect(readTypedTimes('  ')).toEqual({}));
});

describe('哪一天', () => {
  test.each([
    ['2026-12-4', '2026-12-04'],
    ['2026.12.4', '2026-12-04'],
    ['2026/12/04', '2026-12-04'],
    ['2026年12月4日', '2026-12-04'],
    ['20261204', '2026-12-04'],
    ['12月4日', '2026-12-04'],
    ['12月4号（周五）', '2026-12-04'],
    ['12月4日 星期五', '2026-12-04'],
    ['十二月四日', '2026-12-04'],
    ['12-4', '2026-12-04'],
    ['12/4', '2026-12-04'],
    ['12.4', '2026-12-04'],
    ['１２／４', '2026-12-04'],
    ['3月5日', '2027-03-05'],
    ['11月24日', '2026-11-24'],
    ['28号', '2026-11-28'],
    ['3号', '2026-12-03'],
    ['今天', '2026-11-24'],
    ['明天', '2026-11-25'],
    ['后天', '2026-11-26'],
    ['大后天', '2026-11-27'],
    ['周三', '2026-11-25'],
    ['周一', '2026-11-30'],
    ['本周一', '2026-11-23'],
    ['下周三', '2026-12-02'],
    ['下星期天', '2026-12-06'],
    ['下下周三', '2026-12-09'],
    ['2月29日', undefined],
  ])('「%s」', (typed, day) =>
    expect(readTypedDay(typed, TODAY)).toEqual(day ? { day } : { problem: '没有这一天，请检查月份和日期' }),
  );

  test('星期和日期对不上、没有这一天、看不懂的，都说清楚', () => {
    expect(readTypedDay('12月4日（周三）', TODAY)).toEqual({
      problem: '12 月 4 日是周五，请再看看是哪一天',
    });
    expect(readTypedDay('2026-02-30', TODAY)).toEqual({ problem: '没有这一天，请检查月份和日期' });
    expect(readTypedDay('过几天', TODAY)).toMatchObject({ problem: expect.stringContaining('下周三') });
    expect(readTypedDay('明天9点', TODAY)).toMatchObject({ problem: expect.stringContaining('几点') });
  });
  test('日子和几点写在一起', () => {
    expect(readTypedMoment('明天下午2点半', TODAY)).toEqual({ day: '2026-11-25', from: '14:30' });
    expect(readTypedMoment('12月4日（周五）9：00-11：30', TODAY)).toEqual({
      day: '2026-12-04',
      from: '09:00',
      to: '11:30',
    });
    expect(readTypedMoment('12-4 14:30', TODAY)).toEqual({ day: '2026-12-04', from: '14:30' });
  });
  test('没有今天作准时，没写年份的不猜', () => {
    expect(readMoment('12月4日')).toBeUndefined();
    expect(readMoment('2026.12.4 下午2点半')).toBe('2026-12-04T14:30');
    expect(readMoment('2026.12.4 9:00-11:30')).toBeUndefined();
  });
});

describe('任意的写法', () => {
  const day = fc.integer({ min: 0, max: 364 }).map((days) => addDays(TODAY, days));
  const minute = fc.integer({ min: 360, max: 1439 });
  const clock = (minutes: number) =>
    [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

  test('一年以内的每一天，怎样写都读回同一天', () => {
    fc.assert(
      fc.property(day, (wanted) => {
        const [y, m, d] = wanted.split('-').map(Number) as [number, number, number];
        const name = Object.values(WEEKDAYS)[weekdayIndex(wanted)] as string;
        const ways = [
          ...[`${y}.${m}.${d}`, `${y}年${m}月${d}日${name}`, `${m}月${d}日`, `${m}/${d}`, `${m}-${d}`],
          ...[`${m}月${d}号（${name}）`, wanted, wanted.replaceAll('-', '')],
        ];
        for (const typed of ways) expect(readTypedDay(typed, TODAY), typed).toEqual({ day: wanted });
      }),
    );
  });
  test('每一分钟，怎样写都读回同一分钟', () => {
    fc.assert(
      fc.property(minute, (wanted) => {
        const [hour, rest] = [Math.floor(wanted / 60), wanted % 60];
        const part = hour < 12 ? '上午' : '下午';
        const spoken = hour > 12 ? hour - 12 : hour;
        const two = String(rest).padStart(2, '0');
        const ways = [`${hour}:${two}`, `${hour}：${two}`, `${hour}点${rest}分`, `${hour}${two}`];
        for (const typed of [...ways, `${part}${spoken}点${two}`, `${part} ${spoken}:${two}`])
          expect(readTypedTimes(typed), typed).toEqual({ from: clock(wanted) });
      }),
    );
  });
  test('一段时间，开始总早于结束', () => {
    fc.assert(
      fc.property(minute, minute, fc.constantFrom('-', '—', '~', '至', '到', ' – '), (a, b, mark) => {
        const read = readTimes(`${clock(a)}${mark}${clock(b)}`);
        expect(read).toEqual(a < b ? { from: clock(a), to: clock(b) } : undefined);
      }),
    );
  });
  test('任何文字都不出错，读出来的总是日期和时间的样子', () => {
    const piece = fc.constantFrom(
      ...'0123456789:：.-/点时分半刻年月日号上下午早晚中周一二三十天明后～到至T '.split(''),
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const times = readTypedTimes(typed);
        if (!('problem' in times))
          for (const time of [times.from, times.to])
            if (time) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        const read = readTypedDay(typed, TODAY);
        if ('day' in read) expect(addDays(read.day, 0)).toBe(read.day);
      }),
    );
  });
});
