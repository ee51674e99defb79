import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { bodyVersion } from '../body/index.ts';
import type { Problem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { types } from '../types/index.ts';
import { compileBody, digestOf, isCompiled, uploadsIn, uploadStamp } from './bodies.ts';
import { codeVersion } from '../runtime/code-version.ts';
import { type ContentFile, filesOf, readContentFile, shownPath } from './files.ts';
import { basePath, cacheDir } from './folders.ts';
import { noteChange, noteRead } from '../runtime/reads.ts';
import { writeWhole } from '../runtime/write-atomically.ts';

/**
 * The entries of a content type, read once and kept in `cacheDir/entries/<type>.json`: a file that is unchanged, and
 * whose pictures are, is not read again. Without Astro, so that site, search index and publishing server read the same.
 */

/** An entry as it is kept; the compiled body lies in the cache under `digest` (see `bodies.ts`). */
export interface StoredEntry<Data = Record<string, unknown>> {
  id: string;
  data: Data;
  digest: string;
}

interface Kept extends StoredEntry {
  /** Changes with the file, with the renderer, with the base path of its links, and with the uploads that the body shows. */
  stamp: string;
  uploads: string[];
}

const folder = join(cacheDir, 'entries');

function stampOf({ path }: ContentFile, uploads: readonly string[]): string {
  const { mtimeMs, size } = statSync(path);
  return [path, mtimeMs, size, bodyVersion, basePath, ...uploads.map(uploadStamp)].join(':');
}

/** One for the process: templates bring a copy of this module along. */
const KEPT = Symbol.for('portal.entries.kept');
const READ_ONCE = Symbol.for('portal.entries');
const shared = globalThis as { [KEPT]?: Map<string, Map<string, Kept>>; [READ_ONCE]?: Map<string, Reading> };

/**
 * Takes what is kept of every type into memory, for a process that has time now and none later. No content is read: an
 * entry is still used only while its file is the one that it was read from.
 */
export function recallEntries(): void {
  shared[KEPT] = new Map(types.map((type) => [type.name, readKept(type)]));
}

function readKept(type: ContentType): Map<string, Kept> {
  const known = shared[KEPT]?.get(type.name);
  if (known) return known;
  try {
    const kept = JSON.parse(readFileSync(join(folder, `${type.name}.json`), 'utf8')) as {
      version: string;
      entries: Kept[];
    };
    return new Map(kept.version === codeVersion() ? kept.entries.map((entry) => [entry.id, entry]) : []);
  } catch {
    return new Map();
  }
}

const keep = (type: ContentType, entries: readonly Kept[]): void =>
  writeWhole(join(folder, `${type.name}.json`), JSON.stringify({ version: codeVersion(), entries }));

interface Reading<Data = Record<string, unknown>> {
  entries: StoredEntry<Data>[];
  problems: Problem[];
}

/** From now on this process reads every type once: a build sees one state of the content, whoever asks. */
export function readEachTypeOnce(): void {
  shared[READ_ONCE] = new Map();
}

/**
 * Lets this process read an entry as it is not saved yet, instead of the one of that slug or beside the others.
 *
 * @param entry with the digest of a body that is compiled or held (`bodies.ts`)
 */
export function showEntry(type: ContentType, entry: StoredEntry): void {
  shared[READ_ONCE] ??= new Map();
  const once = shared[READ_ONCE];
  const { entries, problems } = once.get(type.name) ?? readFolder(type);
  const others = entries.filter(({ id }) => id !== entry.id);
  const shown = [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1));
  once.set(type.name, { entries: shown, problems });
  noteChange(`entries:${type.name}`);
}

/** Takes `showEntry` back: the type is read anew when it is asked for. */
export function showSaved(type: ContentType): void {
  shared[READ_ONCE]?.delete(type.name);
  noteChange(`entries:${type.name}`);
}

/**
 * Every entry of a type, in the order of their slugs, and what is wrong with the files that were read anew. An entry
 * with errors is left out; it never stops the others.
 */
export function readEntries<S extends z.ZodObject>(type: ContentType<S>): Reading<z.output<S>> {
  noteRead(`entries:${type.name}`);
  const once = shared[READ_ONCE];
  const known = once?.get(type.name) ?? readFolder(type);
  once?.set(type.name, known);
  return known as Reading<z.output<S>>;
}

function readFolder(type: ContentType): Reading {
  const { files, problems } = filesOf(type);
  const before = readKept(type);
  let isChanged = before.size !== files.length;
  const entries: Kept[] = [];
  for (const file of files) {
    const known = before.get(file.slug);
    if (known && known.stamp === stampOf(file, known.uploads) && isCompiled(known.digest)) {
      entries.push(known);
      continue;
    }
    const entry = readContentFile(type, file);
    problems.push(...entry.problems);
    if (!entry.data) continue;
    isChanged = true;
    const digest = digestOf(entry.body);
    const body = compileBody(entry.body, digest);
    for (const problem of body.problems)
      problems.push({
        ...problem,
        file: shownPath(file.path),
        line: (problem.line ?? 1) + entry.bodyLine - 1,
      });
    const uploads = uploadsIn(entry.body);
    // Through JSON, so that an entry is the same on the day that it is read and on the day that it is kept.
    const data = JSON.parse(JSON.stringify(entry.data)) as Record<string, unknown>;
    entries.push({ id: file.slug, data, digest, stamp: stampOf(file, uploads), uploads });
  }
  if (isChanged) keep(type, entries);
  return { entries, problems };
}
