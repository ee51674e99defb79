import { entries, type EntryOf } from '../queries/index.ts';

/** Queries of the single pages. */

export type SinglePage = EntryOf<'pages'>;

/** Single pages, at `/<slug>/`. */
export const singlePages = (): Promise<SinglePage[]> => entries('pages');
