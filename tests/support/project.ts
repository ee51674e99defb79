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
  mkdirSync(root, { recursive: true });
  for (const item of ['src', 'astro.config.mjs', 'package.json', 'tsconfig.json'])
    cpSync(item, join(root, item), { recursive: true });
  symlinkSync(resolve('public'), join(root, 'public'));
  return root;
}

/** A changeable copy of the small county in `tests/fixtures/county`, with a photograph that no repository should carry. */
export async function smallCounty(folder: string): Promise<string> {
  cpSync('tests/fixtures/county', folder, { recursive: true });
  mkdirSync(join(folder, 'uploads'), { recursive: true });
  // Noise, as a photograph is: flat colour would compress to nothing.
  const photo = sharp({
    create: {
      width: PHOTO.width,
      height: PHOTO.height,
      channels: 3,
      background: '#7a8',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });
  writeFileSync(join(folder, 'uploads/photo.jpg'), await photo.jpeg().toBuffer());
  return folder;
}

/** Pixels of the photograph in `smallCounty`. */
export const PHOTO = { width: 1200, height: 800 };

/** Changes a text file; the old text must be there. */
export function change(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} 里没有「${before}」`);
  writeFileSync(file, text.replace(before, after));
}
