import { describe, expect, test } from 'vitest';
import { amapAddress } from './amap.ts';

const point = { longitude: 108.9, latitude: 34.3 };

describe('在手机地图里打开', () => {
  test('GCJ-02 直接用，名称转义', () => {
    const address = new URL(amapAddress({ ...point, system: 'gcj02' }, '科普馆 & 画廊') ?? '');
    expect(address.host).toBe('uri.amap.com');
    expect(address.searchParams.get('position')).toBe('108.9,34.3');
    expect(address.searchParams.get('name')).toBe('科普馆 & 画廊');
    expect(address.searchParams.has('coordinate')).toBe(false);
  });
  test('WGS-84 要说明坐标系', () =>
    expect(amapAddress({ ...point, system: 'wgs84' }, '馆')).toContain('coordinate=wgs84'));
  test('示意坐标不给链接', () => {
    expect(amapAddress({ ...point, system: 'schematic' }, '馆')).toBeUndefined();
    expect(amapAddress(undefined, '馆')).toBeUndefined();
  });
});
