import { isoTime, withZone } from '../calendar/clock.ts';
import { type Dated, hasExactDay, knownDate } from '../calendar/precision.ts';
import { siteSettings } from '../queries/index.ts';
import { LICENSE_ADDRESSES } from '../types/site.ts';
import { absolute } from './address.ts';

/** schema.org descriptions, written into pages as JSON-LD data blocks. */

export type Schema = Record<string, unknown>;

export interface Crumb {
  label: string;
  /** Site address without the base path. */
  address: string;
}

/** JSON for a `<script type="application/ld+json">`; `<` is escaped so that no text can close the block. */
export const jsonLd = (nodes: readonly Schema[]): string =>
  JSON.stringify({ '@context': 'https://schema.org', '@graph': nodes }).replaceAll('<', '\\u003c');

/** The site's seal as a square PNG, `size` pixels wide. */
export const LOGO = { address: '/icons/icon-512.png', size: 512 };

/** The association, as publisher and organiser. */
export const publisher = (): Schema => ({
  '@type': 'Organization',
  name: siteSettings().association,
  url: absolute('/'),
  logo: { '@type': 'ImageObject', url: absolute(LOGO.address), width: LOGO.size, height: LOGO.size },
});

/** An organisation that is only a name; the association is described in full. */
export const organisation = (name: string): Schema =>
  name === siteSettings().association ? publisher() : { '@type': 'Organization', name };

/** What the names of groups and offices end in: of 2 to 4 characters, the rest are people's. */
const PERSON = /^\p{Script=Han}{1,3}[^组会院局站所校队社部办馆园厂司心委\P{Script=Han}]$/u;

/** Who wrote something: a person, or an organisation. */
export const author = (name: string): Schema =>
  PERSON.test(name) ? { '@type': 'Person', name } : organisation(name);

/** A place in the county as schema.org PostalAddress. */
export function countyAddress(street: string | undefined): Schema {
  const { county, province } = siteSettings();
  return {
    '@type': 'PostalAddress',
    addressCountry: 'CN',
    addressRegion: province,
    addressLocality: county,
    streetAddress: street?.replace(province ?? county, '').replace(county, '') || undefined,
  };
}

/**
 * When something was published or changed: a moment with its offset; where the day is not on record, the year or month
 * alone (ISO 8601).
 */
export const publishedTime = (moment: string, dated: Dated = {}): string =>
  hasExactDay(dated) ? withZone(moment) : knownDate(moment, dated);

/** When a happening begins: as `publishedTime`, but a whole day stays a day. */
export const beginningTime = (moment: string, dated: Dated): string =>
  hasExactDay(dated) ? isoTime(moment) : knownDate(moment, dated);

/** Address of the licence of the open data; undefined where the settings name none. */
export function licenseAddress(): string | undefined {
  const { openLicense } = siteSettings();
  return openLicense && LICENSE_ADDRESSES[openLicense];
}

/** BreadcrumbList of a page's trail; positions start at 1. */
export const breadcrumbSchema = (crumbs: readonly Crumb[]): Schema => ({
  '@type': 'BreadcrumbList',
  itemListElement: crumbs.map(({ label, address }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: label,
    item: absolute(address),
  })),
});

/** ItemList of a directory page; positions start at 1. */
export const listSchema = (name: string, items: readonly Schema[]): Schema => ({
  '@type': 'ItemList',
  name,
  itemListElement: items.map((item, index) => ({ '@type': 'ListItem', position: index + 1, item })),
});

const PAGE_TYPES: readonly unknown[] = ['WebPage', 'AboutPage', 'CollectionPage'];

/** Adds to the node of a page itself what every page has. */
export const completePageNode =
  ({ url, description }: { url: string; description: string }) =>
  (node: Schema): Schema =>
    PAGE_TYPES.includes(node['@type'])
      ? {
          ...node,
          url: node.url ?? url,
          description: node.description ?? description,
          inLanguage: 'zh-CN',
          isPartOf: { '@type': 'WebSite', name: siteSettings().name, url: absolute('/') },
          publisher: publisher(),
        }
      : node;
