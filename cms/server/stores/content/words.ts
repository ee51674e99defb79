import { whileUnchanged } from './unchanged.ts';

/** Which files name a slug: few do, and only they need to be read when something is deleted or moved. */

const known = whileUnchanged<string>();

/** Everything in a file that could be a slug; nothing when there is no such file. */
export const wordsIn = (file: string): string[] => known(file, wordsOf)?.split(' ') ?? [];

/** Kept as one text: parts of a text would keep the whole of it in memory. */
const wordsOf = (text: string): string => [...new Set(text.match(/[a-z0-9-]+/g))].join(' ');
