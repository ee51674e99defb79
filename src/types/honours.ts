import { z } from 'zod';
import { inGroup, onlyWhen } from '../model/arrangement.ts';
import { LEVELS, published, summary, title, updated } from '../model/common.ts';
import { choice, line, number, optional, reference } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

export const RECIPIENTS = {
  association: '县科协',
  base: '基地',
  team: '志愿队',
  person: '个人',
  work: '作品',
} as const;

/** 荣誉：获评和推荐。schema.org `award`. */
export const honours = defineType({
  name: 'honours',
  label: '荣誉',
  singular: '荣誉',
  description: '获得和推荐申报的荣誉。',
  format: 'mdx',
  address: (slug) => `/honours/${slug}/`,
  summary: '{{title}} · {{year}}',
  sortableFields: ['year', 'title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    summary: summary(),
    level: choice({ label: '级别', options: LEVELS }),
    year: number({ label: '年份', min: 1950, max: 2100 }),
    givenBy: optional(line({ label: '授予单位', max: 60 })),
    recipientKind: choice({ label: '授予对象', options: RECIPIENTS }),
    recipient: line({ label: '获得者', hint: '单位或作品名；个人未公示前只写人数。', max: 60 }),
    base: onlyWhen({ recipientKind: ['base'] }, optional(reference({ label: '基地', to: 'bases' }))),
    team: onlyWhen({ recipientKind: ['team'] }, optional(reference({ label: '志愿队', to: 'teams' }))),
    campaign: inGroup('related', optional(reference({ label: '品牌活动', to: 'campaigns' }))),
    state: choice({ label: '状态', options: { recommended: '推荐', awarded: '获评' } }),
    quantity: number({ label: '数量', min: 1, max: 1000 }).default(1),
    published: published(),
    updated: updated(),
  }),
});
