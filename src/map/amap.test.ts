import { describe, expect, test } from 'vitest';
import { amapAddress } from './amap.ts';

const positionOf = (address: string | undefined) => new URL(address ?? '').searchParams.get('position');

describe('在手机地图里打开', () => {
  test('GCJ-02 的点直接用，名称转义', () => {
    const address = amapAddress({ longitude: 108.9, latitude: 34.3, system: 'gcj02' }, '科普馆 & 画廊');
    expect(new URL(address ?? '').host).toBe('uri.amap.com');
    expect(positionOf(address)).toBe('108.9,34.3');
    expect(new URL(address ?? '').searchParams.get('name')).toBe('科普馆 & 画廊');
  });
  test('WGS-84 的点先换算，地址里不再说坐标系', () => {
    const address = amapAddress({ longitude: 116.404, latitude: 39.915, system: 'wgs84' }, '馆');
    expect(positionOf(address)).toBe('116.410244,39.916404');
    expect(address).not.toContain('coordinate=');
  });
  test('示意坐标和没有坐标的不给链接', () => {
    expect(amapAddress({ longitude: 108.9, latitude: 34.3, system: 'schematic' }, '馆')).toBeUndefined();
    expect(amapAddress(undefined, '馆')).toBeUndefined();
  });
});
