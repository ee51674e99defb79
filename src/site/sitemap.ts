import sitemap from '@astrojs/sitemap';
import { currentContent } from '../store/index.ts';
import { readYearRecords, yearsWithFigures } from '../statistics/index.ts';
import { redirects } from '../types/site.ts';

/** The page of a year without figures only says so. */
function isEmptyYear(page: string): boolean {
  const [, year] = /\/statistics\/(\d{4})\/$/.exec(page) ?? [];
  return year !== undefined && !yearsWithFigures(readYearRecords(currentContent())).includes(Number(year));
}

/**
 * `sitemap-index.xml` for search engines: every page but those that have moved, those made for printing and for other
 * sites' frames, and years without figures.
 */
export const sitemapIntegration = () => {
  const moved = new Set(
    currentContent()
      .list(redirects)
      .items.map(({ id }) => currentContent().basePath + id),
  );
  return sitemap({
    filter: (page) =>
      !isEmptyYear(page) &&
      !/\/embed\//.test(page) &&
      !/\/(?:poster|print|requests\/form|offline)\/$/.test(page) &&
      !moved.has(new URL(page).pathname),
  });
};
