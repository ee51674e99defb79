import { z } from 'zod';
import { type Coordinates, toGcj02 } from './coordinates.ts';
import type { Point } from './shape.ts';

/** A county's own outline: a GeoJSON file (RFC 7946) brought onto the drawing of the map. */

const position = z.array(z.number()).min(2);
const ring = z.array(position).min(4);
const outline = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      properties: z.record(z.string(), z.unknown()).nullish(),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
      ]),
    }),
  ),
});

/** Sides of the drawing, as of the schematic one. */
const SIDE = 1000;

export interface Drawing {
  /** Rings of each township by its id: outer ones and holes alike, to be filled by the even-odd rule. */
  rings: Map<string, Point[][]>;
  /** Where a point on earth lies on the drawing; undefined for schematic points and points outside it. */
  place(coordinates: Coordinates | undefined): Point | undefined;
  /** The point on earth, in GCJ-02, that a point of the drawing stands for. */
  locate(point: Point): [longitude: number, latitude: number];
}

/**
 * Reads an outline and fits it into a drawing of 1000 by 1000, north up, y downwards.
 *
 * @param source text of a GeoJSON file with an area for each township, named by its property `id` or `name`
 * @param system coordinate system of the file, GCJ-02 by default
 * @throws Error with a Chinese sentence that says what is wrong with the file
 */
export function drawingOf(
  source: string,
  system: 'gcj02' | 'wgs84' | undefined,
  townships: readonly { id: string; name: string }[],
): Drawing {
  const parsed = outline.safeParse(json(source));
  if (!parsed.success)
    throw new Error('不是由面（Polygon、MultiPolygon）组成的 GeoJSON，请让提供文件的单位重新导出');
  const areas = parsed.data.features.flatMap(({ properties, geometry }) => {
    const id = townships.find(
      ({ id: known, name }) => properties?.id === known || properties?.name === name,
    )?.id;
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return id === undefined
      ? []
      : [{ id, rings: polygons.flat().map((points) => points.map(earthly(system))) }];
  });
  const missing = townships.filter(({ id }) => !areas.some((area) => area.id === id));
  if (missing.length > 0)
    throw new Error(
      `缺少${missing.map(({ name }) => name).join('、')}：每个面的属性 id 或 name 要和乡镇名单一致`,
    );

  const all = areas.flatMap(({ rings }) => rings.flat());
  const west = Math.min(...all.map(([longitude]) => longitude));
  const east = Math.max(...all.map(([longitude]) => longitude));
  const south = Math.min(...all.map(([, latitude]) => latitude));
  const north = Math.max(...all.map(([, latitude]) => latitude));
  // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = SIDE / Math.max((east - west) * narrow, north - south);
  const project = ([longitude, latitude]: Point): Point => [
    Math.round((longitude - west) * narrow * scale),
    Math.round((north - latitude) * scale),
  ];

  const rings = new Map<string, Point[][]>();
  for (const area of areas) {
    const drawn = area.rings.map((points) => withoutRepeats(points.map(project)));
    rings.set(area.id, [...(rings.get(area.id) ?? []), ...drawn.filter((points) => points.length > 2)]);
  }
  return {
    rings,
    place(coordinates) {
      const point = toGcj02(coordinates);
      if (!point || point[0] < west || point[0] > east || point[1] < south || point[1] > north)
        return undefined;
      return project(point);
    },
    locate: ([x, y]) => [west + x / narrow / scale, north - y / scale],
  };
}

function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** Both the outline and the places on it are drawn in GCJ-02. */
const earthly =
  (system: 'gcj02' | 'wgs84' = 'gcj02') =>
  ([longitude = 0, latitude = 0]: number[]): Point =>
    toGcj02({ longitude, latitude, system }) ?? [longitude, latitude];

/** On whole units many corners of a surveyed line fall together; neighbours lose the same ones, so no gap opens. */
const withoutRepeats = (points: Point[]): Point[] =>
  points.filter(([x, y], index) => {
    const before = points[index === 0 ? points.length - 1 : index - 1];
    return before === undefined || before[0] !== x || before[1] !== y;
  });
