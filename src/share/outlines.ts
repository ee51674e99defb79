import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { create } from 'fontkitten';
import woff2 from 'wawoff2';

/**
 * Chinese type as outlines, from the Noto Serif SC that comes with the site (SIL Open Font License 1.1), so that a
 * picture does not depend on the fonts of the machine that draws it. The package cuts the font into about a hundred
 * WOFF2 files by Unicode range; only those that a text needs are opened. They are variable: fontkitten varies
 * outlines in TrueType only, hence the detour through wawoff2.
 */

interface Glyph {
  advanceWidth: number;
  path: { toSVG(): string };
}
interface Face {
  glyphForCodePoint(codePoint: number): Glyph;
  hasGlyphForCodePoint(codePoint: number): boolean;
}
interface Outline {
  /** SVG path data in font units, y upwards. */
  path: string;
  advance: number;
}

const UNITS_PER_EM = 1000;
/** From the project's root: the built page bundles lie elsewhere. */
const folder = dirname(
  createRequire(resolve('package.json')).resolve('@fontsource-variable/noto-serif-sc/package.json'),
);

/** Code points → file, from the package's own list of ranges. */
const rangesOf = () =>
  Object.entries(
    JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>,
  ).map(([subset, ranges]) => ({
    file: `noto-serif-sc-${subset.replace(/^\[|\]$/g, '')}-wght-normal.woff2`,
    ranges: ranges.split(',').map((range) => {
      const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  }));

let subsets: ReturnType<typeof rangesOf> | undefined;
const faces = new Map<string, Promise<Face | undefined>>();
const outlines = new Map<string, Promise<Outline | undefined>>();

let decompressing: Promise<unknown> = Promise.resolve();

/** One at a time: wawoff2 answers with a view of memory that its next call overwrites. */
function decompress(file: string): Promise<Buffer> {
  const result = decompressing.then(async () => Buffer.from(await woff2.decompress(readFileSync(file))));
  decompressing = result.catch(() => undefined);
  return result;
}

async function openFace(file: string, weight: number): Promise<Face | undefined> {
  const font = create(await decompress(join(folder, 'files', file)));
  return 'getVariation' in font ? (font.getVariation({ wght: weight }) as unknown as Face) : undefined;
}

async function drawOutline(codePoint: number, weight: number): Promise<Outline | undefined> {
  subsets ??= rangesOf();
  for (const { file, ranges } of subsets) {
    if (!ranges.some(([first, last]) => first <= codePoint && codePoint <= last)) continue;
    const key = `${file}:${weight}`;
    if (!faces.has(key)) faces.set(key, openFace(file, weight));
    const face = await faces.get(key);
    if (!face?.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = face.glyphForCodePoint(codePoint);
    return { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
  }
  return undefined;
}

function outlineOf(character: string, weight: number) {
  const key = `${character}:${weight}`;
  const known = outlines.get(key);
  if (known) return known;
  const drawn = drawOutline(character.codePointAt(0) as number, weight);
  outlines.set(key, drawn);
  return drawn;
}

/** Type for one weight, with every character of `text` ready: afterwards setting is synchronous. */
export async function typeOf(text: string, weight: number) {
  const characters = [...new Set(text)];
  const found = new Map(
    await Promise.all(
      characters.map(async (character) => [character, await outlineOf(character, weight)] as const),
    ),
  );
  /** An unknown character leaves an em of white. */
  const advance = (character: string) => found.get(character)?.advance ?? UNITS_PER_EM;

  /** Width in pixels; `spacing` in ems between characters. */
  const widthOf = (line: string, size: number, spacing = 0) =>
    ([...line].reduce((sum, character) => sum + advance(character), 0) / UNITS_PER_EM +
      spacing * [...line].length) *
    size;

  const set = (
    line: string,
    x: number,
    baseline: number,
    size: number,
    fill: string,
    spacing = 0,
  ): string => {
    let at = 0;
    let paths = '';
    for (const character of line) {
      const outline = found.get(character);
      if (outline?.path) paths += `<path transform="translate(${at})" d="${outline.path}"/>`;
      at += advance(character) + spacing * UNITS_PER_EM;
    }
    const scale = size / UNITS_PER_EM;
    return `<g fill="${fill}" transform="translate(${x} ${baseline}) scale(${scale} ${-scale})">${paths}</g>`;
  };
  return { widthOf, set };
}
