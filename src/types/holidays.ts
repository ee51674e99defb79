import { z } from 'zod';
import { date, group, line, link, list } from '../model/fields.ts';
import { defineList } from '../model/type.ts';

const YEAR = /^20\d\d$/;

/** 法定节假日的安排，照国务院办公厅的通知逐年抄录。 */
export const holidays = defineList({
  name: 'holidays',
  label: '放假安排',
  singular: '一年',
  description: '国务院办公厅每年 11 月前后发的放假通知；还没有通知的年份，节日照历法推算，标明「推算」。',
  summary: '{{fields.id}} · {{fields.number}}',
  item: z
    .strictObject({
      id: line({ label: '年份', hint: '如 2027。', max: 4, pattern: [YEAR, '应当是四位数的年份，如 2027'] }),
      title: line({ label: '通知题名', max: 60 }),
      number: line({ label: '文号', hint: '如「国办发明电〔2025〕7号」。', max: 40 }),
      address: link({ label: '通知网址', hint: '中国政府网上的原文。' }),
      holidays: list(
        group(
          { name: line({ label: '节日', max: 10 }), from: date({ label: '从' }), to: date({ label: '到' }) },
          { label: '假期' },
        ),
        {
          label: '放假',
          hint: '含调休放假，首尾都算。',
          itemLabel: '假期',
          summary: '{{fields.name}} {{fields.from}}',
        },
      ),
      workdays: list(date({ label: '日期' }), { label: '调休上班', itemLabel: '日期' }),
    })
    .superRefine(({ id, holidays: spans, workdays }, context) => {
      const problem = (path: (string | number)[], message: string) =>
        context.addIssue({ code: 'custom', path, message });
      for (const [index, { from, to }] of spans.entries()) {
        if (to < from) problem(['holidays', index, 'to'], '放假的最后一天早于第一天，请检查');
        // The days before New Year may belong to it.
        if (to.slice(0, 4) !== id) problem(['holidays', index, 'to'], `不在 ${id} 年，请检查`);
        const other = spans.slice(0, index).find((one) => one.from <= to && from <= one.to);
        if (other) problem(['holidays', index, 'from'], `和「${other.name}」重叠，请检查`);
      }
      for (const [index, day] of workdays.entries()) {
        if (spans.some(({ from, to }) => from <= day && day <= to))
          problem(['workdays', index], '这一天在放假的日子里，请检查');
        if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
          problem(['workdays', index], '不是周末，不用调休上班，请检查');
      }
    }),
});
