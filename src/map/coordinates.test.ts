import { describe, expect, test } from 'vitest';
import { type Coordinates, distanceKm, toGcj02 } from './coordinates.ts';

const gps = (latitude: number, longitude: number): Coordinates => ({ latitude, longitude, system: 'wgs84' });

/**
 * Pairs that other implementations publish: the first three from https://github.com/googollee/eviltransform (its test
 * vectors), the last from the README of https://github.com/wandergis/coordtransform.
 */
const KNOWN_POINTS = [
  ['上海', gps(31.1774276, 121.5272106), [121.531541859215, 31.17530398364597]],
  ['深圳', gps(22.543847, 113.912316), [113.9171764808363, 22.540796131694766]],
  ['北京西单', gps(39.911954, 116.377817), [116.38404722455657, 39.91334545536069]],
  ['北京天安门东', gps(39.915, 116.404), [116.41024449916938, 39.91640428150164]],
] as const;

describe('WGS-84 换成 GCJ-02', () => {
  // 1e-5 degrees is one metre; the offset itself is 500 m and more.
  test.each(KNOWN_POINTS)('%s和公开的结果相差不到 1 米', (_name, point, [longitude, latitude]) => {
    const [east, north] = toGcj02(point) ?? [0, 0];
    expect(Math.abs(east - longitude)).toBeLessThan(1e-5);
    expect(Math.abs(north - latitude)).toBeLessThan(1e-5);
  });
  test('境外的点不偏移', () => expect(toGcj02(gps(35.68, 139.76))).toEqual([139.76, 35.68]));
  test('已经是 GCJ-02 的不再换算，示意坐标不换算', () => {
    expect(toGcj02({ longitude: 108.9, latitude: 34.3, system: 'gcj02' })).toEqual([108.9, 34.3]);
    expect(toGcj02({ longitude: 108.9, latitude: 34.3, system: 'schematic' })).toBeUndefined();
  });
});

describe('直线距离', () => {
  // eviltransform gives 1,078,164 m between its points in Shanghai and Beijing.
  test('上海到北京约 1078 公里', () =>
    expect(distanceKm(KNOWN_POINTS[0][1], KNOWN_POINTS[2][1])).toBeCloseTo(1078, -1));
  test('同一处用两种坐标系写，距离是零', () => {
    const [longitude, latitude] = KNOWN_POINTS[0][2];
    expect(distanceKm(KNOWN_POINTS[0][1], { longitude, latitude, system: 'gcj02' })).toBeLessThan(0.01);
  });
  test('有一头是示意坐标就没有距离', () =>
    expect(distanceKm(gps(34, 108), { longitude: 108, latitude: 34, system: 'schematic' })).toBeUndefined());
});
