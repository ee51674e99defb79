import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';
import { DAYS, type Hours } from '../places/opening.ts';
import type { Base } from './queries.ts';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** schema.org OpeningHoursSpecification, one for each span. */
export const openingHoursSchema = (opening: readonly Hours[]): Schema[] =>
  opening.map(({ days, opens, closes }) => ({
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: days.map((day) => `https://schema.org/${DAY_NAMES[DAYS.indexOf(day)]}`),
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

/** A base as schema.org LocalBusiness where it opens at set hours, else as Place. */
export function baseSchema({ id, data }: Base): Schema {
  return {
    '@type': data.opening.length > 0 ? 'LocalBusiness' : 'Place',
    name: data.title,
    description: data.summary,
    url: absolute(`/bases/${id}/`),
    image: data.cover && absolute(data.cover.src),
    address: data.address,
    telephone: data.contact,
    geo: geoSchema(data.coordinates),
    openingHoursSpecification: data.opening.length > 0 ? openingHoursSchema(data.opening) : undefined,
    award: data.honours.filter(({ state }) => state === 'awarded').map(({ name }) => name),
  };
}
