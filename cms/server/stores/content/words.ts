import { memoizeByFile } from './memoize.ts';

/** Which files name a slug: few do, and only they need to be read when something is deleted or moved. */

const cached = memoizeByFile<string>();

/** Everything in a file that could be a slug; nothing when there is no such file. */
export const wordsIn = (file: string): string[] => cached(file, wordsOf)?.split(' ') ?? [];

/** Kept as one text: parts of a text would keep the whole of it in memory. */
const wordsOf = (text: string): string => [...new Set(text.match(/[a-z0-9-]+/g))].join(' ');
