import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Read } from '../../../../src/runtime/reads.ts';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';
import { fileOf, firstOfEach, type StaticPath } from '../templates/paths.ts';

/**
 * What is known of a release's pages, in `pages.json` next to its `site` folder: by which templates they were made, the
 * key of each (see `src/queries/page-key.ts`), and what those without a key have read (see `src/runtime/reads.ts`). A page
 * whose key is the same is the same, and so is one that has read only what is still the same.
 */

const pages = z.object({
  /** Id of the templates, see `templates.ts`. */
  templates: z.string(),
  /** Path of the file in the site → its page's key. */
  keys: z.record(z.string(), z.string()),
  /** The versions of all that the pages without a key have read. */
  versions: z.array(z.tuple([z.custom<Read>((what) => typeof what === 'string'), z.string()])),
  /** Path of the file in the site → places in `versions`; null for a page whose reads are unknown: it is always rendered. */
  reads: z.record(z.string(), z.array(z.int()).nullable()),
  /** What the site map depends on; absent when unknown. */
  siteMap: z.string().optional(),
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
  writeFileAtomic(fileBeside(site), JSON.stringify(value));

/** What each file's page has read. */
export type ReadsOf = Map<string, ReadonlySet<Read>>;

/**
 * What the pages have read, for `writePages`.
 *
 * @param versionOf the version of what can be read, of the content as it is now
 */
export function keptReads(readsOf: ReadsOf, versionOf: (what: Read) => string) {
  const all = [...new Set([...readsOf.values()].flatMap((reads) => [...reads]))];
  const places = new Map(all.map((what, place) => [what, place]));
  const placesOf = (reads: ReadonlySet<Read>) => [...reads].map((what) => places.get(what) as number);
  return {
    versions: all.map((what): [Read, string] => [what, versionOf(what)]),
    reads: Object.fromEntries([...readsOf].map(([file, reads]) => [file, placesOf(reads)])),
  } satisfies Partial<Pages>;
}

/** What the pages have read of which all is the same as it was. */
export function unchangedReads({ versions, reads }: Pages, versionOf: (what: Read) => string): ReadsOf {
  const isSame = versions.map(([what, version]) => versionOf(what) === version);
  const whatOf = (place: number) => versions[place]?.[0] as Read;
  return new Map(
    Object.entries(reads)
      .filter((one): one is [string, number[]] => one[1]?.every((place) => isSame[place]) ?? false)
      .map(([file, places]) => [file, new Set(places.map(whatOf))]),
  );
}

/** Every page's file. */
export const filesOf = ({ keys, reads }: Pages): string[] => [...Object.keys(keys), ...Object.keys(reads)];

/** Keys by file, of the pages that have one. */
export const keysOf = (paths: readonly StaticPath[]): Pages['keys'] =>
  Object.fromEntries(
    firstOfEach(paths).flatMap((path) =>
      path.cacheKey === undefined ? [] : [[fileOf(path), path.cacheKey]],
    ),
  );
