import { z } from 'zod';
import { published, summary, title, updated } from '../model/common.ts';
import { choice, date, filePath, group, line, link, list, number, optional } from '../model/fields.ts';
import { defineType } from '../model/type.ts';
import { datePrecision } from './date-precision.ts';

export const DOCUMENT_KINDS = {
  plan: '规划计划',
  scheme: '实施方案',
  survey: '决策咨询调研报告',
  congress: '代表大会文件',
  notice: '通知公告',
  report: '工作汇报',
} as const;

/** 文件：规划、方案、调研报告、大会文件、通知。schema.org DigitalDocument / Report. */
export const documents = defineType({
  name: 'documents',
  label: '文件资料',
  singular: '文件',
  description: '规划、实施方案、调研报告、代表大会文件和通知。',
  format: 'mdx',
  comesFromWord: true,
  address: (slug) => `/documents/${slug}/`,
  summary: '{{title}} · {{kind}}',
  sortableFields: ['published', 'title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    kind: choice({ label: '种类', options: DOCUMENT_KINDS }),
    summary: summary(),
    number: optional(line({ label: '文号', max: 40 })),
    issuedBy: optional(line({ label: '印发单位', max: 60 })),
    partners: list(line({ label: '单位', max: 60 }), {
      label: '联合单位',
      hint: '一起调研、编写或印发的单位。',
      itemLabel: '单位',
    }),
    issued: optional(date({ label: '印发日期' })),
    year: number({ label: '年份', min: 1950, max: 2100 }),
    status: choice({
      label: '效力',
      options: { current: '现行', completed: '已完成', superseded: '已被取代', submitted: '已上报' },
      initial: 'current',
    }),
    quantity: number({
      label: '篇（件）数',
      hint: '一条代表几篇；原始记录没有逐篇列名时大于 1。',
      min: 1,
      max: 1000,
    }).default(1),
    file: optional(filePath({ label: '附件' })),
    placements: list(
      group(
        {
          outlet: line({ label: '媒体或平台', max: 60 }),
          date: optional(date({ label: '日期' })),
          url: optional(link({ label: '网址' })),
          quantity: number({ label: '篇次', hint: '一行代表几篇次。', min: 1, max: 10_000 }).default(1),
        },
        { label: '刊登' },
      ),
      { label: '刊登情况', itemLabel: '刊登', summary: '{{fields.outlet}}' },
    ),
    published: published(),
    datePrecision: datePrecision(),
    updated: updated(),
  }),
});
