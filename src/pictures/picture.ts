import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { basePath, uploadsDir } from '../store/folders.ts';
import { noteRead } from '../runtime/reads.ts';
import type { Picture } from '../model/block.ts';
import { indexFile, type PictureIndex, readPictureIndex } from './encode.ts';

/** Folder of the encoded variants on the site. */
export const VARIANTS_ADDRESS = '/pictures/';

let index: PictureIndex = {};
let indexStamp = -1;

function currentIndex(): PictureIndex {
  const stamp = statSync(indexFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (stamp !== indexStamp) {
    index = readPictureIndex();
    indexStamp = stamp;
  }
  return index;
}

/**
 * Size (pixels) and encoded variants of an uploaded picture; undefined when there is no such file.
 *
 * @param src address such as `/uploads/a.jpg`
 */
export function pictureOf(src: string): Picture | undefined {
  if (!src.startsWith('/uploads/')) return undefined;
  noteRead(`picture:${src}`);
  const file = join(uploadsDir, src.slice('/uploads/'.length));
  if (src.endsWith('.svg')) {
    if (!existsSync(file)) return undefined;
    return { src, ...svgSize(readFileSync(file, 'utf8')), sources: [] };
  }
  const known = currentIndex()[src];
  if (!known) return undefined;
  const types = [...new Set(known.variants.map((variant) => variant.type))];
  const sources = types.map((type) => ({
    type,
    srcset: known.variants
      .filter((variant) => variant.type === type)
      .map((variant) => `${basePath}${VARIANTS_ADDRESS}${variant.file} ${variant.width}w`)
      .join(', '),
  }));
  return { src, width: known.width, height: known.height, sources };
}

/** Size that an SVG asks for: its width and height, else its view box. */
function svgSize(svg: string): { width: number; height: number } {
  const root = /<svg[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string) => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1]);
  const box = /viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(root);
  return {
    width: Math.round(side('width') || Number(box?.[1]) || 800),
    height: Math.round(side('height') || Number(box?.[2]) || 450),
  };
}
