import { type Coordinates, toGcj02 } from './coordinates.ts';

/**
 * Address that shows a point in Amap, in the phone's app or its browser, without a key; undefined for schematic
 * points. Amap reads a position as GCJ-02: see https://lbs.amap.com/api/uri-api/guide/mobile-web/point
 */
export function amapAddress(coordinates: Coordinates | undefined, name: string): string | undefined {
  const point = toGcj02(coordinates);
  return point && `https://uri.amap.com/marker?${new URLSearchParams({ position: point.join(), name })}`;
}
