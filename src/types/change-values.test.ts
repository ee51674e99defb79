import { describe, expect, test } from 'vitest';
import { changeProblems } from './change-values.ts';

describe('变更记录里的值', () => {
  test('时间和状态写成别的，指出是哪一处；地点随便写', () => {
    const what = [
      { field: 'start', from: '<script>', to: '2026-12-03T09:00' },
      { field: 'end', from: '2026-12-32' },
      { field: 'state', from: 'confirmed', to: '改了' },
      { field: 'place', from: '<script>', to: '县科技馆' },
    ];
    expect(changeProblems([{ what: [] }, { what }])).toEqual([
      { path: ['changes', 1, 'what', 0, 'from'], message: expect.stringContaining('日期和时间') },
      { path: ['changes', 1, 'what', 1, 'from'], message: expect.stringContaining('没有这一天') },
      { path: ['changes', 1, 'what', 2, 'to'], message: expect.stringContaining('没有「改了」这种状态') },
    ]);
  });
});
