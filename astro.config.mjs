import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { features } from './src/body/source/parser.ts';
import { currentContent, outDir } from './src/store/index.ts';
import { offlineIntegration } from './src/offline/integration.ts';
import { picturesIntegration } from './src/pictures/integration.ts';
import { searchIntegration } from './src/search/indexing/integration.ts';
import { siteSettingsOf } from './src/types/site-settings.ts';
import { astroCacheIntegration } from './src/runtime/astro-cache.ts';
import { packagesIntegration } from './src/runtime/packages.ts';
import { sitemapIntegration } from './src/site/sitemap.ts';
import { CSS_TARGET, SCRIPT_TARGET, withoutLayers } from './src/style/old-browsers.ts';

const content = currentContent();
const site = siteSettingsOf(content);

export default defineConfig({
  site: process.env.SITE_URL || site.url,
  base: process.env.BASE_PATH || '/',
  outDir,
  cacheDir: `${content.cacheDir}/astro`,
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'always' },
  vite: {
    build: { assetsInlineLimit: 0, cssTarget: CSS_TARGET, target: SCRIPT_TARGET },
    css: { postcss: { plugins: [withoutLayers] } },
  },
  experimental: { incrementalBuild: true },
  devToolbar: { enabled: false },
  server: { host: '127.0.0.1', port: Number(process.env.PORT) || 4321 },
  markdown: { syntaxHighlight: false, processor: satteri({ features }) },
  integrations: [
    astroCacheIntegration(),
    packagesIntegration(),
    picturesIntegration(content.pictures),
    mdx(),
    sitemapIntegration(),
    searchIntegration(),
    offlineIntegration(),
  ],
});
