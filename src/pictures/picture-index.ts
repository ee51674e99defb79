import { join } from 'node:path';
import { readKept, writeKept } from '../runtime/kept-file.ts';

/** The index of the encoded pictures, in the same folder. */

export interface EncodedPicture {
  width: number;
  height: number;
  /** File names in the folder of encoded pictures, narrowest first in each format, best format first. */
  variants: Variant[];
  /** An animation is shown as it was uploaded: an encoded variant would stand still. */
  isMoving?: boolean;
}

export interface Variant {
  /** `image/avif` or `image/webp`. */
  type: string;
  /** Pixels. */
  width: number;
  file: string;
  /** Of the file, to find out whether it is damaged. */
  bytes: number;
  digest: string;
}

/** By the uploaded address (`/uploads/a.jpg`). */
export type PictureIndex = Record<string, EncodedPicture & { stamp: string }>;

export const indexFileIn = (folder: string): string => join(folder, 'index.json');

/** The index as it was last written; empty when there is none, or it is damaged. */
export function readPictureIndex(folder: string): PictureIndex {
  const kept = readKept(indexFileIn(folder));
  return kept ? (JSON.parse(kept.toString()) as PictureIndex) : {};
}

/** Stamps of uploads that cannot be read or are too large, by their address: they are not opened again for each build. */
export type Unreadable = Record<string, string>;

const unreadableIn = (folder: string): string => join(folder, 'unreadable.json');

/** The uploads that could not be read; none when there is no list, or it is damaged. */
export function readUnreadable(folder: string): Unreadable {
  const kept = readKept(unreadableIn(folder));
  return kept ? (JSON.parse(kept.toString()) as Unreadable) : {};
}

export const writeUnreadable = (folder: string, unreadable: Unreadable): void =>
  writeKept(unreadableIn(folder), JSON.stringify(unreadable));

export const writePictureIndex = (folder: string, index: PictureIndex): void =>
  writeKept(indexFileIn(folder), JSON.stringify(index));
