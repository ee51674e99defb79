import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentContent } from '../store/index.ts';
import { itemsOf, siteSettings } from '../queries/index.ts';
import { once, recordRead } from '../runtime/current.ts';
import { townships } from '../types/townships.ts';
import type { Coordinates } from './coordinates.ts';
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
}

/** The county's drawing; read once a build. */
export const county = once((): County => surveyed() ?? schematic());

/** Real borders may be published with a map review number only, so without one they are not drawn. */
function surveyed(): County | undefined {
  const { outline, reviewNumber, system } = siteSettings().map ?? {};
  if (!outline || !reviewNumber) return undefined;
  let drawing: Drawing;
  try {
    recordRead(`upload:${outline}`);
    const source = readFileSync(join(currentContent().uploadsDir, outline.slice('/uploads/'.length)), 'utf8');
    drawing = drawingOf(source, system, itemsOf(townships));
  } catch {
    // The check says what is wrong (checks/county-map.ts); the site meanwhile has its schematic map.
    return undefined;
  }
  return {
    townships: itemsOf(townships).map(({ id, name }) => {
      const rings = drawing.rings.get(id) ?? [];
      const largest = [...rings].sort((a, b) => b.length - a.length)[0] ?? [];
      return { id, name, rings, centre: centreOf(largest) };
    }),
    place: drawing.place,
  };
}

function schematic(): County {
  return {
    townships: itemsOf(townships).map(({ id, name, outline }) => {
      const points = pointsOf(outline);
      return { id, name, rings: points.length > 2 ? [points] : [], centre: centreOf(points) };
    }),
    place: () => undefined,
  };
}
