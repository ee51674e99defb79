import { describe, expect, test } from 'vitest';
import { distanceText, nearest } from './nearby.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude, system: 'gcj02' as const });
const base = (id: string, township?: string, coordinates?: ReturnType<typeof at>) => ({
  id,
  data: { township, coordinates },
});
const names = (found: ReturnType<typeof nearest>) => found.map(({ base: { id } }) => id);

describe('附近的基地', () => {
  test('没有坐标时只算同一个乡镇的', () => {
    const all = [base('b', 'qinghe'), base('a', 'qinghe'), base('far', 'taohe'), base('nowhere')];
    expect(names(nearest({ township: 'qinghe' }, all))).toEqual(['a', 'b']);
    expect(nearest({}, all)).toEqual([]);
  });
  test('有坐标时近的在前，别的乡镇 15 公里以内的也算', () => {
    const all = [
      base('other-near', 'taohe', at(34.31, 108.9)),
      base('own-far', 'qinghe', at(34.4, 108.9)),
      base('own-near', 'qinghe', at(34.32, 108.9)),
      base('other-far', 'taohe', at(34.5, 108.9)),
      base('own-unplaced', 'qinghe'),
    ];
    const found = nearest({ township: 'qinghe', coordinates: at(34.3, 108.9) }, all);
    expect(names(found)).toEqual(['own-near', 'own-far', 'own-unplaced', 'other-near']);
    expect(found[0]?.kilometres).toBeCloseTo(2.22, 1);
  });
  test('示意坐标不算距离', () => {
    const drawn = { ...base('a', 'taohe', at(34.3, 108.9)) };
    const place = { coordinates: { ...at(34.3, 108.9), system: 'schematic' as const } };
    expect(nearest(place, [drawn])).toEqual([]);
  });
  test('距离说得不比知道的细', () => {
    expect(distanceText(0.02)).toBe('约 100 米');
    expect(distanceText(0.84)).toBe('约 800 米');
    expect(distanceText(3.24)).toBe('约 3.2 公里');
  });
});
