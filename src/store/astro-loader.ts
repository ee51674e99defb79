import type { Loader } from 'astro/loaders';
import { formatProblem } from '../model/problems.ts';
import type { ContentType } from '../model/type.ts';
import { currentContent } from './current.ts';

/**
 * Astro content loader for one type: puts the entries (see `entries.ts`) into Astro's store, `{ id, data, digest }` only,
 * and reports what is wrong with their files.
 */
export function contentLoader(type: ContentType): Loader {
  return {
    name: `content-${type.name}`,
    async load({ store, logger, watcher }) {
      const { contentDir, entries: read } = currentContent();
      const sync = () => {
        const { entries, problems } = read(type);
        const ids = new Set(entries.map(({ id }) => id));
        for (const id of store.keys()) if (!ids.has(id)) store.delete(id);
        for (const { id, data, digest } of entries) {
          const known = store.get(id);
          if (known?.digest === digest && JSON.stringify(known.data) === JSON.stringify(data)) continue;
          // `set` does nothing when the digest is the known one, and this one is the body's: a new title would be lost.
          store.delete(id);
          store.set({ id, data, digest });
        }
        for (const problem of problems)
          logger[problem.severity === 'error' ? 'error' : 'warn'](formatProblem(problem));
      };

      sync();
      watcher?.add(contentDir);
      watcher?.on('all', (_event, path) => {
        if (path.startsWith(`${contentDir}/${type.name}/`)) sync();
      });
    },
  };
}
