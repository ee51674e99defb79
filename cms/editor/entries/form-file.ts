import type { Map as ImmutableMap } from 'immutable';
import { parseEntry, stringifyEntry } from '../../documents/entry-format.ts';
import { SLUG_FIELD, titleFieldOf } from '../../documents/names.ts';
import { fileTypeOfPath, typeOfPath } from './content-paths.ts';

/** An entry of the form as the file that saving it would write, and back. */

export interface FormFile {
  /** Content type, or `data` for lists and settings. */
  folder: string;
  /** A new entry has the path that its type gives. */
  path: string;
  isNew: boolean;
  text: string;
  title: string;
  /** Slug typed for a new entry. */
  slug: string;
}

type Data = Record<string, unknown>;

/** The file of a draft's `entry`. */
export function fileOf(entry: ImmutableMap<string, unknown>): FormFile {
  const data = (entry.get('data') as { toJS?: () => Data } | undefined)?.toJS?.() ?? {};
  const folder = String(entry.get('collection') ?? '');
  const slug = String(data[SLUG_FIELD] ?? '');
  const extension = typeOfPath(`content/${folder}/new.mdx`)?.format;
  const saved = String(entry.get('path') || '');
  const path = saved || `content/${folder}/${slug || 'new'}.${extension}`;
  const { format, schema } = fileTypeOfPath(path);
  return {
    folder,
    path,
    isNew: saved === '',
    text: stringifyEntry(data, format, schema),
    title: String(data[titleFieldOf(schema)] ?? entry.get('label') ?? ''),
    slug,
  };
}

/** The data that a form shows for a file. */
export function dataOf(folder: string, path: string | undefined, text: string, slug: string): Data {
  const { format, schema } = fileTypeOfPath(
    path ?? `content/${folder}/new.${typeOfPath(`content/${folder}/new.mdx`)?.format}`,
  );
  const data = parseEntry(text, format, schema) as Data;
  return slug ? { ...data, [SLUG_FIELD]: slug } : data;
}
