import { DATE_PRECISIONS } from '../calendar/precision.ts';
import { inGroup } from '../model/arrangement.ts';
import { choice, notCopied, optional } from '../model/fields.ts';

/** How exact the day of an entry is; absent means that it is exact. */
export const datePrecision = () =>
  inGroup(
    'record',
    notCopied(
      optional(
        choice({
          label: '日期有多准',
          hint: '档案里只有月份或年份时选；日子仍要写一个，只用来归档，页面、日历和图表都不显示它。',
          options: DATE_PRECISIONS,
          initial: 'day',
        }),
      ),
    ),
  );
