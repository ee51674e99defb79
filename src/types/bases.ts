import { z } from 'zod';
import { inGroup } from '../model/arrangement.ts';
import {
  LEVELS,
  coordinates,
  picture,
  published,
  summary,
  title,
  township,
  updated,
} from '../model/common.ts';
import { choice, choices, group, line, list, number, optional, text, yesNo } from '../model/fields.ts';
import { WEEKDAYS } from '../calendar/days.ts';
import { defineType } from '../model/type.ts';

export const BASE_KINDS = {
  rural: '农村科普示范基地',
  education: '科普教育基地',
  community: '科普示范社区',
  youth: '青少年活动中心',
  cooperative: '合作社',
} as const;

/** `HH:mm`. */
const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Opening hours: which days, from when to when (HH:mm, Asia/Shanghai). */
export const openingHours = () =>
  list(
    group(
      {
        days: choices({ label: '星期', options: WEEKDAYS }),
        opens: line({
          label: '开门',
          hint: '写成 09:00 的样子。',
          pattern: [CLOCK_TIME, '写成 09:00 的样子'],
        }),
        closes: line({
          label: '关门',
          hint: '写成 17:00 的样子。',
          pattern: [CLOCK_TIME, '写成 17:00 的样子'],
        }),
      },
      { label: '开放时段' },
    ),
    {
      label: '开放时间',
      hint: '不写就显示「请先联系」。',
      itemLabel: '时段',
      summary: '{{fields.days}} {{fields.opens}}–{{fields.closes}}',
    },
  );

/** 基地。schema.org Place / LocalBusiness. */
export const bases = defineType({
  name: 'bases',
  label: '科普基地',
  singular: '基地',
  description: '示范基地、教育基地、示范社区和活动中心的名片。',
  format: 'mdx',
  address: (slug) => `/bases/${slug}/`,
  summary: '{{title}} · {{kind}}',
  sortableFields: ['title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: BASE_KINDS }),
    summary: summary(),
    organisation: inGroup('people', optional(line({ label: '依托单位', max: 60 }))),
    industry: optional(line({ label: '产业或领域', max: 40 })),
    honours: inGroup(
      'results',
      list(
        group(
          {
            name: line({ label: '称号', max: 60 }),
            level: choice({ label: '级别', options: LEVELS }),
            year: optional(number({ label: '年份', min: 1950, max: 2100 })),
            state: choice({ label: '状态', options: { recommended: '推荐', awarded: '获评' } }),
          },
          { label: '称号' },
        ),
        { label: '称号', itemLabel: '称号', summary: '{{fields.name}}' },
      ),
    ),
    township: optional(township()),
    address: inGroup('place', optional(line({ label: '地址', max: 80 }))),
    coordinates: optional(coordinates()),
    area: inGroup('place', optional(number({ label: '面积（平方米）', integer: false }))),
    opening: inGroup('visitors', openingHours()),
    closedOnHolidays: inGroup('visitors', yesNo({ label: '法定节假日闭馆' })),
    openingNote: inGroup('visitors', optional(line({ label: '开放说明', max: 120 }))),
    booking: inGroup('visitors', optional(text({ label: '预约办法', max: 200 }))),
    contact: inGroup(
      'visitors',
      optional(line({ label: '办公电话', hint: '只写单位固定电话，不写个人手机。', max: 40 })),
    ),
    accessibility: inGroup(
      'visitors',
      optional(text({ label: '无障碍', hint: '坡道、卫生间、轮椅等。', max: 200 })),
    ),
    visitors: inGroup(
      'results',
      list(
        group(
          { year: number({ label: '年份', min: 1950, max: 2100 }), value: number({ label: '人次' }) },
          { label: '参观人次' },
        ),
        { label: '历年参观人次', itemLabel: '年度', summary: '{{fields.year}}：{{fields.value}}' },
      ),
    ),
    cover: optional(picture('封面图')),
    gallery: inGroup(
      'pictures',
      list(picture('图片'), { label: '图集', itemLabel: '图片', summary: '{{fields.alt}}' }),
    ),
    published: published(),
    updated: updated(),
  }),
});
