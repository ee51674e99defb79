import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The index of the encoded pictures, in the same folder. */

export interface EncodedPicture {
  width: number;
  height: number;
  /** File names in the folder of encoded pictures, narrowest first in each format, best format first. */
  variants: { type: string; width: number; file: string }[];
}

/** By the uploaded address (`/uploads/a.jpg`). */
export type PictureIndex = Record<string, EncodedPicture & { stamp: string }>;

export const indexFileIn = (folder: string): string => join(folder, 'index.json');

/** The index as it was last written; empty when there is none. */
export function readPictureIndex(folder: string): PictureIndex {
  const file = indexFileIn(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PictureIndex) : {};
}
