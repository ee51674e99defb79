import type { ContentType } from '../model/type.ts';

/** Pages that moved: former addresses and where they lead. Pure; site, check and publishing server share it. */

export interface Redirect {
  /** Former address, `/articles/jiu/`. */
  id: string;
  /** Address where the page is now. */
  to: string;
}

/** The slug in an address of a type; undefined when the address is not of that shape. */
export function slugIn({ address }: Pick<ContentType, 'address'>, path: string): string | undefined {
  const [before = '', after = ''] = address?.('*').split('*') ?? [];
  const slug = path.slice(before.length, path.length - after.length);
  return address && slug && !slug.includes('/') && address(slug) === path ? slug : undefined;
}

/** Slugs that an entry had before, the oldest first. */
export const formerSlugs = (
  type: Pick<ContentType, 'address'>,
  slug: string,
  redirects: readonly Redirect[],
): string[] =>
  redirects.flatMap(({ id, to }) => (to === type.address?.(slug) ? (slugIn(type, id) ?? []) : []));

/**
 * The list once a page has moved: what led to its former address leads to the new one, and what is an address again is
 * nobody's former one. So a visitor is sent on once, and never in a circle.
 */
export const withMove = (redirects: readonly Redirect[], from: string, to: string): Redirect[] => [
  ...redirects
    .filter(({ id }) => id !== from && id !== to)
    .map((redirect) => (redirect.to === from ? { ...redirect, to } : redirect)),
  { id: from, to },
];
