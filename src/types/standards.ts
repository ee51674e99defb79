import { line, optional } from '../model/fields.ts';
import { defineList } from '../model/type.ts';
import { z } from 'zod';

/** How the number of a standard is written in content: letters, a space, digits, a long dash, the year. */
const NUMBER: [RegExp, string] = [
  /^[A-Z]+(?:\/[A-Z]+)? \d+(?:\.\d+)*—\d{4}$/,
  '写成“GB 2763—2021”“NY/T 441—2013”的样子：字母、空格、数字、一字线、年份',
];

/** 标准：哪些已经被新的代替。资料来源里引用了被代替的，检查内容时会指出。 */
export const standards = defineList({
  name: 'standards',
  label: '被代替的标准',
  singular: '标准',
  description: '已经被新标准代替的标准；文章的资料来源不能再引用它们。',
  summary: '{{fields.id}} → {{fields.replacedBy}}',
  item: z.strictObject({
    id: line({ label: '标准号', hint: '如 GB 2763—2021。', max: 40, pattern: NUMBER }),
    replacedBy: line({ label: '被哪一个代替', hint: '如 GB 2763—2026。', max: 40, pattern: NUMBER }),
    note: optional(line({ label: '说明', max: 120 })),
  }),
});
