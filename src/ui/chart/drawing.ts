import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type ChartKind, type Point, shortText } from './points.ts';

/**
 * Charts as SVG, drawn by Observable Plot while the site is built. The size is that of the narrowest phone and only ever grows:
 * on a screen of 360 px a unit is more than a pixel, so that letters of 14 units stay above 14 px. Colours come from classes
 * (`Chart.astro`), so the same drawing serves light, dark, elder mode and paper.
 */

/** Width of every drawing, in units of its view box. */
export const WIDTH = 300;
const LETTER = 14;
const BAR_ROW = 46;
const COLUMNS_HEIGHT = 170;
const LINE_HEIGHT = 180;

const { document } = parseHTML('<!doctype html><html><body></body></html>');

type Known = Point & { value: number; index: number };

const isKnown = (point: Point & { index: number }): point is Known => point.value !== undefined;

const numbered = (points: readonly Point[]) => points.map((point, index) => ({ ...point, index }));

/** Width of a text: Chinese characters are square, the rest about half. */
const widthOf = (text: string) =>
  [...text].reduce((total, letter) => total + (letter > '\u2e7f' ? 1 : 0.58), 0) * LETTER;

/** Letters of elder mode. */
const LARGE_LETTER = 17;

/** A name that fits over its bar also in large letters; the table behind has it whole. */
function fitted(name: string): string {
  const most = WIDTH / LARGE_LETTER;
  if (widthOf(name) / LETTER <= most) return name;
  const letters = [...name];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) / LETTER > most) letters.pop();
  return `${letters.join('')}…`;
}

const largest = (known: readonly Known[]) => Math.max(1, ...known.map(({ value }) => value));

/** What all drawings share: the page's own font and colours. */
const base = (height: number) => ({
  document: document as unknown as Document,
  className: 'plot',
  width: WIDTH,
  height,
  style: undefined,
});

function bars(points: readonly Point[]): Element {
  const all = numbered(points);
  const known = all.filter(isKnown);
  const room = Math.max(0, ...known.map(({ value }) => widthOf(shortText(value)))) + 8;
  return Plot.plot({
    ...base(points.length * BAR_ROW),
    margin: 0,
    marginRight: room,
    x: { axis: null, domain: [0, largest(known)] },
    y: { axis: null, type: 'band', domain: all.map(({ index }) => index), padding: 0 },
    marks: [
      Plot.barX(known, { x: 'value', y: 'index', insetTop: 22, insetBottom: 8, className: 'shape' }),
      Plot.text(all, {
        y: 'index',
        text: ({ label }: Point) => fitted(label),
        frameAnchor: 'left',
        dy: -12,
        className: 'name',
      }),
      Plot.text(all, {
        x: ({ value = 0 }: Point) => value,
        y: 'index',
        text: ({ value }: Point) => (value === undefined ? '未载' : shortText(value)),
        textAnchor: 'start',
        dx: 5,
        dy: 7,
        className: 'number',
      }),
    ],
  });
}

function columns(points: readonly Point[]): Element {
  const all = numbered(points);
  const known = all.filter(isKnown);
  return Plot.plot({
    ...base(COLUMNS_HEIGHT),
    margin: 0,
    marginTop: 20,
    marginBottom: 22,
    x: { axis: null, type: 'band', domain: all.map(({ index }) => index), padding: 0.25 },
    y: { axis: null, domain: [0, largest(known)] },
    marks: [
      Plot.barY(known, { x: 'index', y: 'value', className: 'shape' }),
      Plot.ruleY([0], { className: 'ground' }),
      Plot.text(all, { x: 'index', text: 'label', frameAnchor: 'bottom', dy: 18, className: 'name' }),
      Plot.text(
        known.filter(({ value }) => value > 0),
        {
          x: 'index',
          y: 'value',
          text: ({ value }: Known) => shortText(value),
          dy: -9,
          className: 'number',
        },
      ),
    ],
  });
}

/** Years without a figure leave a gap in the line. */
function line(points: readonly Point[]): Element {
  const all = numbered(points);
  const known = all.filter(isKnown);
  const side = Math.max(...known.map(({ value }) => widthOf(shortText(value))), widthOf('2026'), 28) / 2 + 2;
  return Plot.plot({
    ...base(LINE_HEIGHT),
    margin: 0,
    marginTop: 28,
    marginBottom: 26,
    marginLeft: side,
    marginRight: side,
    x: { axis: null, domain: [0, Math.max(1, all.length - 1)] },
    y: { axis: null, domain: [0, largest(known)] },
    marks: [
      Plot.ruleY([0], { className: 'ground' }),
      Plot.lineY(all, { x: 'index', y: 'value', className: 'path' }),
      Plot.dot(known, { x: 'index', y: 'value', r: 4.5, className: 'shape' }),
      Plot.text(all, { x: 'index', text: 'label', frameAnchor: 'bottom', dy: 20, className: 'name' }),
      Plot.text(known, {
        x: 'index',
        y: 'value',
        text: ({ value }: Known) => shortText(value),
        dy: -15,
        className: 'number',
      }),
    ],
  });
}

const draw = { bars, columns, line } satisfies Record<ChartKind, (points: readonly Point[]) => Element>;

/** Attributes that repeat what the page's style sheet says or what the description tells. */
const NEEDLESS =
  / (?:aria-label|aria-hidden|font-variant|font-size|font-family|fill|stroke|stroke-[a-z]+|text-anchor|width|height)="[^"]*"/g;

/** Only what draws: without colours, labels for each part and digits behind the first decimal. */
const slim = (svg: string) =>
  svg
    .replace(/<g [^>]*>/g, (tag) => {
      const anchor = /text-anchor="(start|end)"/.exec(tag)?.[0];
      return tag.replace(NEEDLESS, '').replace(/>$/, anchor ? ` ${anchor}>` : '>');
    })
    .replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))
    .replaceAll(' />', '/>');

/** A chart's shapes, for an `<svg viewBox="0 0 width height">`; the same points always give the same text. */
export function drawChart(kind: ChartKind, points: readonly Point[]): { height: number; content: string } {
  const svg = draw[kind](points);
  const height = Number(svg.getAttribute('viewBox')?.split(' ')[3]);
  for (const style of svg.querySelectorAll('style')) style.remove();
  return { height, content: slim(svg.innerHTML) };
}
