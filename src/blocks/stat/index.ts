import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line, optional } from '../../model/fields.ts';

export const stat = defineBlock({
  name: 'Stat',
  label: '数据',
  description: '一个醒目的数字，写明单位、说明和出处。',
  placement: 'block',
  children: false,
  schema: z.strictObject({
    value: line({ label: '数值', max: 20 }),
    unit: optional(line({ label: '单位', max: 10 })),
    label: line({ label: '说明', max: 60 }),
    source: optional(line({ label: '出处', max: 120 })),
  }),
  render({ value, unit, label, source }) {
    const from = source ? `<small>出处：${escapeHtml(source)}</small>` : '';
    return `<p class="block-stat"><strong>${escapeHtml(value)}</strong>${unit ? `<span>${escapeHtml(unit)}</span>` : ''} <span class="block-stat-label">${escapeHtml(label)}</span>${from}</p>`;
  },
  example: '<Stat value="3639" unit="人" label="参加各类农业技术培训" source="县科协 2022 年工作汇报" />',
});
