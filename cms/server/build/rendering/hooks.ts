import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration, HookParameters } from 'astro';
import { offlineIntegration } from '../../../../src/offline/integration.ts';
import { lastChanges } from '../../../../src/site/last-changes.ts';
import { sitemapIntegration } from '../../../../src/site/sitemap.ts';
import type { Content } from '../../../../src/store/index.ts';
import { redirects } from '../../../../src/types/site.ts';
import { shareFile } from '../files/linking.ts';
import type { Templates } from '../templates/templates.ts';

/** What integrations of Astro write after the pages: the site map and the service worker. */

const SITE_MAP = /^sitemap-.*\.xml$/;

export interface SiteMapOptions {
  content: Content;
  /** Addresses of all pages, below the base, with a slash at the end. */
  addresses: readonly string[];
  site: string;
  /** The site before, with what its site map depended on. */
  former: { site: string; key: string | undefined } | undefined;
}

/**
 * Writes the site map; with the same pages and days the former one is kept.
 *
 * @returns what it depends on
 */
export async function writeSiteMap(
  templates: Templates,
  { content, addresses, site, former }: SiteMapOptions,
): Promise<string> {
  const moved = content.dataFile(redirects.name);
  const changeOf = lastChanges(content);
  const key = createHash('sha256')
    .update(JSON.stringify(addresses.map((address) => [address, changeOf(`/${address}`)])))
    .update(existsSync(moved) ? readFileSync(moved) : '')
    .digest('base64url');
  const kept =
    former && key === former.key ? readdirSync(former.site).filter((name) => SITE_MAP.test(name)) : [];
  for (const name of kept) shareFile(join(former?.site ?? '', name), join(site, name));
  if (kept.length === 0)
    await runHooks(
      sitemapIntegration(),
      templates,
      site,
      addresses.map((pathname) => ({ pathname })),
    );
  return key;
}

/** Writes the service worker. */
export const writeWorker = (templates: Templates, site: string): Promise<void> =>
  runHooks(offlineIntegration(), templates, site, []);

/** Runs an integration of the site after its pages have been made. */
async function runHooks(
  { hooks }: AstroIntegration,
  { site: address, base }: Templates,
  site: string,
  pages: { pathname: string }[],
): Promise<void> {
  const known = {
    config: { site: address, base },
    routes: [],
    pages,
    dir: pathToFileURL(`${site}/`),
    logger: console,
  };
  await hooks['astro:routes:resolved']?.(known as unknown as HookParameters<'astro:routes:resolved'>);
  await hooks['astro:config:done']?.(known as unknown as HookParameters<'astro:config:done'>);
  await hooks['astro:build:done']?.(known as unknown as HookParameters<'astro:build:done'>);
}
