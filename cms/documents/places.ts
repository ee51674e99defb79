import { lstatSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { PICTURE_EXTENSIONS, ATTACHMENT_EXTENSIONS, MAP_EXTENSIONS } from '../../src/model/uploads.ts';
import { type Content, listSchema } from '../../src/store/index.ts';
import { explainSlug } from '../../src/model/slug.ts';
import type { ContentType, ReferenceList } from '../../src/model/type.ts';
import { listNamed, settingsFiles, typeNamed } from '../../src/types/index.ts';
import type { FileFormat } from './format.ts';

/** The files that the editor may read and write: entries, data files and uploads. */

/** A content file, existing or not. */
export interface Place {
  /** The content that it is in. */
  content: Content;
  /** Path in the content repository, `content/<type>/<slug>.mdx`. */
  path: string;
  /** Absolute path on this machine. */
  file: string;
  format: FileFormat;
  schema: z.ZodType;
  /** Name of the content type, list or settings file. */
  kind: string;
  /** The content type, for entries. */
  type: ContentType | undefined;
  list: ReferenceList | undefined;
  slug: string;
}

/** The file at a path; undefined when the editor may not access it. */
export function placeOf(content: Content, path: string): Place | undefined {
  const [, folder = '', slug = '', extension = ''] =
    /^content\/([\w-]+)\/([\w-]+)\.(mdx|yaml)$/.exec(path) ?? [];
  if (explainSlug(slug)) return undefined;
  if (folder === 'data' && extension === 'yaml') return dataPlace(content, path, slug);
  const type = typeNamed(folder);
  if (!type || type.format !== extension) return undefined;
  const file = join(content.contentDir, type.name, `${slug}.${type.format}`);
  const { format, schema, name: kind } = type;
  return isPlain(file, content.contentDir)
    ? { content, path, file, format, schema, kind, type, list: undefined, slug }
    : undefined;
}

function dataPlace(content: Content, path: string, name: string): Place | undefined {
  const list = listNamed(name);
  const settings = settingsFiles.find((item) => item.name === name);
  const schema = list ? listSchema(list) : settings?.schema;
  const file = content.dataFile(name);
  if (!schema || !isPlain(file, content.contentDir)) return undefined;
  return { content, path, file, format: 'yaml', schema, kind: name, type: undefined, list, slug: name };
}

/** `<type>/<slug>` of an entry's path: its review record and its draft refs are named by it. */
export const stemOf = (path: string): string => path.replace(/^content\//, '').replace(/\.\w+$/, '');

/** The file of a stem in the format of its type. */
export const placeOfStem = (content: Content, stem: string): Place | undefined =>
  placeOf(content, `content/${stem}.mdx`) ?? placeOf(content, `content/${stem}.yaml`);

/** Path of an entry's review record: `reviews/<type>/<slug>.json`. */
export const recordPath = (path: string): string => `reviews/${stemOf(path)}.json`;

const EXTENSIONS = [...PICTURE_EXTENSIONS, ...ATTACHMENT_EXTENSIONS, ...MAP_EXTENSIONS].join('|');
const UPLOAD = new RegExp(`^uploads/(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9._-]*\\.(${EXTENSIONS})$`);

/** Absolute path of an upload; undefined when its name is not allowed. */
export function uploadPlace(content: Content, path: string): { file: string; extension: string } | undefined {
  const extension = UPLOAD.exec(path)?.[1];
  const file = join(content.uploadsDir, path.slice('uploads/'.length));
  return extension && !path.includes('..') && isPlain(file, content.uploadsDir)
    ? { file, extension }
    : undefined;
}

/** Whether no part of the path below `root` is a symbolic link, which could lead out of it. */
function isPlain(file: string, root: string): boolean {
  const parts = relative(root, file).split(sep);
  if (parts[0] === '..' || parts.length === 0) return false;
  let at = root;
  for (const part of parts) {
    at = join(at, part);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) return false;
  }
  return true;
}
