import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/**
 * Drawings for `RESULTS.md`, by Observable Plot (see decision 0016). They bring their own ground and colours for light and dark,
 * because a picture on a page cannot know the page's; type is whatever the reader's machine has.
 */

export interface Point {
  label: string;
  /** Articles. */
  size: number;
  value: number;
}

export interface Bar {
  label: string;
  value: number;
  isOwn: boolean;
}

const WIDTH = 760;
const LETTER = 14;
const ROW = 26;
const TITLE_HEIGHT = 44;

const { document } = parseHTML('<!doctype html><html><body></body></html>');

const base = (height: number) => ({
  document: document as unknown as Document,
  className: 'plot',
  width: WIDTH,
  height,
  style: undefined,
});

const widthOf = (text: string) =>
  [...text].reduce((total, letter) => total + (letter > '\u2e7f' ? 1 : 0.56), 0) * LETTER;

const short = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
};

/** Bars from zero, a row each, with the number behind. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const rows = bars.map((bar, index) => ({ ...bar, index }));
  const left = Math.min(WIDTH / 2, Math.max(...rows.map(({ label }) => widthOf(label))) + 16);
  const height = rows.length * ROW;
  const drawing = Plot.plot({
    ...base(height),
    margin: 0,
    marginLeft: left,
    marginRight: 70,
    x: { axis: null, domain: [0, Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE)] },
    y: { axis: null, type: 'band', domain: rows.map(({ index }) => index), padding: 0.25 },
    marks: [
      ...[true, false].map((isOwn) =>
        Plot.barX(
          rows.filter((row) => row.isOwn === isOwn),
          { x: 'value', y: 'index', className: isOwn ? 'own' : 'other' },
        ),
      ),
      Plot.text(rows, {
        y: 'index',
        text: 'label',
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -8,
        className: 'name',
      }),
      Plot.text(rows, {
        x: 'value',
        y: 'index',
        text: ({ value }: Bar) => short(value),
        textAnchor: 'start',
        dx: 6,
        className: 'number',
      }),
    ],
  });
  return framed(title, drawing, height);
}

const GROWTH_HEIGHT = 340;
const LEGEND_WIDTH = 190;

/** Least distance of two names at the ends of lines. */
const NAME_APART = 18;

/** A line for each label over the number of articles, both logarithmic, with its name at its end. */
export function drawGrowth(title: string, points: readonly Point[]): string {
  const sorted = [...points].sort((a, b) => a.size - b.size);
  const labels = [...new Set(points.map(({ label }) => label))];
  const sizes = [...new Set(sorted.map(({ size }) => size))];
  const values = points.map(({ value }) => value).filter((value) => value > 0);
  const [low, high] = [Math.min(...values) / 1.3, Math.max(...values) * 1.3];
  const margins = { top: 12, bottom: 30 };
  const inner = GROWTH_HEIGHT - margins.top - margins.bottom;
  const yOf = (value: number) => margins.top + inner * (1 - Math.log(value / low) / Math.log(high / low));
  const ends = namesApart(
    labels.map((label, index) => {
      const last = sorted.findLast((point) => point.label === label) as Point;
      return { label, index, last, y: yOf(last.value) };
    }),
  );
  const drawing = Plot.plot({
    ...base(GROWTH_HEIGHT),
    marginTop: margins.top,
    marginBottom: margins.bottom,
    marginLeft: 56,
    marginRight: LEGEND_WIDTH,
    x: { type: 'log', domain: [Math.min(...sizes), Math.max(...sizes)], axis: null },
    y: { type: 'log', domain: [low, high], axis: null },
    marks: [
      Plot.gridY({ className: 'grid', ticks: 5 }),
      Plot.axisY({ ticks: 5, tickFormat: short, tickSize: 0, label: null, className: 'axis' }),
      Plot.axisX(sizes, {
        tickFormat: (size: number) => `${size.toLocaleString('en')} 篇`,
        tickSize: 0,
        label: null,
        className: 'axis sizes',
      }),
      ...labels.flatMap((label, index) => {
        const own = sorted.filter((point) => point.label === label && point.value > 0);
        return [
          Plot.line(own, { x: 'size', y: 'value', className: `line c${index}` }),
          Plot.dot(own, { x: 'size', y: 'value', r: 4, className: `dot c${index}` }),
        ];
      }),
      ...ends.map(({ label, index, y, last }) =>
        Plot.text([last], {
          text: () => `${label} ${short(last.value)}`,
          frameAnchor: 'top-right',
          textAnchor: 'start',
          dx: 10,
          dy: y - margins.top - LETTER / 2,
          className: `end c${index}`,
        }),
      ),
    ],
  });
  return framed(title, drawing, GROWTH_HEIGHT);
}

/** Moves names that would lie on each other down. */
function namesApart<Name extends { y: number }>(names: readonly Name[]): Name[] {
  const sorted = [...names].sort((a, b) => a.y - b.y).map((name) => ({ ...name }));
  for (const [index, name] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before) name.y = Math.max(name.y, before.y + NAME_APART);
  }
  return sorted;
}

/** Colours of lines: ours are the first; each has its own dashes, too. */
const COLOURS = [
  { light: '#1f6f5c', dark: '#7ec8b7', dash: '' },
  { light: '#a83620', dark: '#f0907c', dash: '7 3' },
  { light: '#274c77', dark: '#9dbfe8', dash: '2 3' },
  { light: '#8a6410', dark: '#e0bb62', dash: '10 3 2 3' },
  { light: '#6b4a86', dark: '#c9a9e6', dash: '4 4' },
  { light: '#55606a', dark: '#b6c0c9', dash: '1 4' },
];

const STYLE = `:root{--ground:#fff;--ink:#24292f;--soft:#57606a;--grid:#d8dee4;--other:#9aa5b1;${COLOURS.map(({ light }, index) => `--c${index}:${light}`).join(';')}}
@media(prefers-color-scheme:dark){:root{--ground:#161b22;--ink:#e6edf3;--soft:#9aa4af;--grid:#30363d;--other:#6b7683;${COLOURS.map(({ dark }, index) => `--c${index}:${dark}`).join(';')}}}
text{font:${LETTER}px system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;fill:var(--ink)}
.title{font-size:17px;font-weight:600}.ground{fill:var(--ground)}.own{fill:var(--c0)}.other{fill:var(--other)}
.grid{stroke:var(--grid)}.axis text{fill:var(--soft)}.sizes text{text-anchor:middle}.line{fill:none;stroke-width:2.5}
${COLOURS.map(({ dash }, index) => `.line.c${index}{stroke:var(--c${index})${dash ? `;stroke-dasharray:${dash}` : ''}}.dot.c${index}{fill:var(--c${index})}.end.c${index} text{fill:var(--c${index})}`).join('\n')}`;

const escaped = (text: string) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the style sheet says, and labels for each part. */
const NEEDLESS =
  / (?:aria-[a-z]+|font-variant|font-size|font-family|fill|stroke|stroke-(?:width|opacity|linejoin|linecap|miterlimit))="[^"]*"/g;

function framed(title: string, drawing: Element, height: number): string {
  for (const style of drawing.querySelectorAll('style')) style.remove();
  const content = drawing.innerHTML
    .replace(/<(?:g|path|rect|circle|text|line)\b[^>]*>/g, (tag) => tag.replace(NEEDLESS, ''))
    .replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));
  const whole = height + TITLE_HEIGHT + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH + 24}" height="${whole}" viewBox="0 0 ${WIDTH + 24} ${whole}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
<rect class="ground" width="100%" height="100%" rx="8"/>
<text class="title" x="16" y="28">${escaped(title)}</text>
<g transform="translate(12 ${TITLE_HEIGHT})">${content}</g>
</svg>
`;
}
