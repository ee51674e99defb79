import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type County, drawCounty } from '../../../src/map/drawing.ts';
import { pathOf, type Point } from '../../../src/map/shape.ts';
import type { Content } from '../../../src/store/index.ts';
import { siteSettingsOf } from '../../../src/types/site-settings.ts';
import { townships } from '../../../src/types/townships.ts';
import type { CountyMap } from '../../protocol/county-map.ts';

/** The county's map on which editors point out a place: the same drawing as the site's, for the desk and the editor. */

/** Side of the map on the page, in CSS pixels: it fits the narrowest phone, and is not scaled, so that clicks are read right. */
export const MAP_SIDE = 288;

export const countyOf = (content: Content): County =>
  drawCounty({
    townships: content.list(townships).items,
    map: siteSettingsOf(content).map,
    read: (upload) => readFileSync(join(content.uploadsDir, upload.slice('/uploads/'.length)), 'utf8'),
  });

/** The square of the drawing that the map shows. */
export function frameOf({
  townships: drawn,
}: County): { left: number; top: number; side: number } | undefined {
  const points = drawn.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const side = Math.max(right - left, bottom - top) * 1.06;
  return { left: (left + right - side) / 2, top: (top + bottom - side) / 2, side };
}

/** Whether a click says where on earth it is, or only in which township. */
export const knowsEarth = (county: County): boolean => {
  const frame = frameOf(county);
  return (
    frame !== undefined &&
    county.locate([frame.left + frame.side / 2, frame.top + frame.side / 2]) !== undefined
  );
};

const number = (value: number) => Math.round(value * 10) / 10;

/** The map as a picture of its own, with a pin at a point of the drawing. */
export function mapSvg(county: County, pin: Point | undefined, theme: string): string {
  const frame = frameOf(county) ?? { left: 0, top: 0, side: 1000 };
  const unit = frame.side / MAP_SIDE;
  const names = county.townships
    .filter(({ rings }) => rings.length > 0)
    .map(
      ({ name, centre: [x, y] }) =>
        `<text x="${number(x)}" y="${number(y)}">${name.replace(/[<>&]/g, '')}</text>`,
    );
  const areas = county.townships.map(({ rings }) => `<path fill-rule="evenodd" d="${pathOf(rings)}"/>`);
  const mark = pin
    ? `<circle cx="${number(pin[0])}" cy="${number(pin[1])}" r="${number(unit * 7)}" fill="#b3261e" stroke="#fff" stroke-width="${number(unit * 2)}"/>`
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${MAP_SIDE}" height="${MAP_SIDE}" viewBox="${[frame.left, frame.top, frame.side, frame.side].map(number).join(' ')}"><g fill="#fff" stroke="${theme}" stroke-width="${number(unit * 1.2)}">${areas.join('')}</g><g font-family="sans-serif" font-size="${number(unit * 12)}" text-anchor="middle" fill="#333">${names.join('')}</g>${mark}</svg>`;
}

/** The same for the editor, which draws it and reckons with its corners. */
export function countyMapOf(county: County): CountyMap {
  const { left, top, side } = frameOf(county) ?? { left: 0, top: 0, side: 0 };
  const at = (x: number, y: number) => {
    const earth = county.locate([left + x * side, top + y * side]);
    return earth && { longitude: earth.longitude, latitude: earth.latitude };
  };
  const [topLeft, topRight, bottomLeft] = [at(0, 0), at(1, 0), at(0, 1)];
  return {
    left,
    top,
    side,
    townships: county.townships
      .filter(({ rings }) => rings.length > 0)
      .map(({ id, name, rings, centre: [x, y] }) => ({ id, name, path: pathOf(rings), x, y })),
    ...(topLeft && topRight && bottomLeft ? { corners: { topLeft, topRight, bottomLeft } } : {}),
  };
}
