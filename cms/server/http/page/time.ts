/** How pages write times. */

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `2026年11月23日 09:00`, Asia/Shanghai, from ISO 8601; empty when it is not a time. */
export const timeOf = (at: string): string =>
  Number.isNaN(Date.parse(at)) ? '' : format.format(new Date(at));

const sortable = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `2026-11-23 16:00:00` in Asia/Shanghai, of a date or an ISO 8601 time: for columns of tables. */
export const inShanghai = (moment: Date | string): string => sortable.format(new Date(moment));
