import { itemId } from '../model/common.ts';
import { z } from 'zod';
import { choice, choices, date, line, number, optional, reference, text, yesNo } from '../model/fields.ts';
import { defineList, defineType } from '../model/type.ts';
import { EVENT_KINDS } from './events.ts';

/** 计量单位。人（多少人）和人次（多少次参加）永不相加。 */
export const UNITS = {
  person: '人',
  attendance: '人次',
  copy: '份',
  volume: '册',
  piece: '件',
  panel: '面',
  session: '场',
  count: '个',
  yuan: '元',
  site: '处',
  report: '篇',
  time: '次',
  item: '条',
  ticket: '张',
  group: '支',
  percent: '%',
} as const;

/** Kinds of happenings that have results of their own: the kinds of events, and a stop of the caravan. */
export const RESULT_KINDS = { ...EVENT_KINDS, caravan: '大篷车站次' } as const;

/** 年度数据：不能从活动记录加总出来的存量和手工数。 */
export const statistics = defineType({
  name: 'statistics',
  label: '年度数据',
  singular: '数据',
  description: '一年里的存量和手工填报数；能从活动成果加出来的不要填在这里。',
  format: 'yaml',
  address: null,
  summary: '{{title}} · {{date}}',
  sortableFields: ['date', 'title'],
  dateField: 'date',
  schema: z.strictObject({
    title: line({ label: '名称', max: 60 }),
    indicator: reference({ label: '指标', to: 'indicators' }),
    date: date({ label: '截止或统计日期', hint: '存量写 12 月 31 日。' }),
    value: optional(number({ label: '数值', hint: '没有数就空着。', integer: false })),
    approximate: yesNo({ label: '约数' }),
    source: line({ label: '出处', hint: '数据从哪里来。', max: 120 }),
    note: optional(text({ label: '说明', max: 300 })),
  }),
});

/** 指标词典。 */
export const indicators = defineList({
  name: 'indicators',
  label: '指标词典',
  singular: '指标',
  description: '每个数字的名称、单位和口径。',
  summary: '{{fields.name}}（{{fields.unit}}）',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 40 }),
    unit: choice({ label: '单位', options: UNITS }),
    nature: choice({
      label: '性质',
      options: { flow: '流量（1 月 1 日至 12 月 31 日累计）', stock: '存量（12 月 31 日的数）' },
    }),
    deduplication: optional(text({ label: '去重口径', max: 200 })),
    form: optional(line({ label: '科普统计表号', max: 40 })),
    kinds: optional(
      choices({
        label: '办完哪些活动要问',
        hint: '「补成果」先问的就是这些；没有选到的，补的时候也能用「加一项」找到。',
        options: RESULT_KINDS,
      }),
    ),
    headline: yesNo({ label: '首页显示' }),
  }),
});
