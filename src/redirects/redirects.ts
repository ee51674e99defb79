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
 * The list once a page has moved: redirects to its former address now lead to the new one, and an address that is in use
 * again redirects no longer. So a visitor is redirected once at most, and never in a circle.
 */
export const withMove = (redirects: readonly Redirect[], from: string, to: string): Redirect[] => [
  ...redirects
    .filter(({ id }) => id !== from && id !== to)
    .map((redirect) => (redirect.to === from ? { ...redirect, to } : redirect)),
  { id: from, to },
];
