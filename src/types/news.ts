import { z } from 'zod';
import { picture, published, summary, title, updated } from '../model/common.ts';
import { choice, date, internal, line, optional, references, yesNo } from '../model/fields.ts';
import { defineType } from '../model/type.ts';
import { datePrecision } from './date-precision.ts';

export const NEWS_KINDS = { news: '动态', notice: '公告' } as const;

/** 新闻：科协动态和公告。schema.org NewsArticle. */
export const news = defineType({
  name: 'news',
  label: '动态公告',
  singular: '新闻',
  description: '科协自己的动态和公告。',
  format: 'mdx',
  comesFromWord: true,
  address: (slug) => `/news/${slug}/`,
  summary: '{{title}} · {{published}}',
  sortableFields: ['published', 'title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: NEWS_KINDS, initial: 'news' }),
    summary: summary(),
    source: optional(line({ label: '来源', max: 60 })),
    events: references({ label: '相关活动', to: 'events' }),
    stops: references({ label: '相关站次', to: 'caravan' }),
    cover: optional(picture('配图')),
    expires: optional(date({ label: '失效日期', hint: '公告过了这一天就标为「已过期」。' })),
    published: published(),
    datePrecision: datePrecision(),
    updated: updated(),
    featured: internal(yesNo({ label: '首页推荐' })),
  }),
});
