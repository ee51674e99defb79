/** Addresses of the pictures that shared links show, each a PNG of 1200 × 630; `src/share/` draws them. */

/** Size of every share picture, in pixels. */
export const SHARE_PICTURE = { width: 1200, height: 630 } as const;

/** Types whose entries have a share picture of their own. */
export const OG_TYPES = ['articles', 'events', 'caravan', 'bases', 'campaigns'] as const;
export type OgType = (typeof OG_TYPES)[number];

/** Sections with one picture: their lists show it, and those of their pages that have no picture of their own. */
export const OG_SECTIONS = [
  ...OG_TYPES,
  'facilities',
  'teams',
  'experts',
  'honours',
  'documents',
  'news',
  'statistics',
  'townships',
  'organisations',
] as const;
export type OgSection = (typeof OG_SECTIONS)[number];

/** Address of an entry's share picture, without the base path; for `Page`'s `image`. */
export const ogAddress = (type: OgType, slug: string): string => `/og/${type}/${slug}.png`;

/** Address of the picture that the pages of a section share. */
export const sectionOgAddress = (section: OgSection): string => `/og/${section}.png`;

/** Address of the picture of the whole site. */
export const SITE_OG_ADDRESS = '/og/site.png';

/** The picture that a page shows when it has none of its own: its section's, else the site's. */
export function defaultOgAddress(pageAddress: string): string {
  const folder = pageAddress.split('/')[1];
  const section = OG_SECTIONS.find((name) => name === folder);
  return section ? sectionOgAddress(section) : SITE_OG_ADDRESS;
}
