/** 二十四节气, from the sun's apparent longitude (J. Meeus, Astronomical Algorithms, ch. 25; good to a few minutes). */

/** In the order of the sun's longitude, 15° each, from the vernal equinox. */
const TERMS = [
  '春分', '清明', '谷雨', '立夏', '小满', '芒种', '夏至', '小暑', '大暑', '立秋', '处暑', '白露',
  '秋分', '寒露', '霜降', '立冬', '小雪', '大雪', '冬至', '小寒', '大寒', '立春', '雨水', '惊蛰',
] as const; // prettier-ignore

export type SolarTerm = (typeof TERMS)[number];
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

const DAY_MS = 86_400_000;
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const J2000_MS = Date.UTC(2000, 0, 1, 12);

/** The sun's apparent ecliptic longitude in degrees, 0 to 360, at a moment in milliseconds since 1970. */
function sunLongitude(time: number): number {
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
  const t = (time - J2000_MS) / DAY_MS / 36525;
  const mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly);
  const longitude = mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
  return ((longitude % 360) + 360) % 360;
}

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`) - BEIJING_OFFSET_MS;
const dayAt = (time: number) => new Date(time + BEIJING_OFFSET_MS).toISOString().slice(0, 10);
/** Which term a day belongs to; the day on which the sun enters it already counts. */
const indexOn = (day: string) => Math.floor(sunLongitude(startOf(day) + DAY_MS) / 15);

/** First day, from `day` on in steps of `step` days, that belongs to another term. */
function change(day: string, step: 1 | -1): string {
  const index = indexOn(day);
  let time = startOf(day);
  while (indexOn(dayAt(time)) === index) time += step * DAY_MS;
  return dayAt(time);
}

/** The solar term of a day (`YYYY-MM-DD`, Beijing time), since when it holds, and the next one. */
export function solarTerm(day: string): {
  name: SolarTerm;
  since: string;
  next: { name: SolarTerm; since: string };
} {
  const index = indexOn(day);
  return {
    name: TERMS[index] as SolarTerm,
    since: dayAt(startOf(change(day, -1)) + DAY_MS),
    next: { name: TERMS[(index + 1) % 24] as SolarTerm, since: change(day, 1) },
  };
}

/** Season by the four 立: 立春, 立夏, 立秋, 立冬. */
export function seasonOf(day: string): Season {
  const since = (indexOn(day) - TERMS.indexOf('立春') + 24) % 24;
  return (['spring', 'summer', 'autumn', 'winter'] as const)[Math.floor(since / 6)] as Season;
}
