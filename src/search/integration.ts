import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildSearch } from './build.ts';
import { searchRecords } from './records.ts';

/** Writes the search index after a build. Entries whose page was not built are left out: a hit must lead somewhere. */
export function searchIntegration(): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:build:done': async ({ dir, pages, logger }) => {
        const built = new Set(pages.map(({ pathname }) => `/${pathname.replace(/^\/|\/$/g, '')}/`));
        const all = searchRecords();
        const records = all.filter(({ address }) => built.has(address));
        for (const { address, title } of all)
          if (!built.has(address)) logger.warn(`搜不到「${title}」：没有 ${address} 这一页`);
        await buildSearch(fileURLToPath(dir), records);
        logger.info(`可以搜索 ${records.length} 条内容`);
      },
    },
  };
}
