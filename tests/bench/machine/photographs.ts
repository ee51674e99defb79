import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** As a telephone of today takes them: 12 megapixels. */
const SIZE = { width: 4000, height: 3000 };

/** What makes a JPEG of 3 to 5 MB of them. */
const QUALITY = 85;
const FINE = { blur: 0.8, opacity: 0.12 };
const NOISE = { width: 1000, height: 750 };

/** Sky above ground in another light each time, with a sun somewhere: as smooth as most of a photograph is. */
function scene(number: number): Buffer {
  const hue = (number * 47) % 360;
  const [x, y] = [(number * 37) % 100, (number * 23) % 60];
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}">
<defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 70%)"/><stop offset=".6" stop-color="hsl(${hue + 40} 40% 85%)"/><stop offset=".6" stop-color="hsl(${hue + 120} 40% 35%)"/><stop offset="1" stop-color="hsl(${hue + 100} 50% 20%)"/></linearGradient>
<radialGradient id="b"><stop stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
<rect width="100%" height="100%" fill="url(#a)"/><circle cx="${x}%" cy="${y}%" r="500" fill="url(#b)"/></svg>`);
}

/** Grain of two sizes, fine and coarse, to lay over a scene. */
async function grain(): Promise<Buffer> {
  const channels = 3;
  const raw = { ...NOISE, channels } as const;
  const coarse = sharp(randomBytes(NOISE.width * NOISE.height * channels), { raw });
  const fine = await sharp(randomBytes(SIZE.width * SIZE.height * channels), { raw: { ...SIZE, channels } })
    .blur(FINE.blur)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const over = await coarse
    .resize(SIZE.width, SIZE.height)
    .ensureAlpha(0.25)
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(fine)
    .composite([{ input: over }])
    .ensureAlpha(FINE.opacity)
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * So many different photographs in a folder; those that are there already stay.
 *
 * @param told called after each one that is made
 */
export async function writePhotographs(
  folder: string,
  count: number,
  told: (made: number) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let over: Buffer | undefined;
  for (let number = 0; number < count; number++) {
    const file = join(folder, `photo-${number}.jpg`);
    if (existsSync(file)) continue;
    over ??= await grain();
    await sharp(scene(number))
      .composite([{ input: over }])
      .jpeg({ quality: QUALITY })
      .toFile(file);
    told(number + 1);
  }
}
