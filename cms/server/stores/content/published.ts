import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Content, readText } from '../../../../src/store/index.ts';
import { types } from '../../../../src/types/index.ts';
import type { StoredMedia } from '../../../protocol/media.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { type EntryDocument, openDocument } from './entry-document.ts';

/** What is published, as it is written out for the site. */

/** What is published at a place, or undefined when there is nothing. */
export const readPlace = (place: Place): EntryDocument | undefined =>
  existsSync(place.file) ? openDocument(place, readText(place.file)) : undefined;

/** Every entry of `content/<type>`; undefined when there is no such type. */
export function readFolder(content: Content, folder: string): EntryDocument[] | undefined {
  const type = types.find(({ name }) => folder === `content/${name}`);
  if (!type) return undefined;
  return content.filesOf(type).files.flatMap(({ slug }) => {
    const place = placeOf(content, `${folder}/${slug}.${type.format}`);
    return (place && readPlace(place)) ?? [];
  });
}

/** Every upload, newest first. */
export function listUploads({ uploadsDir }: Pick<Content, 'uploadsDir'>): StoredMedia[] {
  if (!existsSync(uploadsDir)) return [];
  return readdirSync(uploadsDir, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.name.startsWith('.'))
    .map((item) => {
      const file = join(item.parentPath, item.name);
      const { size, mtimeMs } = statSync(file);
      return { path: `uploads/${relative(uploadsDir, file).replaceAll('\\', '/')}`, size, mtimeMs };
    })
    .sort((a, b) => b.mtimeMs - a.mtimeMs || a.path.localeCompare(b.path))
    .map(({ path, size }) => ({ path, size }));
}
