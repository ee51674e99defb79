import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { currentContent } from '../../../../src/store/index.ts';
import { types } from '../../../../src/types/index.ts';
import type { StoredMedia } from '../../../protocol/media.ts';
import { type Place, placeOf } from '../../../documents/places.ts';

/** What is published, as it is written out for the site. */

export interface PublishedFile {
  path: string;
  text: string;
  version: string;
}

/** Digest of a file's text; the same text has the same version. */
export const versionOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 20);

/** A file's text and version, or undefined when there is none. */
export function readPlace({ path, file }: Pick<Place, 'path' | 'file'>): PublishedFile | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return { path, text, version: versionOf(text) };
}

/** Every entry of `content/<type>`; undefined when there is no such type. */
export function readFolder(folder: string): PublishedFile[] | undefined {
  const type = types.find(({ name }) => folder === `content/${name}`);
  if (!type) return undefined;
  return currentContent().filesOf(type).files.flatMap(({ slug }) => {
    const place = placeOf(`${folder}/${slug}.${type.format}`);
    return (place && readPlace(place)) ?? [];
  });
}

/** Every upload, newest first. */
export function listUploads(): StoredMedia[] {
  if (!existsSync(currentContent().uploadsDir)) return [];
  return readdirSync(currentContent().uploadsDir, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.name.startsWith('.'))
    .map((item) => {
      const file = join(item.parentPath, item.name);
      const { size, mtimeMs } = statSync(file);
      return { path: `uploads/${relative(currentContent().uploadsDir, file).replaceAll('\\', '/')}`, size, mtimeMs };
    })
    .sort((a, b) => b.mtimeMs - a.mtimeMs || a.path.localeCompare(b.path))
    .map(({ path, size }) => ({ path, size }));
}
