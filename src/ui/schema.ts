import { siteSettings } from '../queries/index.ts';
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

/** The association, as publisher and organiser. */
export const publisher = (): Schema => ({
  '@type': 'Organization',
  name: siteSettings().association,
  url: absolute('/'),
});

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
