import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

/**
 * A copy of the project in `.tmp/<name>`, so that builds run side by side (Astro keeps a build's state in the root) and
 * a test may change the code. Packages are found in the folders above.
 */
export function copyOfProject(name: string): string {
  const root = resolve('.tmp', name);
  rmSync(root, { recursive: true, force: true });
  copyProject(root);
  return root;
}

/** Copies the project into a folder; its pictures and icons are shared. */
export function copyProject(root: string): void {
  mkdirSync(root, { recursive: true });
  for (const item of ['src', 'astro.config.mjs', 'package.json', 'tsconfig.json'])
    cpSync(item, join(root, item), { recursive: true });
  symlinkSync(resolve('public'), join(root, 'public'));
}

/** A changeable copy of the small county in `tests/fixtures/county`, with a photograph that no repository should carry. */
export async function smallCounty(folder: string): Promise<string> {
  cpSync('tests/fixtures/county', folder, { recursive: true });
  mkdirSync(join(folder, 'uploads'), { recursive: true });
  writeFileSync(join(folder, 'uploads/photo.jpg'), await photograph());
  return folder;
}

/** Pixels of the photograph in `smallCounty`. */
export const PHOTO = { width: 1200, height: 800 };

/** Noise, as a photograph is (flat colour would compress to nothing); the same each time, so that it is encoded once. */
function photograph(): Promise<Buffer> {
  const { width, height } = PHOTO;
  const pixels = createHash('shake256', { outputLength: width * height * 3 })
    .update('photo')
    .digest();
  // About a middle grey, as far as light and shade go in a photograph.
  for (let at = 0; at < pixels.length; at++) pixels[at] = 64 + ((pixels[at] ?? 0) >> 1);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** Changes a text file; the old text must be there. */
export function change(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} 里没有「${before}」`);
  writeFileSync(file, text.replace(before, after));
}
