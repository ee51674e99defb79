import { html } from 'hono/html';
import type { Coordinates } from '../../../../../src/map/coordinates.ts';
import { type County, townshipAt } from '../../../../../src/map/drawing.ts';
import { placeText, readPastedPlace } from '../../../../../src/map/pasted-place.ts';
import type { Point } from '../../../../../src/map/shape.ts';
import type { Faults } from '../../../../results/apply.ts';
import { frameOf, knowsEarth, MAP_SIDE } from '../../../services/county-map.ts';
import type { Markup } from '../../page/index.ts';
import { type Asked, box } from './controls.ts';
import { type Values, withValues } from './values.ts';

/**
 * 在哪里: a point by a click on the county's map, or pasted from Amap. The map is a button that is a picture
 * (https://html.spec.whatwg.org/multipage/input.html#image-button-state-(type=image)): a browser sends where it was
 * clicked, without a script.
 */

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
    pin: point.map((part) => Math.round(part * 10) / 10).join(),
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
