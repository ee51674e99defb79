import type { Weekday } from '../calendar/days.ts';
import type { Schema } from '../ui/schema.ts';
import type { Hours } from './opening.ts';

/** schema.org descriptions that bases and facilities share. */

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

interface Point {
  longitude: number;
  latitude: number;
  system: string;
}

/** schema.org GeoCoordinates, which are WGS-84; other systems are left out rather than given wrongly. */
export const geoSchema = (point: Point | undefined): Schema | undefined =>
  point?.system === 'wgs84'
    ? { '@type': 'GeoCoordinates', latitude: point.latitude, longitude: point.longitude }
    : undefined;
