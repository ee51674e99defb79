import { describe, expect, test } from 'vitest';
import { drawCounty, townshipAt } from './drawing.ts';

const square = (left: number, top: number) => [
  `${left},${top}`,
  `${left + 100},${top}`,
  `${left + 100},${top + 100}`,
  `${left},${top + 100}`,
];
const read = () => {
  throw new Error('no upload');
};
const at = (longitude: number, latitude: number) => ({ longitude, latitude, system: 'gcj02' as const });
const town = (id: string, left: number, top: number, coordinates?: ReturnType<typeof at>) => ({
  id,
  name: id,
  outline: square(left, top),
  coordinates,
});

describe('示意图上点一下', () => {
  test('知道是哪个乡镇；不知道乡镇在哪里的图，不给坐标', () => {
    const county = drawCounty({ townships: [town('a', 0, 0), town('b', 100, 0)], map: undefined, read });
    expect(townshipAt(county, [150, 50])?.id).toBe('b');
    expect(townshipAt(county, [250, 50])).toBeUndefined();
    expect(county.locate([50, 50])).toBeUndefined();
  });
  test('三个乡镇写了坐标，就能估出别处的', () => {
    const townships = [
      town('a', 0, 0, at(105.05, 34.95)),
      town('b', 100, 0, at(105.15, 34.95)),
      town('c', 0, 100, at(105.05, 34.85)),
      town('d', 100, 100),
    ];
    expect(drawCounty({ townships, map: undefined, read }).locate([150, 150])).toEqual(at(105.15, 34.85));
  });
  test('三个在一条线上的，估不出来', () => {
    const townships = [0, 100, 200].map((left) => town(`t${left}`, left, 0, at(105 + left / 1000, 35)));
    expect(drawCounty({ townships, map: undefined, read }).locate([50, 50])).toBeUndefined();
  });
});

test('县界文件画的图上，点哪里就是哪里', () => {
  const ring = [
    [108, 34],
    [109, 34],
    [109, 35],
    [108, 35],
    [108, 34],
  ];
  const source = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { id: 'a' }, geometry: { type: 'Polygon', coordinates: [ring] } },
    ],
  });
  const county = drawCounty({
    townships: [town('a', 0, 0)],
    map: { outline: '/uploads/x.geojson', reviewNumber: '陕S(2026)1号', system: 'gcj02' },
    read: () => source,
  });
  const wanted = at(108.4, 34.6);
  const found = county.locate(county.place(wanted) ?? [0, 0]);
  expect(found?.longitude).toBeCloseTo(wanted.longitude, 2);
  expect(found?.latitude).toBeCloseTo(wanted.latitude, 2);
});
