const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A moment in county time, `YYYY-MM-DDTHH:mm`, wherever the machine or the visitor stands. */
export const countyTime = (moment: Date): string => shanghai.format(moment).replace(' ', 'T');

/** The day of a moment in county time, `YYYY-MM-DD`. */
export const countyDay = (moment: Date): string => countyTime(moment).slice(0, 10);

/** A day or moment of the county with its zone, `2026-09-01T09:00:00+08:00`, as RFC 3339 wants it; a day begins at 0:00. */
export const withZone = (moment: string): string =>
  `${moment.length > 10 ? `${moment.slice(0, 16)}:00` : `${moment}T00:00:00`}+08:00`;

/** The same as ISO 8601 allows it: a whole day stays a day. */
export const isoTime = (moment: string): string => (moment.length === 10 ? moment : withZone(moment));
