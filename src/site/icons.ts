import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import sharp from 'sharp';

/** The site's seal as PNG icons, drawn from `public/favicon.svg` (paths only, so no font is needed). */

export interface SiteIcon {
  name: string;
  /** Side in pixels. */
  size: number;
  purpose: 'any' | 'maskable';
  /** Share of the side left free on each edge. Launchers may cut a maskable icon to a circle of 80 %. */
  margin: number;
}

export const ICONS: readonly SiteIcon[] = [
  { name: 'icon-192', size: 192, purpose: 'any', margin: 0 },
  { name: 'icon-512', size: 512, purpose: 'any', margin: 0 },
  { name: 'maskable-512', size: 512, purpose: 'maskable', margin: 0.2 },
  { name: 'touch-180', size: 180, purpose: 'any', margin: 0.1 },
];

/** Paper, the ground of the whole site; icons without a margin stay transparent. */
const GROUND = '#f7f1e3';

export const iconAddress = (name: string) => `/icons/${name}.png`;

/** One icon as PNG. */
export async function iconPng({ size, margin }: SiteIcon): Promise<Buffer> {
  const edge = Math.round(size * margin);
  const side = size - 2 * edge;
  const seal = sharp(readFileSync(resolve('public/favicon.svg')), { density: (72 * side) / 64 }).resize(
    side,
    side,
  );
  const padded =
    margin === 0
      ? seal
      : seal
          .extend({ top: edge, bottom: edge, left: edge, right: edge, background: GROUND })
          .flatten({ background: GROUND });
  return padded.png({ palette: true, compressionLevel: 9 }).toBuffer();
}

const FAVICON_PX = 48;

/**
 * The seal as `favicon.ico`: one picture, a PNG.
 *
 * @see https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export async function favicon(): Promise<Buffer> {
  const png = await iconPng({ name: 'favicon', size: FAVICON_PX, purpose: 'any', margin: 0 });
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // An icon.
  head.writeUInt16LE(1, 4); // Number of pictures.
  head.writeUInt8(FAVICON_PX, 6);
  head.writeUInt8(FAVICON_PX, 7);
  head.writeUInt16LE(1, 10); // Colour planes.
  head.writeUInt16LE(32, 12); // Bits of a pixel.
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
