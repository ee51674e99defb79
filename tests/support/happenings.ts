import type { HappeningData } from '../../src/happenings/happening.ts';

/** A stop as it was announced, and after it was moved. */

export const stop: HappeningData = {
  title: '科普大篷车走进青禾镇中心小学',
  uid: 'a@example',
  start: '2026-12-03T09:00',
  end: '2026-12-03T11:30',
  state: 'confirmed',
  sequence: 0,
  published: '2026-08-31',
};
export const moved: HappeningData = {
  ...stop,
  state: 'rescheduled',
  formerStart: '2026-11-25T14:00',
  changeReason: '学校考试',
  changedOn: '2026-11-20T15:00',
  sequence: 1,
};
