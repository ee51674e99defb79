import type { APIRoute } from 'astro';
import { absolute, href } from '../ui/address.ts';

/** RFC 9309. Crawlers may read everything but the editor. */
export const GET: APIRoute = () =>
  new Response(`User-agent: *\nDisallow: ${href('/admin/')}\n\nSitemap: ${absolute('/sitemap-index.xml')}\n`);
