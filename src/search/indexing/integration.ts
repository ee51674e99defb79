import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildSearch } from './build.ts';
import type { SearchRecord } from './record.ts';
import { searchRecords } from './records.ts';

/** Writes the search index after a build. Entries whose page was not built are left out: a hit must lead somewhere. */
export function searchIntegration(): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:build:done': async ({ dir, pages, logger }) => {
        const { records, missing } = findable(pages.map(({ pathname }) => pathname));
        for (const { address, title } of missing) logger.warn(`搜不到「${title}」：没有 ${address} 这一页`);
        await buildSearch(fileURLToPath(dir), records);
        logger.info(`可以搜索 ${records.length} 条内容`);
      },
    },
  };
}

/** What can be found on a site with these pages, and what could be, had its page been built. */
export function findable(pathnames: readonly string[]): {
  records: SearchRecord[];
  missing: SearchRecord[];
} {
  const built = new Set(pathnames.map((pathname) => `/${pathname.replace(/^\/|\/$/g, '')}/`));
  const all = searchRecords();
  return {
    records: all.filter(({ address }) => built.has(address)),
    missing: all.filter(({ address }) => !built.has(address)),
  };
}
