import type { Schema } from '../ui/schema.ts';
import type { Coordinates } from './coordinates.ts';

/** schema.org GeoCoordinates, which are WGS-84; points of other systems are left out rather than given wrongly. */
export const geoSchema = (point: Coordinates | undefined): Schema | undefined =>
  point?.system === 'wgs84'
    ? { '@type': 'GeoCoordinates', latitude: point.latitude, longitude: point.longitude }
    : undefined;
