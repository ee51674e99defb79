import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { entries, type EntryOf } from '../queries/index.ts';
import { routeNames } from './routes.ts';

/** What single pages ask of the content. */

export type SinglePage = EntryOf<'pages'>;

/**
 * Single pages, at `/<slug>/`. A page whose slug is the name of a section or of a page in `src/pages` would hide
 * behind it and is left out.
 */
export async function singlePages(): Promise<SinglePage[]> {
  const taken = routeNames(readdirSync(resolve('src/pages')), readdirSync(resolve('public')));
  return (await entries('pages')).filter(({ id }) => !taken.has(id));
}
