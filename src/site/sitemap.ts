import sitemap from '@astrojs/sitemap';
import { currentContent } from '../store/index.ts';
import { readYearRecords, yearsWithFigures } from '../statistics/index.ts';
import { lastChanges } from './last-changes.ts';
import { redirects } from '../types/site.ts';

/** Whether a page is that of a year without figures, which only says so. */
function emptyYears(): (page: string) => boolean {
  let recorded: number[] | undefined;
  return (page) => {
    const [, year] = /\/statistics\/(\d{4})\/$/.exec(page) ?? [];
    if (year === undefined) return false;
    recorded ??= yearsWithFigures(readYearRecords(currentContent()));
    return !recorded.includes(Number(year));
  };
}

/**
 * `sitemap-index.xml` for search engines: every page but those that have moved, those made for printing and for other
 * sites' frames, and years without figures; each with the day of its last change, as far as the content tells it.
 */
export const sitemapIntegration = () => {
  const moved = new Set(
    currentContent()
      .list(redirects)
      .items.map(({ id }) => currentContent().basePath + id),
  );
  const isEmptyYear = emptyYears();
  let changeOf: ReturnType<typeof lastChanges> | undefined;
  return sitemap({
    serialize: (item) => {
      changeOf ??= lastChanges(currentContent());
      const changed = changeOf(new URL(item.url).pathname.slice(currentContent().basePath.length));
      return changed === undefined ? item : { ...item, lastmod: changed };
    },
    filter: (page) =>
      !isEmptyYear(page) &&
      !/\/embed\//.test(page) &&
      !/\/(?:poster|print|requests\/form|offline)\/$/.test(page) &&
      !moved.has(new URL(page).pathname),
  });
};
