const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A moment in county time, `YYYY-MM-DDTHH:mm`, wherever the machine or the visitor stands. */
export const countyTime = (moment: Date): string => shanghai.format(moment).replace(' ', 'T');

/** The day of a moment in county time, `YYYY-MM-DD`. */
export const countyDay = (moment: Date): string => countyTime(moment).slice(0, 10);
