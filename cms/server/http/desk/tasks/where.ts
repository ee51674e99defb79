import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'hono/html';
import type { Coordinates } from '../../../../../src/map/coordinates.ts';
import { type County, drawCounty, townshipAt } from '../../../../../src/map/drawing.ts';
import { placeText, readPastedPlace } from '../../../../../src/map/pasted-place.ts';
import { pathOf, type Point } from '../../../../../src/map/shape.ts';
import type { Content } from '../../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { townships } from '../../../../../src/types/townships.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Markup } from '../../page/index.ts';
import { type Asked, box } from './controls.ts';
import { type Values, withValues } from './values.ts';

/**
 * 在哪里: a point by a click on the county's map, or pasted from Amap. The map is a button that is a picture
 * (https://html.spec.whatwg.org/multipage/input.html#image-button-state-(type=image)): a browser sends where it was
 * clicked, without a script.
 */

/** Side of the map on the page, in CSS pixels: it fits the narrowest phone, and is not scaled, so that clicks are read right. */
export const MAP_SIDE = 288;

export const countyOf = (content: Content): County =>
  drawCounty({
    townships: content.list(townships).items,
    map: siteSettingsOf(content).map,
    read: (upload) => readFileSync(join(content.uploadsDir, upload.slice('/uploads/'.length)), 'utf8'),
  });

/** The square of the drawing that the map shows. */
export function frameOf({ townships: drawn }: County): { left: number; top: number; side: number } | undefined {
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
  return frame !== undefined && county.locate([frame.left + frame.side / 2, frame.top + frame.side / 2]) !== undefined;
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

/** The point of the drawing that was clicked; undefined when the map was not, or was pressed with a key. */
export function clickedPoint(county: County, values: Values): Point | undefined {
  const frame = frameOf(county);
  const [x, y] = [values.one('spot.x'), values.one('spot.y')].map(Number);
  if (!frame || values.one('spot.x') === '' || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const scale = frame.side / MAP_SIDE;
  return [frame.left + (x as number) * scale, frame.top + (y as number) * scale];
}

/** The values with what a click on the map says. */
export function withClick(county: County, values: Values): Values {
  const point = clickedPoint(county, values);
  if (!point) return values;
  const township = townshipAt(county, point);
  const earth = county.locate(point);
  return withValues(values, {
    ...(township ? { township: township.id } : {}),
    ...(earth ? { point: placeText(earth) } : {}),
    pin: point.map(number).join(),
    'spot.x': '',
    'spot.y': '',
  });
}

/** The point that was pasted or clicked; what is wrong goes into `faults`. */
export function pointOf(values: Values, faults: Faults): Coordinates | undefined {
  if (!values.one('point')) return undefined;
  const read = readPastedPlace(values.one('point'));
  if ('coordinates' in read) return read.coordinates;
  faults.point = read.problem;
  return undefined;
}

/** The map and the box for a pasted address. */
export function pointQuestion(asked: Asked, county: County): Markup {
  const { values, faults } = asked;
  const isOpen = values.one('point') || values.one('pin') || faults.point;
  const says = knowsEarth(county)
    ? '点一下，记下乡镇和坐标。'
    : '这是示意图，没有真实的坐标：点一下只记下乡镇，准确的位置请粘贴高德链接。';
  return html`<details id="spot" ${isOpen && html`open`}>
    <summary>在地图上指出来，或者粘贴高德链接</summary>
    ${
      frameOf(county) &&
      html`<p class="muted">${says}</p>
        <input
          type="image"
          class="county-map"
          name="spot"
          src="../map.svg?pin=${values.one('pin')}"
          width="${MAP_SIDE}"
          height="${MAP_SIDE}"
          alt="全县地图：点一下活动的地点"
          formaction="#spot"
        />
        <input type="hidden" name="pin" value="${values.one('pin')}" />`
    }
    ${box(asked, {
      name: 'point',
      label: '高德链接或经纬度',
      hint: '高德里「分享」出来的文字、网址，或者「经度,纬度」都行；短链接（surl.amap.com）要先用浏览器打开。',
    })}
  </details>`;
}
