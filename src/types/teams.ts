import { z } from 'zod';
import { inGroup } from '../model/arrangement.ts';
import { published, summary, title, updated } from '../model/common.ts';
import { choice, line, list, number, optional, reference } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

export const TEAM_KINDS = {
  volunteer: '科技志愿服务分队',
  training: '技术培训队',
  clinic: '健康义诊咨询点',
  brigade: '志愿服务总队',
} as const;

/** 志愿队。schema.org Organization. */
export const teams = defineType({
  name: 'teams',
  label: '志愿服务队',
  singular: '志愿队',
  description: '科技志愿服务队、技术培训队、义诊咨询点。',
  format: 'mdx',
  address: (slug) => `/teams/${slug}/`,
  summary: '{{title}} · {{kind}}',
  sortableFields: ['title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: TEAM_KINDS }),
    summary: summary(),
    themes: list(line({ label: '服务主题', max: 30 }), { label: '服务主题', itemLabel: '主题' }),
    office: optional(line({ label: '队长单位', hint: '写单位，不写个人电话。', max: 60 })),
    founded: optional(number({ label: '成立年份', min: 1950, max: 2100 })),
    disbanded: optional(number({ label: '撤并年份', hint: '还在就空着。', min: 1950, max: 2100 })),
    members: optional(number({ label: '人数（人）' })),
    quantity: number({
      label: '支（个）数',
      hint: '一条代表几支队伍；原始记录没有逐支列名时大于 1。',
      min: 1,
      max: 100,
    }).default(1),
    campaign: inGroup('related', optional(reference({ label: '所属品牌活动', to: 'campaigns' }))),
    published: published(),
    updated: updated(),
  }),
});
