import { z } from 'zod';
import { addDays } from '../../calendar/days.ts';
import { choice, choices, date, line, number, optional, reference, text } from '../../model/fields.ts';
import { STAGES } from '../../types/caravan.ts';

/** Asking for a visit: one definition for the on-line form, the paper form and the Word file. */

/** Stands wherever a request is made, received or looked up. */
export const NOT_CONFIRMED = '申请不等于确认：排上了，日程里会出现这一站，状态是「确认」才算定下来。';

/** What the office does with a request, in this order. */
export const REQUEST_STATES = {
  new: '新到',
  contacted: '已联系',
  scheduled: '已排期',
  declined: '婉拒',
} as const;

export type RequestState = keyof typeof REQUEST_STATES;

export const SESSIONS = { morning: '上午', afternoon: '下午', day: '全天' } as const;

/** A request gives the office at least this long to answer. */
const NOTICE_DAYS = 10;
/** How far ahead one may ask. */
const AHEAD_DAYS = 200;

/** First and last day that can be asked for on a day (`YYYY-MM-DD`). */
export const requestWindow = (today: string) => ({
  from: addDays(today, NOTICE_DAYS),
  to: addDays(today, AHEAD_DAYS),
});

/** Mobile, land line with area code (and extension), or a short office number; spaces and dashes as people write them. */
const PHONE = /^(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|(0\d{2,3}[ -]?)?\d{7,8}(([ -]| ?转 ?)\d{1,6})?)$/;

/** 请大篷车来的申请。`contact`, `phone` and every free text are personal: they stay out of Git, the build and the logs. */
export const visitRequest = z
  .strictObject({
    school: optional(
      reference({ label: '学校', hint: '名单里没有的学校和社区，写在下一栏。', to: 'schools' }),
    ),
    place: optional(line({ label: '名单里没有的学校或社区', hint: '写全名。', max: 40 })),
    township: optional(reference({ label: '乡镇（街道）', hint: '学校在名单里的不用选。', to: 'townships' })),
    stages: choices({ label: '学段', options: STAGES }),
    people: number({ label: '参加人数（人）', hint: '大约多少人，写数字。', min: 1, max: 5000 }),
    day: date({ label: '想要的日子' }),
    otherDay: optional(date({ label: '备选日子', hint: '写上备选，更容易排上。' })),
    session: choice({ label: '时段', options: SESSIONS }),
    exhibitSet: optional(
      reference({ label: '想要的展品', hint: '可以不选，由县科协安排。', to: 'exhibit-sets' }),
    ),
    venue: optional(
      text({ label: '场地和电源', hint: '场地大小、地面、大门宽高、三孔电源离停车处多远。', max: 200 }),
    ),
    rainRule: optional(line({ label: '雨天安排', hint: '下雨改到哪里。', max: 80 })),
    contact: line({ label: '联系人', hint: '一位能定下来的老师或工作人员。', max: 20 }),
    phone: line({
      label: '联系电话',
      hint: '只给县科协办公室排期用，不公开。',
      max: 30,
      pattern: [PHONE, '应当是手机号，或带区号的座机号'],
    }),
    note: optional(text({ label: '想说的话', hint: '有特殊需要的学生、想配合的课程等。', max: 300 })),
  })
  .superRefine((asked, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!asked.school && !asked.place) problem('school', '请选学校；名单里没有的，在下一栏写全名');
    if (!asked.school && asked.place && !asked.township) problem('township', '请选乡镇（街道）');
    if (asked.otherDay && asked.otherDay === asked.day)
      problem('otherDay', '和想要的日子是同一天，请换一天或留空');
  });

export type VisitRequest = z.output<typeof visitRequest>;

/** Number on a paper request: whose it is; the day of asking is written behind it by hand. */
export const paperNumber = (school: string | undefined): string => `DPC-${school ?? '______'}-________`;

/** Whether requests are taken on line, `/api/requests/open`. */
export interface OnlineRequests {
  open: boolean;
}

/** Where the publishing server takes requests; without it a page there says so. */
export const requestFormAddress = (school?: string): string =>
  `/api/requests/form/${school ? `?school=${school}` : ''}`;

/** Page on which a visit is asked for, filled in for a school. */
export const requestAddress = (school?: string): string =>
  school ? `/caravan/request/${school}/` : '/caravan/request/';
