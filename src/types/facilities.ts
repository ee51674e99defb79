import { z } from 'zod';
import { openingHours } from './bases.ts';
import { inGroup } from '../model/arrangement.ts';
import { coordinates, picture, published, summary, title, township, updated } from '../model/common.ts';
import { choice, date, group, line, list, number, optional, reference } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

export const FACILITY_KINDS = {
  estation: '科普 e 站',
  gallery: '电子科普画廊',
  board: '科普宣传栏',
  hall: '科普馆',
  mobile: '流动科技馆',
} as const;

/** 阵地：e 站、电子科普画廊、宣传栏、科普馆。schema.org Place. */
export const facilities = defineType({
  name: 'facilities',
  label: '科普阵地',
  singular: '阵地',
  description: 'e 站、电子科普画廊、宣传栏、科普馆。',
  format: 'mdx',
  address: (slug) => `/facilities/${slug}/`,
  summary: '{{title}} · {{kind}}',
  sortableFields: ['title', 'built'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: FACILITY_KINDS }),
    summary: summary(),
    place: inGroup('place', optional(line({ label: '位置', max: 80 }))),
    township: optional(township()),
    coordinates: optional(coordinates()),
    quantity: number({ label: '数量', hint: '几个、几面、几处。', min: 1, max: 1000 }).default(1),
    investment: optional(number({ label: '投资（元）', hint: '不知道就空着。' })),
    investmentIn: optional(
      reference({
        label: '投资并入',
        hint: '几处合计一笔投资的，只记在其中一处，别处选那一处。',
        to: 'facilities',
      }),
    ),
    fundSource: optional(line({ label: '资金来源', max: 60 })),
    built: optional(number({ label: '建成年份', min: 1950, max: 2100 })),
    opening: inGroup('visitors', openingHours()),
    refreshes: list(
      group(
        { date: date({ label: '更新日期' }), what: line({ label: '更新内容', max: 120 }) },
        { label: '内容更新' },
      ),
      { label: '内容更新记录', itemLabel: '更新', summary: '{{fields.date}} {{fields.what}}' },
    ),
    cover: optional(picture('封面图')),
    published: published(),
    updated: updated(),
  }),
});
