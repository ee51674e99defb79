import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { bodyVersion } from '../body/index.ts';
import type { Problem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { codeVersion } from '../runtime/code-version.ts';
import type { Recorder } from '../runtime/reads.ts';
import { readKept, writeKept } from '../runtime/kept-file.ts';
import { type Bodies, uploadsIn } from './bodies.ts';
import type { ContentFile, ContentFiles } from './files.ts';
import type { ContentFolders } from './folders.ts';

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

export interface EntriesReading<Data = Record<string, unknown>> {
  entries: StoredEntry<Data>[];
  problems: Problem[];
}

export interface Entries {
  /**
   * Every entry of a type, in the order of their slugs, and what is wrong with the files that were read now. An entry
   * with errors is left out; it never stops the others.
   */
  entries: <S extends z.ZodObject>(type: ContentType<S>) => EntriesReading<z.output<S>>;
  /**
   * Takes what is kept of these types into memory, for a process that has time now and none later. No content is read: an
   * entry is still used only while its file is the one that it was read from.
   */
  preload: (types: readonly ContentType[]) => void;
  /** From now on every type is read once: a build sees one state of the content. */
  freeze: () => void;
  /**
   * Shows an entry as it is not saved yet, instead of the one of that slug or as one more.
   *
   * @param entry with the digest of a body that is compiled or held (`bodies.ts`)
   */
  showDraft: (type: ContentType, entry: StoredEntry) => void;
  /** Takes `showDraft` back: the type is read again when it is asked for. */
  showSaved: (type: ContentType) => void;
}

export function openEntries(
  { cacheDir, basePath }: Pick<ContentFolders, 'cacheDir' | 'basePath'>,
  { recorder, files, bodies }: { recorder: Recorder; files: ContentFiles; bodies: Bodies },
): Entries {
  const folder = join(cacheDir, 'entries');
  const fileOf = (type: ContentType) => join(folder, `${type.name}.json`);
  let preloaded: Map<string, Map<string, Kept>> | undefined;
  let frozen: Map<string, EntriesReading> | undefined;

  function stampOf({ path }: ContentFile, uploads: readonly string[]): string {
    const { mtimeMs, size } = statSync(path);
    return [path, mtimeMs, size, bodyVersion, basePath, ...uploads.map(bodies.uploadStamp)].join(':');
  }

  function keptOf(type: ContentType): Map<string, Kept> {
    const loaded = preloaded?.get(type.name);
    if (loaded) return loaded;
    const bytes = readKept(fileOf(type));
    if (!bytes) return new Map();
    const kept = JSON.parse(bytes.toString()) as { version: string; entries: Kept[] };
    return new Map(kept.version === codeVersion() ? kept.entries.map((entry) => [entry.id, entry]) : []);
  }

  function readType(type: ContentType): EntriesReading {
    const { files: found, problems } = files.filesOf(type);
    const before = keptOf(type);
    let isChanged = before.size !== found.length;
    const entries: Kept[] = [];
    for (const file of found) {
      const kept = before.get(file.slug);
      if (kept && kept.stamp === stampOf(file, kept.uploads) && bodies.isCompiled(kept.digest)) {
        entries.push(kept);
        bodies.noteSource(kept.digest, () => files.readFile(type, file).body);
        continue;
      }
      const entry = files.readFile(type, file);
      problems.push(...entry.problems);
      if (!entry.data) continue;
      isChanged = true;
      const digest = bodies.digestOf(entry.body);
      for (const problem of bodies.compileBody(entry.body, digest).problems)
        problems.push({
          ...problem,
          file: files.shownPath(file.path),
          line: (problem.line ?? 1) + entry.bodyLine - 1,
        });
      const uploads = uploadsIn(entry.body);
      // Through JSON, so that an entry is the same on the day that it is read and on the day that it is kept.
      const data = JSON.parse(JSON.stringify(entry.data)) as Record<string, unknown>;
      entries.push({ id: file.slug, data, digest, stamp: stampOf(file, uploads), uploads });
    }
    if (isChanged) writeKept(fileOf(type), JSON.stringify({ version: codeVersion(), entries }));
    return { entries, problems };
  }

  return {
    entries<S extends z.ZodObject>(type: ContentType<S>) {
      recorder.record(`entries:${type.name}`);
      const reading = frozen?.get(type.name) ?? readType(type);
      frozen?.set(type.name, reading);
      return reading as EntriesReading<z.output<S>>;
    },
    preload(types) {
      preloaded = new Map(types.map((type) => [type.name, keptOf(type)]));
    },
    freeze() {
      frozen = new Map();
    },
    showDraft(type, entry) {
      frozen ??= new Map();
      const { entries, problems } = frozen.get(type.name) ?? readType(type);
      const others = entries.filter(({ id }) => id !== entry.id);
      const shown = [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1));
      frozen.set(type.name, { entries: shown, problems });
      recorder.change(`entries:${type.name}`);
    },
    showSaved(type) {
      frozen?.delete(type.name);
      recorder.change(`entries:${type.name}`);
    },
  };
}
