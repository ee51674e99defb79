import type { Coordinates } from './coordinates.ts';

/** From a square map to the earth and back, by three of its corners: what a click on a map in a form needs. Pure. */

interface Earth {
  longitude: number;
  latitude: number;
}

export interface Corners {
  topLeft: Earth;
  topRight: Earth;
  bottomLeft: Earth;
}

/** About a metre. */
const DIGITS = 5;

/** Where a point of the map lies on earth, GCJ-02; `x` and `y` from 0 to 1, right and down. */
export function earthAt({ topLeft, topRight, bottomLeft }: Corners, x: number, y: number): Coordinates {
  const along = (key: keyof Earth) =>
    Number(
      (topLeft[key] + (topRight[key] - topLeft[key]) * x + (bottomLeft[key] - topLeft[key]) * y).toFixed(
        DIGITS,
      ),
    );
  return { longitude: along('longitude'), latitude: along('latitude'), system: 'gcj02' };
}

/** The point of the map, 0 to 1, for a point on earth in GCJ-02; undefined when it is not on the map. */
export function mapAt(
  { topLeft, topRight, bottomLeft }: Corners,
  { longitude, latitude }: Earth,
): [x: number, y: number] | undefined {
  const [a, b] = [topRight.longitude - topLeft.longitude, bottomLeft.longitude - topLeft.longitude];
  const [c, d] = [topRight.latitude - topLeft.latitude, bottomLeft.latitude - topLeft.latitude];
  const [e, f] = [longitude - topLeft.longitude, latitude - topLeft.latitude];
  const determinant = a * d - b * c;
  const [x, y] = [(e * d - b * f) / determinant, (a * f - e * c) / determinant];
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? [x, y] : undefined;
}
