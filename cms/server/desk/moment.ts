const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `2026-11-23 16:00:00` by the county's clock, of a date or an ISO 8601 moment. */
export const inShanghai = (moment: Date | string): string => format.format(new Date(moment));
