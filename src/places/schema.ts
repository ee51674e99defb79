import type { Weekday } from '../calendar/days.ts';
import type { Schema } from '../ui/schema.ts';
import type { Hours } from './opening.ts';

const DAY_NAMES = {
  mo: 'Monday',
  tu: 'Tuesday',
  we: 'Wednesday',
  th: 'Thursday',
  fr: 'Friday',
  sa: 'Saturday',
  su: 'Sunday',
} as const satisfies Record<Weekday, string>;

/** schema.org OpeningHoursSpecification, one for each span. */
export const openingHoursSchema = (opening: readonly Hours[]): Schema[] =>
  opening.map(({ days, opens, closes }) => ({
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: days.map((day) => `https://schema.org/${DAY_NAMES[day]}`),
    opens,
    closes,
  }));
