import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { decodeText } from '../model/decode.ts';
import type { FileFormat } from '../model/document.ts';
import { type Entry, readEntry } from '../model/entry.ts';
import type { Problem } from '../model/problems.ts';
import { explainSlug } from '../model/slug.ts';
import { takenNames } from '../model/taken-names.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../model/type.ts';
import type { Recorder } from '../runtime/reads.ts';
import { routeFiles } from '../runtime/route-files.ts';

/** The files of a content folder, read without Astro. */

/** A file of a content type: where it is and which entry it makes. */
export interface ContentFile {
  path: string;
  slug: string;
}

/** What a reference list holds. */
export interface ListReading<Item> {
  /** In the editors' order. */
  items: Item[];
  problems: Problem[];
  /** The whole file; undefined when not all of it is right, or there is none. */
  entry: Entry | undefined;
}

/** What a settings file holds; with errors or without a file, `data` is undefined. */
export type SettingsReading<Data> = Entry<Data> | { data: undefined; problems: Problem[] };

export interface ContentFiles {
  /**
   * A file's path as problems show it, `/` separated: from the project root, or `content/…` wherever the content of a
   * server lies.
   */
  shownPath: (file: string) => string;
  /** The files of a type; a file whose name cannot be an address is a problem and left out. */
  filesOf: (type: ContentType) => { files: ContentFile[]; problems: Problem[] };
  readFile: <S extends z.ZodObject>(type: ContentType<S>, file: ContentFile) => Entry<z.output<S>>;
  /** The file that holds a reference list or settings. */
  dataFile: (name: string) => string;
  /** Items of a reference list; bad items are problems and left out, the others stay. */
  list: <S extends z.ZodObject>(list: ReferenceList<S>) => ListReading<z.output<S>>;
  settings: <S extends z.ZodObject>(settings: SettingsFile<S>) => SettingsReading<z.output<S>>;
  /** Shows settings as they are not saved yet; undefined shows the saved ones again. */
  showSettings: <S extends z.ZodObject>(settings: SettingsFile<S>, data: z.output<S> | undefined) => void;
}

/** What Windows, Office and text editors leave in a folder. */
const OF_PROGRAMS =
  /^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|~\$.*|.*~|.*\.(?:tmp|swp|part|crdownload))$/i;

export function openFiles({
  contentDir,
  recorder,
}: {
  contentDir: string;
  recorder: Recorder;
}): ContentFiles {
  const from = basename(contentDir) === 'content' ? dirname(contentDir) : resolve('.');
  const shownPath = (file: string) => relative(from, file).replaceAll('\\', '/');
  const dataFile = (name: string) => join(contentDir, 'data', `${name}.yaml`);

  function filesOf(type: ContentType): { files: ContentFile[]; problems: Problem[] } {
    const folder = join(contentDir, type.name);
    const explainTaken = takenNames(type.address, routeFiles());
    const problems: Problem[] = [];
    const files: ContentFile[] = [];
    if (!existsSync(folder)) return { files, problems };
    for (const item of readdirSync(folder, { withFileTypes: true })) {
      if (item.name.startsWith('.') || item.name.startsWith('_') || OF_PROGRAMS.test(item.name)) continue;
      const path = join(folder, item.name);
      const [, slug = '', extension] = /^(.+)\.([^.]+)$/.exec(item.name) ?? [];
      const why = explainSlug(slug) ?? explainTaken(slug);
      const refuse = (message: string) =>
        problems.push({ severity: 'error', file: shownPath(path), message });
      if (!item.isFile() || extension !== type.format)
        refuse(`不是「${type.label}」的文件，应当是 网址名.${type.format}`);
      else if (why) refuse(`文件名${why}（它就是网址），请改名`);
      else files.push({ path, slug });
    }
    files.sort((a, b) => (a.slug < b.slug ? -1 : 1));
    return { files, problems };
  }

  function read<S extends z.ZodType>(schema: S, path: string, format: FileFormat): Entry<z.output<S>> {
    const { text, notice } = decodeText(readFileSync(path));
    const file = shownPath(path);
    const entry = text === undefined ? unreadable<z.output<S>>() : readEntry(schema, file, text, format);
    if (notice)
      entry.problems.unshift({
        severity: text === undefined ? 'error' : 'warning',
        file,
        line: 1,
        message: notice,
      });
    return entry;
  }

  const readFile = <S extends z.ZodObject>(type: ContentType<S>, { path }: ContentFile) =>
    read(type.schema, path, type.format);

  function list<S extends z.ZodObject>(list: ReferenceList<S>): ListReading<z.output<S>> {
    recorder.record(`data:${list.name}`);
    const path = dataFile(list.name);
    if (!existsSync(path)) return { items: [], problems: [], entry: undefined };
    const strict = read(listSchema(list), path, 'yaml');
    if (strict.data)
      return { items: strict.data.items as z.output<S>[], problems: strict.problems, entry: strict };
    const loose = read(z.object({ items: z.array(z.unknown()) }), path, 'yaml');
    const items = (loose.data?.items ?? []).flatMap((item) => {
      const parsed = list.item.safeParse(item);
      return parsed.success ? [parsed.data as z.output<S>] : [];
    });
    return { items, problems: strict.problems, entry: undefined };
  }

  const shown = new Map<string, Record<string, unknown>>();

  function showSettings<S extends z.ZodObject>({ name }: SettingsFile<S>, data: z.output<S> | undefined) {
    if (!data && !shown.has(name)) return;
    if (data) shown.set(name, data);
    else shown.delete(name);
    recorder.change(`data:${name}`);
  }

  function settings<S extends z.ZodObject>(settings: SettingsFile<S>): SettingsReading<z.output<S>> {
    recorder.record(`data:${settings.name}`);
    const draft = shown.get(settings.name);
    if (draft) return { ...unreadable<z.output<S>>(), data: draft as z.output<S> };
    const path = dataFile(settings.name);
    if (!existsSync(path)) return { data: undefined, problems: [] };
    return read(settings.schema, path, 'yaml');
  }

  return { shownPath, filesOf, readFile, dataFile, list, settings, showSettings };
}

/** An entry of which nothing could be read. */
const unreadable = <Data>(): Entry<Data> => ({
  data: undefined,
  written: {},
  body: '',
  bodyLine: 1,
  problems: [],
  lineOf: () => undefined,
});

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
