import sitemap from '@astrojs/sitemap';

/** `sitemap-index.xml` for search engines: every page but those made for printing and for other sites' frames. */
export const sitemapIntegration = () =>
  sitemap({
    filter: (page) => !/\/embed\//.test(page) && !/\/(?:poster|print|requests\/form|offline)\/$/.test(page),
  });
