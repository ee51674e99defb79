import type { APIRoute } from 'astro';
import { href } from '../ui/address.ts';
import { siteSettings } from '../queries/index.ts';
import { ICONS, iconAddress } from '../site/icons.ts';

/** Web app manifest; see https://www.w3.org/TR/appmanifest/ */
export const GET: APIRoute = () => {
  const { name, shortName, description, themeColor } = siteSettings();
  const manifest = {
    id: href('/'),
    name,
    short_name: shortName,
    description,
    lang: 'zh-CN',
    dir: 'ltr',
    start_url: href('/'),
    scope: href('/'),
    display: 'minimal-ui',
    background_color: '#f7f1e3',
    theme_color: themeColor,
    icons: [
      { src: href('/favicon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      ...ICONS.map(({ name: icon, size, purpose }) => ({
        src: href(iconAddress(icon)),
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })),
    ],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'Content-Type': 'application/manifest+json' } });
};
