/** Opening a place in the phone's map app, without a key; see https://lbs.amap.com/api/uri-api/guide/mobile-web/point */

interface Coordinates {
  longitude: number;
  latitude: number;
  system: 'gcj02' | 'wgs84' | 'schematic';
}

/** Address that shows the point in Amap; undefined for schematic points, which are nowhere on earth. */
export function amapAddress(coordinates: Coordinates | undefined, name: string): string | undefined {
  if (!coordinates || coordinates.system === 'schematic') return undefined;
  const query = new URLSearchParams({ position: `${coordinates.longitude},${coordinates.latitude}`, name });
  if (coordinates.system === 'wgs84') query.set('coordinate', 'wgs84');
  return `https://uri.amap.com/marker?${query}`;
}
