import { describe, expect, test } from 'vitest';
import type { HappeningData } from '../../happenings/happening.ts';
import { type NoticeContext, parentsNotice } from './notice.ts';

const stop: HappeningData = {
  title: '科普大篷车走进青禾镇中心小学',
  uid: 'a@example',
  start: '2026-11-25T09:00',
  end: '2026-11-25T11:30',
  state: 'confirmed',
  sequence: 0,
  published: '2026-08-31',
};
const context: NoticeContext = {
  association: '麦禾县科学技术协会',
  place: '青禾镇中心小学',
  exhibits: { name: '基础物理', examples: ['静电球', '飞球'] },
  rainRule: '移到教学楼大厅',
  open: false,
  url: 'https://kepu.example/caravan/a/',
};

describe('给家长的通知', () => {
  test('写明时间、地点、看什么、雨天怎么办，附网址', () => {
    expect(parentsNotice(stop, context)).toBe(
      '【科普大篷车来校】各位家长：11 月 25 日（周三）上午 9:00–11:30，麦禾县科学技术协会的科普大篷车到青禾镇中心小学。' +
        '带来“基础物理”展品：静电球、飞球等，可以动手玩。在校内由老师带队参观，不收费，家长不用接送或另做准备。' +
        '雨天：移到教学楼大厅。以这一页为准：https://kepu.example/caravan/a/',
    );
  });
  test('改期写原定和改到', () => {
    const moved = {
      ...stop,
      state: 'rescheduled',
      formerStart: '2026-11-20T14:00',
      changeReason: '考试',
    } as const;
    expect(parentsNotice(moved, context)).toContain(
      '原定 11 月 20 日（周五）下午 2:00 到青禾镇中心小学，现改到 11 月 25 日（周三）上午 9:00–11:30。原因：考试。',
    );
  });
  test('取消不再说展品', () => {
    const text = parentsNotice({ ...stop, state: 'cancelled', changeReason: '大雪' }, context);
    expect(text).toContain('取消。原因：大雪。');
    expect(text).not.toContain('静电球');
  });
  test('拟定的说清楚还没有确定', () => {
    expect(parentsNotice({ ...stop, state: 'tentative' }, context)).toContain('还没有最后确定');
  });
  test('办完了就没有通知', () =>
    expect(parentsNotice({ ...stop, state: 'completed' }, context)).toBeUndefined());
});
