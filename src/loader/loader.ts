import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Loader } from 'astro/loaders';
import { z } from 'zod';
import { bodyVersion } from '../body/index.ts';
import { formatProblem, type Problem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { compileBody, digestOf, readBody, uploadsIn, uploadStamp } from './bodies.ts';
import { type ContentFile, filesOf, readContentFile, shownPath } from './files.ts';
import { contentDir } from './folders.ts';

/** Changes with a type's fields: entries kept from before a field was added would lack its default. */
const fieldsVersion = (type: ContentType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(type.schema, { unrepresentable: 'any' })))
    .digest('base64url')
    .slice(0, 12);

/** Changes with the file, with the type's fields, with the renderer, and with the uploads that the body shows. */
function stampOf({ path }: ContentFile, fields: string, uploads: readonly string[] = []): string {
  const { mtimeMs, size } = statSync(path);
  return [path, mtimeMs, size, fields, bodyVersion, ...uploads.map(uploadStamp)].join(':');
}

/**
 * Astro content loader for one type. Files that are unchanged, and whose pictures are, are not read again; the
 * data store holds `{ id, data, digest }` only, the compiled body lies in the cache (see `bodies.ts`). An entry with
 * errors is left out and reported; it never stops the others.
 */
export function contentLoader(type: ContentType): Loader {
  const fields = fieldsVersion(type);
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
        const known = store.get(file.slug);
        const shown = meta.get(`uploads of ${file.slug}`)?.split(' ').filter(Boolean);
        if (known && meta.get(file.slug) === stampOf(file, fields, shown) && readBody(known.digest as string))
          return [];
        const entry = readContentFile(type, file);
        if (!entry.data) {
          store.delete(file.slug);
          meta.delete(file.slug);
          return entry.problems;
        }
        const digest = digestOf(entry.body);
        const body = compileBody(entry.body, digest);
        // `set` does nothing when the digest is the known one, and this one is the body's: a new title would be lost.
        store.delete(file.slug);
        store.set({ id: file.slug, data: entry.data, digest });
        const uploads = uploadsIn(entry.body);
        meta.set(`uploads of ${file.slug}`, uploads.join(' '));
        meta.set(file.slug, stampOf(file, fields, uploads));
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
