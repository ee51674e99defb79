import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../store/written-out.ts';

/**
 * What is known of a release's pages, in `pages.json` beside its `site` folder: by which templates they were made, and
 * the key of each (see `src/loader/page-key.ts`). A page whose key is the same is the same.
 */

const pages = z.object({
  /** Id of the templates, see `templates.ts`. */
  templates: z.string(),
  /** Path of the file in the site → its page's key; pages without a key are made anew each time. */
  keys: z.record(z.string(), z.string()),
});

export type Pages = z.output<typeof pages>;

const fileBeside = (site: string) => join(dirname(site), 'pages.json');

/** What was kept of the release with this `site` folder; undefined when nothing usable was. */
export function readPages(site: string): Pages | undefined {
  try {
    return pages.safeParse(JSON.parse(readFileSync(fileBeside(site), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export const writePages = (site: string, value: Pages): void =>
  writeWhole(fileBeside(site), JSON.stringify(value));

/** A page to be made: an address as Astro gives it, with its route. */
export interface StaticPath {
  pathname: string;
  route: { type: string; component: string };
  cacheKey?: string | undefined;
}

/** File of a page in the site, as Astro names it for `build.format: 'directory'`. */
export function fileOf({ pathname, route }: StaticPath): string {
  const name = pathname.replace(/^\/+|\/+$/g, '');
  if (route.type === 'endpoint') return name;
  if (name === '404' || name === '500') return `${name}.html`;
  return name ? `${name}/index.html` : 'index.html';
}

/** Each address once: Astro gives it to the first route that wants it. */
export function firstOfEach<Path extends StaticPath>(paths: readonly Path[]): Path[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const address = path.pathname.replace(/\/$/, '');
    if (seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}

/** Keys by file, of the pages that have one. */
export const keysOf = (paths: readonly StaticPath[]): Pages['keys'] =>
  Object.fromEntries(
    firstOfEach(paths).flatMap((path) =>
      path.cacheKey === undefined ? [] : [[fileOf(path), path.cacheKey]],
    ),
  );
