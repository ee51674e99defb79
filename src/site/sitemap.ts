import sitemap from '@astrojs/sitemap';

/** `sitemap-index.xml` for search engines: every page but those made for printing. */
export const sitemapIntegration = () =>
  sitemap({ filter: (page) => !/\/(?:poster|print|requests\/form)\/$/.test(page) });
