import gcoord from 'gcoord';

/** Points on earth in the two coordinate systems that Chinese maps use. */

export interface Coordinates {
  /** Degrees. */
  longitude: number;
  latitude: number;
  /** `schematic` points are made up and lie nowhere on earth. */
  system: 'gcj02' | 'wgs84' | 'schematic';
}

/** A point of the GCJ-02 system, `[longitude, latitude]` in degrees. */
export type Gcj02 = readonly [longitude: number, latitude: number];

/** Amap shows a point to about a decimetre; more digits would only pretend to know. */
const DIGITS = 6;

/**
 * The point in GCJ-02, in which Amap and Tencent draw; undefined for schematic points.
 * Outside China the two systems are the same.
 */
export function toGcj02(coordinates: Coordinates | undefined): Gcj02 | undefined {
  if (!coordinates || coordinates.system === 'schematic') return undefined;
  const { longitude, latitude, system } = coordinates;
  if (system === 'gcj02') return [longitude, latitude];
  const [east, north] = gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02);
  return [Number(east.toFixed(DIGITS)), Number(north.toFixed(DIGITS))];
}

const EARTH_RADIUS_KM = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Distance as the crow flies, in kilometres (haversine formula); undefined when either point is not on earth. */
export function distanceKm(from: Coordinates | undefined, to: Coordinates | undefined): number | undefined {
  const a = toGcj02(from);
  const b = toGcj02(to);
  if (!a || !b) return undefined;
  const north = radians(b[1] - a[1]);
  const east = radians(b[0] - a[0]);
  const half =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a[1])) * Math.cos(radians(b[1])) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
