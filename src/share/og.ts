import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { currentContent } from '../store/index.ts';
import { SHARE_PICTURE } from '../shell/share-picture.ts';
import { sealCharacters } from '../ui/seal/seal.ts';
import { readKept, writeKept } from '../runtime/kept-file.ts';
import { balancedLines } from './lines.ts';
import { typeOf } from './outlines.ts';

/** Share pictures: paper ground, the title in Song type, the hills of the county, the site's seal. */

export interface OgPicture {
  title: string;
  /** Short line over the title: 「科普文章 · 种植」. */
  kicker: string;
  site: { name: string; association: string; seal: string };
  /** `#rrggbb` of the hills and the rules. */
  accent: string;
}

const { width: WIDTH, height: HEIGHT } = SHARE_PICTURE;
const MARGIN = 84;
/** Part of the cache key: raise it when the drawing changes. */
const VERSION = 1;
const PAPER = '#f7f1e3';
const INK = '#2b3a42';
const SEAL = '#b83a25';
/** Largest first; the first at which the title fits in its lines is taken. */
const SETTINGS = [
  { size: 92, lines: 2 },
  { size: 76, lines: 3 },
  { size: 62, lines: 3 },
  { size: 54, lines: 4 },
];

/** The picture as PNG, 1200 × 630; drawn once for each content and kept in `cacheDir/og`. */
export async function ogPicture(picture: OgPicture): Promise<Buffer> {
  const digest = createHash('sha256')
    .update(JSON.stringify([VERSION, picture]))
    .digest('hex')
    .slice(0, 32);
  const file = join(currentContent().cacheDir, 'og', `${digest}.kept`);
  const kept = readKept(file);
  if (kept) return kept;
  const png = await sharp(Buffer.from(await ogSvg(picture)))
    .removeAlpha()
    .png({ compressionLevel: 6, palette: true, colours: 24, dither: 0, effort: 1 })
    .toBuffer();
  writeKept(file, png);
  return png;
}

/** The drawing; all type is outlines. */
export async function ogSvg({ title, kicker, site, accent }: OgPicture): Promise<string> {
  const heavy = await typeOf(title + site.seal, 800);
  const plain = await typeOf(`${kicker}${site.name}${site.association}`, 600);
  const room = WIDTH - 2 * MARGIN;
  const fitted =
    SETTINGS.map(({ size, lines }) => ({
      size,
      lines,
      set: balancedLines(title, (text) => heavy.widthOf(text, size), room),
    })).find(({ lines, set }) => set.length <= lines) ??
    lastResort(title, (text) => heavy.widthOf(text, 54), room);
  const leading = fitted.size * 1.36;
  const middle = 302;
  const first = middle - (leading * (fitted.set.length - 1)) / 2 + fitted.size * 0.36;
  const lines = fitted.set.map((line, index) =>
    heavy.set(line, MARGIN - 2, first + index * leading, fitted.size, INK),
  );
  const sealSize = 104;
  const sealX = WIDTH - MARGIN - sealSize;
  const sealY = HEIGHT - 60 - sealSize;
  const seal = sealCharacters(site.seal).map(({ character, x, y, size }) => {
    const px = (size / 100) * sealSize;
    return heavy.set(
      character,
      sealX + (x / 100) * sealSize - px / 2,
      sealY + (y / 100) * sealSize + px * 0.38,
      px,
      '#fdf6e6',
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>
<path d="M0 0h${WIDTH}v12H0zM0 20h${WIDTH}v3H0z" fill="${accent}"/>
<path d="M0 630V506c150-58 280-40 420-4 110 28 190-42 320-38 130 4 190 44 300 34 70-6 110-24 160-34v166z" fill="#efe3c8"/>
<path d="M0 630v-78c190-50 330-14 480 6 160 22 250-30 400-24 130 4 220 34 320 18v78z" fill="${accent}"/>
${plain.set(kicker, MARGIN, 118, 32, SEAL, 0.12)}${lines.join('')}
${plain.set(site.name, MARGIN, 604, 32, '#fdfaf2', 0.08)}${plain.set(site.association, MARGIN + plain.widthOf(site.name, 32, 0.08) + 28, 604, 24, '#fdfaf2', 0.04)}
<path transform="translate(${sealX} ${sealY}) scale(${sealSize / 100})" d="M7 3 60 2l36 3 2 38-1 52-38 3-54-2L2 58 3 8z" fill="${SEAL}" stroke="${PAPER}" stroke-width="2"/>${seal.join('')}
</svg>`;
}

/** A title too long for the picture ends in an ellipsis. */
function lastResort(title: string, widthOf: (text: string) => number, room: number) {
  let shown = [...title];
  let set: string[] = [];
  do {
    shown = shown.slice(0, -1);
    set = balancedLines(`${shown.join('')}…`, widthOf, room);
  } while (set.length > 4);
  return { size: 54, lines: 4, set };
}
