import type { Coordinates } from './coordinates.ts';
import { toGcj02 } from './coordinates.ts';
import { type Drawing, drawingOf } from './geojson.ts';
import { centreOf, type Point, pointsOf } from './shape.ts';

/** The county as it is drawn: by its own reviewed outline, else schematically by the townships' list. */

export interface DrawnTownship {
  id: string;
  name: string;
  /** Empty when there is nothing to draw. */
  rings: Point[][];
  /** Where its name is written. */
  centre: Point;
}

export interface County {
  townships: DrawnTownship[];
  /** Where a point on earth lies on the map; never on a schematic one. */
  place(coordinates: Coordinates | undefined): Point | undefined;
  /**
   * The point on earth that a point of the drawing stands for. On a schematic map it is about right where three townships
   * or more say where they are; undefined where the drawing says nothing about the earth.
   */
  locate(point: Point): Coordinates | undefined;
}

export interface DrawnFrom {
  townships: readonly {
    id: string;
    name: string;
    outline: readonly string[];
    coordinates?: Coordinates | undefined;
  }[];
  map:
    | {
        outline?: string | undefined;
        reviewNumber?: string | undefined;
        system?: 'gcj02' | 'wgs84' | undefined;
      }
    | undefined;
  /** The text of an upload. @throws when there is none */
  read: (upload: string) => string;
}

export const drawCounty = (from: DrawnFrom): County => surveyed(from) ?? schematic(from);

/** Real borders may be published with a map review number only, so without one they are not drawn. */
function surveyed({ townships, map, read }: DrawnFrom): County | undefined {
  const { outline, reviewNumber, system } = map ?? {};
  if (!outline || !reviewNumber) return undefined;
  let drawing: Drawing;
  try {
    drawing = drawingOf(read(outline), system, townships);
  } catch {
    // The check says what is wrong (checks/county-map.ts); the site meanwhile has its schematic map.
    return undefined;
  }
  return {
    townships: townships.map(({ id, name }) => {
      const rings = drawing.rings.get(id) ?? [];
      const largest = [...rings].sort((a, b) => b.length - a.length)[0] ?? [];
      return { id, name, rings, centre: centreOf(largest) };
    }),
    place: drawing.place,
    locate: (point) => pointOf(drawing.locate(point)),
  };
}

function schematic({ townships }: DrawnFrom): County {
  const drawn = townships.map(({ id, name, outline }) => {
    const points = pointsOf(outline);
    return { id, name, rings: points.length > 2 ? [points] : [], centre: centreOf(points) };
  });
  const known = townships.flatMap(({ coordinates }, index) => {
    const earth = toGcj02(coordinates);
    const { centre, rings } = drawn[index] as DrawnTownship;
    return earth && rings.length > 0 ? [{ centre, earth }] : [];
  });
  const fitted = planeThrough(known);
  return { townships: drawn, place: () => undefined, locate: (point) => pointOf(fitted?.(point)) };
}

/** Five digits, about a metre: a click on a small map is no better. */
const DIGITS = 5;

const pointOf = (earth: readonly [number, number] | undefined): Coordinates | undefined =>
  earth && {
    longitude: Number(earth[0].toFixed(DIGITS)),
    latitude: Number(earth[1].toFixed(DIGITS)),
    system: 'gcj02',
  };

/** Fewer fix no plane. */
const LEAST_KNOWN = 3;

/** The plane map that fits known points best (least squares); undefined when they are too few or lie on a line. */
function planeThrough(known: readonly { centre: Point; earth: readonly [number, number] }[]) {
  if (known.length < LEAST_KNOWN) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = [0, 1].map((at) => mean(known.map(({ centre }) => centre[at] as number))) as [
    number,
    number,
  ];
  const around = [0, 1].map((at) => mean(known.map(({ earth }) => earth[at] as number))) as [number, number];
  const sum = (of: (one: (typeof known)[number], x: number, y: number) => number) =>
    known.reduce((total, one) => total + of(one, one.centre[0] - middle[0], one.centre[1] - middle[1]), 0);
  const [xx, xy, yy] = [sum((_, x) => x * x), sum((_, x, y) => x * y), sum((_, _x, y) => y * y)];
  const determinant = xx * yy - xy * xy;
  if (determinant < 1e-6 * xx * yy || determinant <= 0) return undefined;
  const planes = [0, 1].map((at) => {
    const value = (one: (typeof known)[number]) => (one.earth[at] as number) - (around[at] as number);
    const [vx, vy] = [sum((one, x) => value(one) * x), sum((one, _x, y) => value(one) * y)];
    return [(vx * yy - vy * xy) / determinant, (vy * xx - vx * xy) / determinant] as const;
  });
  return ([x, y]: Point): [number, number] =>
    planes.map(([a, b], at) => (around[at] as number) + a * (x - middle[0]) + b * (y - middle[1])) as [
      number,
      number,
    ];
}

/** The township in which a point of the drawing lies. */
export const townshipAt = (
  { townships }: Pick<County, 'townships'>,
  point: Point,
): DrawnTownship | undefined =>
  townships.find(({ rings }) => rings.filter((ring) => isInside(point, ring)).length % 2 === 1);

/** Even-odd rule. */
function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] as Point;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
