import { z } from 'zod';
import { picture, published, results, summary, title, updated } from '../model/common.ts';
import { choice, date, group, internal, line, list, number, optional, text, yesNo } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

export const CAMPAIGN_KINDS = {
  'science-day': '全国科普日',
  'science-spring': '科技之春',
  'workers-day': '科技工作者日',
  'mobile-museum': '流动科技馆巡展',
  other: '其他品牌活动',
} as const;

/** 品牌活动的一届（一年一条）。schema.org EventSeries. */
export const campaigns = defineType({
  name: 'campaigns',
  label: '品牌活动',
  singular: '品牌活动',
  description: '全国科普日、科技之春等，每年（届）一条。',
  format: 'mdx',
  address: (slug) => `/campaigns/${slug}/`,
  summary: '{{title}} · {{year}}',
  sortableFields: ['year', 'title'],
  dateField: 'from',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: CAMPAIGN_KINDS }),
    summary: summary(),
    year: number({ label: '年份', min: 1950, max: 2100 }),
    edition: optional(number({ label: '第几届', min: 1, max: 200 })),
    theme: optional(line({ label: '主题', max: 80 })),
    from: optional(date({ label: '开始日期' })),
    to: optional(date({ label: '结束日期' })),
    dateNote: optional(line({ label: '日期说明', max: 60 })),
    hosts: list(line({ label: '单位', max: 60 }), { label: '主办单位', itemLabel: '单位' }),
    strands: list(
      group(
        {
          name: line({ label: '板块', max: 40 }),
          description: optional(text({ label: '做了什么', max: 400 })),
        },
        { label: '板块' },
      ),
      {
        label: '板块',
        hint: '如「五进一联」的六个板块；活动按板块名归入。',
        itemLabel: '板块',
        summary: '{{fields.name}}',
      },
    ),
    results: results(),
    cover: optional(picture('封面图')),
    published: published(),
    updated: updated(),
    featured: internal(yesNo({ label: '首页推荐' })),
  }),
});
