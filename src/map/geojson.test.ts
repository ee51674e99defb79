import { describe, expect, test } from 'vitest';
import { drawingOf } from './geojson.ts';

const townships = [
  { id: 'east', name: '东镇' },
  { id: 'west', name: '西镇' },
];
/** A square of a degree, its south-west corner at 34° north. */
const square = (longitude: number) => [
  [
    [longitude, 34],
    [longitude + 1, 34],
    [longitude + 1, 35],
    [longitude, 35],
    [longitude, 34],
  ],
];
const area = (properties: object, coordinates: unknown, type = 'Polygon') => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});
const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features });
const county = file(area({ id: 'west' }, square(108)), area({ name: '东镇' }, [square(109)], 'MultiPolygon'));

describe('自己的县界文件', () => {
  const drawing = drawingOf(county, 'gcj02', townships);
  const corners = (id: string) => drawing.rings.get(id)?.flat() ?? [];

  test('画进 1000 见方，北在上，东西按纬度缩短', () => {
    expect(corners('west')).toContainEqual([0, 0]);
    expect(Math.max(...corners('east').map(([x]) => x))).toBe(1000);
    // cos 34.5° = 0.824: one degree north to south for two degrees of 0.824 east to west.
    expect(Math.max(...corners('east').map(([, y]) => y))).toBe(607);
  });
  test('相邻的乡镇共用一条边', () => {
    const border = (id: string) => corners(id).filter(([x]) => x === 500);
    expect(border('west').sort()).toEqual(border('east').sort());
    expect(border('west')).toHaveLength(2);
  });
  test('真实坐标的点落在自己的位置，示意坐标和县外的点不画', () => {
    const at = (longitude: number, latitude: number, system: 'gcj02' | 'schematic' = 'gcj02') =>
      drawing.place({ longitude, latitude, system });
    expect(at(109, 34.5)).toEqual([500, 303]);
    expect(at(110.5, 34.5)).toBeUndefined();
    expect(at(109, 34.5, 'schematic')).toBeUndefined();
  });
  test('县界和点用不同的坐标系时，一起换到 GCJ-02 再画', () => {
    const surveyed = drawingOf(county, 'wgs84', townships);
    const [x, y] = surveyed.place({ longitude: 109, latitude: 34.5, system: 'wgs84' }) ?? [0, 0];
    expect(Math.abs(x - 500)).toBeLessThan(3);
    expect(Math.abs(y - 303)).toBeLessThan(3);
  });
  test('文件不对，说出哪里不对', () => {
    expect(() => drawingOf('{', 'gcj02', townships)).toThrow('GeoJSON');
    expect(() =>
      drawingOf('{"type":"FeatureCollection","features":[{"geometry":null}]}', 'gcj02', townships),
    ).toThrow('GeoJSON');
    expect(() => drawingOf(file(area({ id: 'west' }, square(108))), 'gcj02', townships)).toThrow('缺少东镇');
  });
});
