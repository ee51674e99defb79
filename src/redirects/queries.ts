import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { entryOf, itemsOf } from '../queries/index.ts';
import type { ContentType } from '../model/type.ts';
import { type TypeName, types } from '../types/index.ts';
import { redirects } from '../types/site.ts';
import { formerSlugs, type Redirect, slugIn } from './redirects.ts';

/** What pages that moved ask of the content. */

/** Every slug under which files of an entry are kept: its own and those that it had before. */
export const slugsOf = (type: Pick<ContentType, 'address'>, slug: string): string[] => [
  slug,
  ...formerSlugs(type, slug, itemsOf(redirects)),
];

/** The first address that an entry had: an id for feeds that stays when the page moves (RFC 4287, 4.2.6). */
export const lastingAddress = (type: Pick<ContentType, 'address'>, slug: string): string =>
  type.address?.(formerSlugs(type, slug, itemsOf(redirects))[0] ?? slug) ?? '/';

/** Former addresses, those of pages below an entry's too. One that would hide a page or leads nowhere is left out. */
export async function movedPages(): Promise<Redirect[]> {
  const moved: Redirect[] = [];
  for (const redirect of itemsOf(redirects)) {
    if ((await isPage(redirect.id)) || !(await isPage(redirect.to))) continue;
    moved.push(redirect, ...pagesBelow(redirect));
  }
  return moved;
}

async function isPage(address: string): Promise<boolean> {
  const route = resolve('src/pages', address.slice(1, -1));
  if (['', '.astro', '.mdx'].some((ending) => existsSync(route + ending))) return true;
  for (const type of types) {
    const slug = slugIn(type, address);
    if (slug !== undefined && (await entryOf(type.name as TypeName, slug))) return true;
  }
  return false;
}

/** The same for what an entry has below its address, such as a poster. */
function pagesBelow({ id, to }: Redirect): Redirect[] {
  const type = types.find((one) => slugIn(one, id) && slugIn(one, to));
  const folder = join(resolve('src/pages'), type?.address?.('[slug]') ?? '');
  if (!type || !existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /^(?!index\.)([\w-]+)\.astro$/.exec(name)?.[1] ?? [])
    .map((name) => ({ id: `${id}${name}/`, to: `${to}${name}/` }));
}
