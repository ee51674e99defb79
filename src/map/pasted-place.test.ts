import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../tests/support/random.ts';
import { amapAddress } from './amap.ts';
import { placeText, readPastedPlace } from './pasted-place.ts';

const at = (longitude: number, latitude: number, system = 'gcj02') => ({
  coordinates: { longitude, latitude, system },
});

describe('粘贴的地点', () => {
  test.each([
    [
      'https://uri.amap.com/marker?position=105.724947,34.580863&name=%E5%B9%BF%E5%9C%BA',
      at(105.724947, 34.580863),
    ],
    ['https://uri.amap.com/marker?position=105.72,34.58&coordinate=wgs84', at(105.72, 34.58, 'wgs84')],
    ['https://uri.amap.com/marker?position=105.72%2C34.58', at(105.72, 34.58)],
    ['https://uri.amap.com/navigation?to=105.724947,34.580863,endpoint&mode=car', at(105.724947, 34.580863)],
    ['https://www.amap.com/?p=B0FFG8ZHXX,34.580863,105.724947,文化广场,文化路', at(105.724947, 34.580863)],
    ['http://wb.amap.com/?q=34.580863,105.724947,文化广场', at(105.724947, 34.580863)],
    ['https://www.amap.com/regeo?lng=105.724947&lat=34.580863', at(105.724947, 34.580863)],
    ['https://ditu.amap.com/regeo?lat=34.580863&name=x&lng=105.724947', at(105.724947, 34.580863)],
    [
      '【高德地图】文化广场 https://www.amap.com/?q=34.580863%2C105.724947 快来看看',
      at(105.724947, 34.580863),
    ],
    [
      'https://apis.map.qq.com/uri/v1/marker?marker=coord:34.580863,105.724947;title:x',
      at(105.724947, 34.580863),
    ],
    ['105.724947,34.580863', at(105.724947, 34.580863)],
    ['34.580863，105.724947', at(105.724947, 34.580863)],
    ['经度：105.724947 纬度：34.580863', at(105.724947, 34.580863)],
    ['１０５.７２４９，３４.５８０８', at(105.7249, 34.5808)],
  ])('%s', (pasted, expected) => expect(readPastedPlace(pasted)).toEqual(expected));

  test('百度的坐标换成 GCJ-02，差几百米', () => {
    const read = readPastedPlace('https://api.map.baidu.com/marker?location=34.586863,105.731447&title=x');
    expect(read).toMatchObject({ coordinates: { system: 'gcj02' } });
    if ('problem' in read) throw new Error(read.problem);
    expect(read.coordinates.longitude).toBeCloseTo(105.7249, 3);
    expect(read.coordinates.latitude).toBeCloseTo(34.5809, 3);
  });
  test('短链接说明为什么不行、怎么办；没有坐标的链接和别的文字也是', () => {
    expect(readPastedPlace('https://surl.amap.com/1aBcDeF')).toEqual({
      problem: expect.stringMatching(/短链接.*浏览器打开/),
    });
    expect(readPastedPlace('https://www.amap.com/place/B0FFG8ZHXX')).toEqual({
      problem: expect.stringContaining('这个高德链接里没有坐标'),
    });
    expect(readPastedPlace('文化广场')).toEqual({ problem: expect.stringContaining('没有看到坐标') });
    expect(readPastedPlace('2.35,48.85')).toEqual({ problem: expect.stringContaining('没有看到坐标') });
  });
  test('网站自己写的高德地址、写出来的文字都读回同一个点；任何文字都不出错', () => {
    const degrees = (min: number, max: number) =>
      fc
        .integer({ min: min * 1e6, max: max * 1e6 })
        .map((value) => value / 1e6 + 0.000_001 * (value % 10 === 0 ? 1 : 0));
    fc.assert(
      fc.property(degrees(74, 134), degrees(4, 53), (longitude, latitude) => {
        const point = {
          longitude: Number(longitude.toFixed(6)),
          latitude: Number(latitude.toFixed(6)),
          system: 'gcj02' as const,
        };
        fc.pre(/\.\d{2}/.test(String(point.longitude)) && /\.\d{2}/.test(String(point.latitude)));
        expect(readPastedPlace(amapAddress(point, '地点') ?? '')).toEqual({ coordinates: point });
        expect(readPastedPlace(placeText(point))).toEqual({ coordinates: point });
        expect(readPastedPlace(placeText({ ...point, system: 'wgs84' }))).toEqual({
          coordinates: { ...point, system: 'wgs84' },
        });
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void readPastedPlace(text)));
  });
});
