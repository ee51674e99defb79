import { lstatSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { PICTURE_EXTENSIONS, ATTACHMENT_EXTENSIONS, MAP_EXTENSIONS } from '../../src/model/uploads.ts';
import { type Content, listSchema } from '../../src/store/index.ts';
import { explainSlug } from '../../src/model/slug.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../src/model/type.ts';
import { lists, settingsFiles, typeNamed } from '../../src/types/index.ts';
import type { FileFormat } from './format.ts';

/** Which files the editor may read and write: entries, the data files, uploads; nothing else. */

/** A content file that may exist or be made. */
export interface Place {
  /** The content that it is in. */
  content: Content;
  /** As the editor names it, `content/<type>/<slug>.mdx`. */
  path: string;
  /** Where it is on this machine. */
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

/** The place that a path names, or undefined when the editor has no business there. */
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
  const list = (lists as readonly ReferenceList[]).find((item) => item.name === name);
  const settings = (settingsFiles as readonly SettingsFile[]).find((item) => item.name === name);
  const schema = list ? listSchema(list) : settings?.schema;
  const file = content.dataFile(name);
  if (!schema || !isPlain(file, content.contentDir)) return undefined;
  return { content, path, file, format: 'yaml', schema, kind: name, type: undefined, list, slug: name };
}

/** `<type>/<slug>` of an entry's path: under it lie its review record and its references. */
export const stemOf = (path: string): string => path.replace(/^content\//, '').replace(/\.\w+$/, '');

/** The place of a stem, whichever format its type has. */
export const placeOfStem = (content: Content, stem: string): Place | undefined =>
  placeOf(content, `content/${stem}.mdx`) ?? placeOf(content, `content/${stem}.yaml`);

/** Where the review record of an entry is: `reviews/<type>/<slug>.json`. */
export const recordPath = (path: string): string => `reviews/${stemOf(path)}.json`;

const EXTENSIONS = [...PICTURE_EXTENSIONS, ...ATTACHMENT_EXTENSIONS, ...MAP_EXTENSIONS].join('|');
const UPLOAD = new RegExp(`^uploads/(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9._-]*\\.(${EXTENSIONS})$`);

/** Where an upload is or goes, or undefined when its name is not one of those allowed. */
export function uploadPlace(content: Content, path: string): { file: string; extension: string } | undefined {
  const extension = UPLOAD.exec(path)?.[1];
  const file = join(content.uploadsDir, path.slice('uploads/'.length));
  return extension && !path.includes('..') && isPlain(file, content.uploadsDir)
    ? { file, extension }
    : undefined;
}

/** Whether nothing on the way from `root` to the file is a symbolic link: a link could lead anywhere. */
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
