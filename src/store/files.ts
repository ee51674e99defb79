import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { type Entry, readEntry } from '../model/entry.ts';
import type { Problem } from '../model/problems.ts';
import { explainSlug } from '../model/slug.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../model/type.ts';
import { contentDir } from './folders.ts';
import { noteRead } from '../runtime/reads.ts';

/** Reading the content folder, without Astro: shared by the loader, the check and the scripts. */

/**
 * A file's path as problems show it, `/` separated: from the project root, or `content/…` wherever the content of a
 * server lies.
 */
export function shownPath(file: string): string {
  const from = basename(contentDir) === 'content' ? dirname(contentDir) : resolve('.');
  return relative(from, file).replaceAll('\\', '/');
}

/** A file of a content type: where it is and which entry it makes. */
export interface ContentFile {
  path: string;
  slug: string;
}

/** Lists the files of a type; a file whose name cannot be an address is a problem and left out. */
export function filesOf(type: ContentType): { files: ContentFile[]; problems: Problem[] } {
  const folder = join(contentDir, type.name);
  const problems: Problem[] = [];
  const files: ContentFile[] = [];
  if (!existsSync(folder)) return { files, problems };
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    if (item.name.startsWith('.') || item.name.startsWith('_')) continue;
    const path = join(folder, item.name);
    const [, slug = '', extension] = /^(.+)\.([^.]+)$/.exec(item.name) ?? [];
    const why = explainSlug(slug);
    const refuse = (message: string) => problems.push({ severity: 'error', file: shownPath(path), message });
    if (!item.isFile() || extension !== type.format)
      refuse(`不是「${type.label}」的文件，应当是 网址名.${type.format}`);
    else if (why) refuse(`文件名${why}（它就是网址），请改名`);
    else files.push({ path, slug });
  }
  files.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return { files, problems };
}

/** Reads one entry of a type. */
export function readContentFile<S extends z.ZodObject>(
  type: ContentType<S>,
  file: ContentFile,
): Entry<z.output<S>> {
  return readEntry(type.schema, shownPath(file.path), readFileSync(file.path, 'utf8'), type.format);
}

/** The file that holds a reference list or settings. */
export const dataFile = (name: string) => join(contentDir, 'data', `${name}.yaml`);

/** The schema of a list's file: `items: [...]`, ids unique. */
export const listSchema = <S extends z.ZodObject>(list: ReferenceList<S>) =>
  z.strictObject({
    items: z.array(list.item).superRefine((items, context) => {
      const seen = new Set<unknown>();
      for (const [index, item] of items.entries()) {
        const id = (item as { id?: unknown }).id;
        if (seen.has(id))
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: `「${String(id)}」写了两次，请改一个`,
          });
        seen.add(id);
      }
    }),
  });

/** Items of a reference list; bad items are problems and left out, the others stay. */
export function readList<S extends z.ZodObject>(list: ReferenceList<S>) {
  noteRead(`data:${list.name}`);
  const path = dataFile(list.name);
  if (!existsSync(path)) return { items: [] as z.output<S>[], problems: [] as Problem[], entry: undefined };
  const source = readFileSync(path, 'utf8');
  const strict = readEntry(listSchema(list), shownPath(path), source, 'yaml');
  if (strict.data) return { items: strict.data.items as z.output<S>[], problems: [], entry: strict };
  const loose = readEntry(z.object({ items: z.array(z.unknown()) }), shownPath(path), source, 'yaml');
  const items = (loose.data?.items ?? []).flatMap((item) => {
    const parsed = list.item.safeParse(item);
    return parsed.success ? [parsed.data as z.output<S>] : [];
  });
  return { items, problems: strict.problems, entry: undefined };
}

/** Settings; with errors or without a file, `undefined` beside the problems. */
export function readSettings<S extends z.ZodObject>(settings: SettingsFile<S>) {
  noteRead(`data:${settings.name}`);
  const path = dataFile(settings.name);
  if (!existsSync(path)) return { data: undefined, problems: [] as Problem[] };
  return readEntry(settings.schema, shownPath(path), readFileSync(path, 'utf8'), 'yaml');
}
