import { describe, expect, test } from 'vitest';
import { seasonOf, solarTerm } from './terms.ts';

describe('节气', () => {
  // 紫金山天文台历算公布的日期
  test.each([
    ['2024-02-04', '立春'],
    ['2025-04-04', '清明'],
    ['2026-02-04', '立春'],
    ['2026-03-20', '春分'],
    ['2026-06-21', '夏至'],
    ['2026-09-23', '秋分'],
    ['2026-11-22', '小雪'],
    ['2026-12-07', '大雪'],
    ['2026-12-22', '冬至'],
    ['2027-01-05', '小寒'],
  ])('%s 交%s', (day, name) => {
    expect(solarTerm(day)).toMatchObject({ name, since: day });
  });

  test('节气从交节当天算到下一个节气的前一天', () => {
    expect(solarTerm('2026-11-23')).toEqual({
      name: '小雪',
      since: '2026-11-22',
      next: { name: '大雪', since: '2026-12-07' },
    });
    expect(solarTerm('2026-11-21').name).toBe('立冬');
  });

  test('四季以四立为界', () => {
    expect(seasonOf('2026-02-03')).toBe('winter');
    expect(seasonOf('2026-02-04')).toBe('spring');
    expect(seasonOf('2026-05-05')).toBe('summer');
    expect(seasonOf('2026-08-07')).toBe('autumn');
    expect(seasonOf('2026-11-07')).toBe('winter');
  });
});
