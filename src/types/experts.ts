import { z } from 'zod';
import { inGroup } from '../model/arrangement.ts';
import { picture, published, summary, updated } from '../model/common.ts';
import { choice, line, list, optional } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

export const EXPERT_KINDS = {
  lecturer: '讲师',
  reviewer: '审稿专家',
  rural: '乡土人才',
  group: '专家组',
} as const;

/** 专家：讲师、审稿人、乡土人才。schema.org Person / Organization. */
export const experts = defineType({
  name: 'experts',
  label: '专家',
  singular: '专家',
  description: '讲课、审稿的专家和乡土人才；不写个人电话。',
  format: 'mdx',
  address: (slug) => `/experts/${slug}/`,
  summary: '{{title}} · {{field}}',
  sortableFields: ['title'],
  dateField: 'published',
  schema: z.strictObject({
    title: line({ label: '姓名或组名', max: 40 }),
    kind: choice({ label: '种类', options: EXPERT_KINDS }),
    summary: summary(),
    field: line({ label: '专业领域', max: 60 }),
    organisation: inGroup('people', optional(line({ label: '单位', max: 60 }))),
    position: inGroup('people', optional(line({ label: '职称或职务', max: 40 }))),
    teaches: list(line({ label: '能讲的题目', max: 60 }), { label: '能讲什么', itemLabel: '题目' }),
    photo: optional(picture('照片')),
    published: published(),
    updated: updated(),
  }),
});
