import { statSync } from 'node:fs';
import type { Loader } from 'astro/loaders';
import { bodyVersion } from '../body/index.ts';
import { formatProblem, type Problem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { compileBody, digestOf, readBody } from './bodies.ts';
import { type ContentFile, filesOf, readContentFile, shownPath } from './files.ts';
import { contentDir } from './folders.ts';

/**
 * Astro content loader for one type. Unchanged files (by mtime, size and renderer version) are not read again; the
 * data store holds `{ id, data, digest }` only, the compiled body lies in the cache (see `bodies.ts`). An entry with
 * errors is left out and reported; it never stops the others.
 */
export function contentLoader(type: ContentType): Loader {
  return {
    name: `content-${type.name}`,
    async load({ store, meta, logger, watcher }) {
      const sync = () => {
        const { files, problems } = filesOf(type);
        const kept = new Set(files.map((file) => file.slug));
        for (const id of store.keys()) if (!kept.has(id)) store.delete(id);
        for (const file of files) problems.push(...syncFile(file));
        for (const problem of problems)
          logger[problem.severity === 'error' ? 'error' : 'warn'](formatProblem(problem));
      };

      const syncFile = (file: ContentFile): Problem[] => {
        const { mtimeMs, size } = statSync(file.path);
        const stamp = `${file.path}:${mtimeMs}:${size}:${bodyVersion}`;
        const known = store.get(file.slug);
        if (known && meta.get(file.slug) === stamp && readBody(known.digest as string)) return [];
        const entry = readContentFile(type, file);
        if (!entry.data) {
          store.delete(file.slug);
          meta.delete(file.slug);
          return entry.problems;
        }
        const digest = digestOf(entry.body);
        const body = compileBody(entry.body, digest);
        store.set({ id: file.slug, data: entry.data, digest });
        meta.set(file.slug, stamp);
        return [
          ...entry.problems,
          ...body.problems.map((problem) => ({
            ...problem,
            file: shownPath(file.path),
            line: (problem.line ?? 1) + entry.bodyLine - 1,
          })),
        ];
      };

      sync();
      watcher?.add(contentDir);
      watcher?.on('all', (_event, path) => {
        if (path.startsWith(`${contentDir}/${type.name}/`)) sync();
      });
    },
  };
}
