import gcoord from 'gcoord';
import type { Coordinates } from './coordinates.ts';

/**
 * A place as people paste it: an address or the shared text of Amap, Tencent or Baidu Maps, or bare degrees. Nothing is
 * asked of those sites, so a short link, which only they can resolve, is refused with what to do. Pure; runs in browsers.
 */

export type PastedPlace = { coordinates: Coordinates } | { problem: string };

const MAX_LENGTH = 2000;
/** About a decimetre; see `coordinates.ts`. */
const DIGITS = 6;

const HOW = '在高德网页上点一下地点，把地址栏里的网址，或者「经度,纬度」两个数粘过来';

/** Short links of the map sites: where they lead is known to those sites alone. */
const SHORT =
  /\/\/(?:surl\.amap\.com|s\.amap\.com|amap\.com\/s\/|j\.map\.baidu\.com|url\.map\.qq\.com|map\.qq\.com\/s\/)/i;
const BAIDU = /(?:^|[/.])map\.baidu\.com|api\.map\.baidu|bd09/i;
const WGS84 = /coordinate=wgs84|wgs-?84|coord_type=1\b|gps坐标/i;

/** Two decimals in a row, with what people and addresses put between them. */
const PAIR =
  /(?<![\d.])(-?\d{1,3}\.\d{2,16})(?:[°度]?\s*[EN]?)\s*(?:[,，、;；|\s]|&(?:lat|lng|lon|latitude|longitude)=){1,3}\s*(?:北纬|东经|纬度|经度|lat|lng)?[:：=]?\s*(-?\d{1,3}\.\d{2,16})(?![\d.])/giu;
/** `lng=…` and `lat=…` wherever they stand in an address. */
const LONGITUDE = /(?:^|[?&;,\s])(?:lng|lon|longitude|dlon|slon|经度)\s*[=:：]\s*(\d{2,3}\.\d+)/iu;
const LATITUDE = /(?:^|[?&;,\s])(?:lat|latitude|dlat|slat|纬度)\s*[=:：]\s*(\d{1,2}\.\d+)/iu;
/** Web Mercator metres in an address of Baidu Maps: `@11811111,4100000,15z`. */
const METRES = /@(\d{7,8}(?:\.\d+)?),(\d{6,7}(?:\.\d+)?)/;

/** In China a longitude and a latitude cannot be mistaken for one another. */
const isLongitude = (value: number) => value >= 73 && value <= 136;
const isLatitude = (value: number) => value >= 3 && value <= 54;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first pair of numbers that lies in China, `[longitude, latitude]`. */
function degreesIn(text: string): [number, number] | undefined {
  const named = [LONGITUDE.exec(text)?.[1], LATITUDE.exec(text)?.[1]].map(Number);
  const pairs = [...text.matchAll(PAIR)].map(([, a, b]) => [Number(a), Number(b)]);
  for (const [a = 0, b = 0] of [named, ...pairs]) {
    if (isLongitude(a) && isLatitude(b)) return [a, b];
    if (isLatitude(a) && isLongitude(b)) return [b, a];
  }
  return undefined;
}

const rounded = ([longitude, latitude]: readonly number[], system: Coordinates['system']): PastedPlace => ({
  coordinates: {
    longitude: Number((longitude ?? 0).toFixed(DIGITS)),
    latitude: Number((latitude ?? 0).toFixed(DIGITS)),
    system,
  },
});

/** Reads a pasted place. Bare degrees count as GCJ-02, in which Amap and Tencent give them. */
export function readPastedPlace(pasted: string): PastedPlace {
  const text = decoded(pasted.slice(0, MAX_LENGTH)).normalize('NFKC');
  const isBaidu = BAIDU.test(text);
  const metres = isBaidu ? METRES.exec(text) : null;
  if (metres)
    return rounded(
      gcoord.transform([Number(metres[1]), Number(metres[2])], gcoord.BD09Meter, gcoord.GCJ02),
      'gcj02',
    );
  const degrees = degreesIn(text);
  if (degrees && isBaidu) return rounded(gcoord.transform(degrees, gcoord.BD09, gcoord.GCJ02), 'gcj02');
  if (degrees) return rounded(degrees, WGS84.test(text) ? 'wgs84' : 'gcj02');
  if (SHORT.test(text))
    return {
      problem: `这是短链接，里面没有坐标，这里也不连外网去查。请用浏览器打开它，等网址变长以后再复制；或者${HOW}`,
    };
  if (/amap\.com|gaode\.com/i.test(text)) return { problem: `这个高德链接里没有坐标。请${HOW}` };
  return { problem: `没有看到坐标。请${HOW}；经度在 73 到 136 之间，纬度在 3 到 54 之间，带小数` };
}

/** The text that `readPastedPlace` reads as the same point. */
export const placeText = ({ longitude, latitude, system }: Coordinates): string =>
  `${longitude},${latitude}${system === 'wgs84' ? '（WGS-84）' : ''}`;
