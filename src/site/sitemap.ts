import sitemap from '@astrojs/sitemap';
import { currentContent } from '../store/index.ts';
import { redirects } from '../types/site.ts';

/**
 * `sitemap-index.xml` for search engines: every page but those that have moved and those made for printing and for other
 * sites' frames.
 */
export const sitemapIntegration = () => {
  const moved = new Set(
    currentContent()
      .list(redirects)
      .items.map(({ id }) => currentContent().basePath + id),
  );
  return sitemap({
    filter: (page) =>
      !/\/embed\//.test(page) &&
      !/\/(?:poster|print|requests\/form|offline)\/$/.test(page) &&
      !moved.has(new URL(page).pathname),
  });
};
