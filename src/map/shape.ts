/** Geometry of the schematic county map; coordinates are 0 to 1000, y downwards. */

export type Point = readonly [x: number, y: number];

export const pointsOf = (outline: readonly string[]): Point[] =>
  outline.map((point) => point.split(',').map(Number) as [number, number]);

/** SVG path of closed rings. */
export const pathOf = (rings: readonly (readonly Point[])[]): string =>
  rings.map((points) => `M${points.map((point) => point.join(' ')).join('L')}Z`).join('');

/** Centre of gravity of an outline; of its corners when it has no area. */
export function centreOf(points: readonly Point[]): Point {
  let area = 0;
  let x = 0;
  let y = 0;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length] as Point;
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (area !== 0) return [Math.round(x / (3 * area)), Math.round(y / (3 * area))];
  const mean = (values: number[]) =>
    Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  return [mean(points.map(([px]) => px)), mean(points.map(([, py]) => py))];
}

/** `viewBox` around all points, with a margin. */
export function viewBoxOf(points: readonly Point[], margin = 20): string {
  if (points.length === 0) return '0 0 1000 1000';
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const left = Math.min(...xs) - margin;
  const top = Math.min(...ys) - margin;
  return [left, top, Math.max(...xs) + margin - left, Math.max(...ys) + margin - top].join(' ');
}
