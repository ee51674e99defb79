import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Content, listSchema } from '../store/index.ts';
import type { Body } from '../body/index.ts';
import type { Entry } from '../model/entry.ts';
import type { Problem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { lists, settingsFiles, types } from '../types/index.ts';

/** One file that could be read, with what the rules need to point at its lines. */
export interface CheckedFile {
  /** Name of the content type, reference list or settings file. */
  kind: string;
  /** The content type, for entries. */
  type: ContentType | undefined;
  slug: string;
  file: string;
  schema: z.ZodType;
  data: Record<string, unknown>;
  entry: Entry;
  /** Rendered body; empty for data files. */
  rendered: Body | undefined;
}

/** The whole content folder. */
export interface Corpus {
  /** Where its files lie, and how they are read. */
  content: Content;
  files: CheckedFile[];
  /** Files whose fields have errors, with `data` as it is written: only rules about words may look at them. */
  broken: CheckedFile[];
  /** Slugs and ids by type or list; entries with errors count as existing. */
  slugs: Map<string, Set<string>>;
  /** Problems found while reading: front matter, fields, bodies. */
  problems: Problem[];
}

/** Reads and renders everything under the content folder. */
export function readCorpus(content: Content): Corpus {
  const corpus: Corpus = { content, files: [], broken: [], slugs: new Map(), problems: [] };
  for (const type of types) readType(type, corpus);
  for (const list of lists) {
    const { items, problems, entry } = content.list(list);
    corpus.problems.push(...problems);
    corpus.slugs.set(list.name, new Set(items.map((item) => String(item.id))));
    if (entry) addData(corpus, list.name, listSchema(list), entry);
  }
  for (const settings of settingsFiles) {
    const read = content.settings(settings);
    corpus.problems.push(...read.problems);
    if ('lineOf' in read) addData(corpus, settings.name, settings.schema, read);
  }
  corpus.problems.push(...strayFiles(content));
  return corpus;
}

function addData(corpus: Corpus, name: string, schema: z.ZodType, entry: Entry) {
  const { shownPath, dataFile } = corpus.content;
  const file = shownPath(dataFile(name));
  add(corpus, { kind: name, type: undefined, slug: name, file, schema, entry, rendered: undefined });
}

function add(corpus: Corpus, checked: Omit<CheckedFile, 'data'>) {
  const { data, written } = checked.entry;
  if (data) corpus.files.push({ ...checked, data });
  else corpus.broken.push({ ...checked, data: written });
}

function readType(type: ContentType, corpus: Corpus) {
  const { content } = corpus;
  const { files, problems } = content.filesOf(type);
  corpus.problems.push(...problems);
  corpus.slugs.set(type.name, new Set(files.map((file) => file.slug)));
  for (const { slug, path } of files) {
    const entry = content.readFile(type, { slug, path });
    const file = content.shownPath(path);
    corpus.problems.push(...entry.problems);
    const rendered = type.format === 'mdx' ? content.compileBody(entry.body) : undefined;
    for (const problem of rendered?.problems ?? [])
      corpus.problems.push({ ...problem, file, line: (problem.line ?? 1) + entry.bodyLine - 1 });
    add(corpus, { kind: type.name, type, slug, file, schema: type.schema, entry, rendered });
  }
}

/** Folders and data files that nothing reads: most often a misspelt name. */
function strayFiles({ contentDir, shownPath }: Content): Problem[] {
  if (!existsSync(contentDir)) return [];
  const folders = new Set([...types.map((type) => type.name as string), 'data', 'uploads']);
  const data = new Set([...lists, ...settingsFiles].map((list) => `${list.name}.yaml`));
  const stray = (path: string): Problem => ({
    severity: 'warning',
    file: shownPath(path),
    message: '没有哪一类内容用到它，请检查名称或删去',
  });
  const found = readdirSync(contentDir, { withFileTypes: true })
    .filter((item) => item.isDirectory() && !item.name.startsWith('.') && !folders.has(item.name))
    .map((item) => item.name);
  const dataFolder = join(contentDir, 'data');
  const strayData = existsSync(dataFolder)
    ? readdirSync(dataFolder).filter((name) => !name.startsWith('.') && !data.has(name))
    : [];
  return [
    ...found.map((name) => stray(join(contentDir, name))),
    ...strayData.map((name) => stray(join(dataFolder, name))),
  ];
}

/** Findings of one rule that are reported for one file: a pasted address book has thousands. */
const MAX_FINDINGS = 50;

/** So many findings of a file say what may have been meant: each guess looks at every slug that there is. */
export const MAX_GUESSES = 5;

/** The first findings of a rule in one file, and a word when there are more; those are not even looked for. */
export function firstOf(findings: Iterable<Problem>): Problem[] {
  const told: Problem[] = [];
  for (const problem of findings) {
    if (told.length === MAX_FINDINGS) {
      const message = '这样的问题还有，没有全部列出；请先改好列出的这些';
      return [...told, { ...problem, field: undefined, message }];
    }
    told.push(problem);
  }
  return told;
}

const lineEnds = new WeakMap<Entry, number[]>();

/** Offsets of the body's line feeds. */
function lineEndsOf(entry: Entry): number[] {
  const known = lineEnds.get(entry) ?? [...entry.body.matchAll(/\n/g)].map(({ index }) => index);
  lineEnds.set(entry, known);
  return known;
}

/** Line of the file on which an offset of the body lies. */
export function bodyLineAt({ entry }: CheckedFile, offset: number): number {
  const ends = lineEndsOf(entry);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return entry.bodyLine + low;
}

/** The first line of the file whose body holds `needle`. */
export const bodyLineOf = (checked: CheckedFile, needle: string): number =>
  bodyLineAt(checked, Math.max(0, checked.entry.body.indexOf(needle)));

/** Every text in the data with its path. */
export function* textsIn(
  value: unknown,
  path: PropertyKey[] = [],
): Generator<{ path: PropertyKey[]; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (value && typeof value === 'object')
    for (const [key, item] of Object.entries(value))
      yield* textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
}
