import { memoizeByFile } from './memoize.ts';

/** The words of files, to find the few that mention a slug when an entry is deleted or moved. */

const cached = memoizeByFile<string>();

/** Everything in a file that could be a slug; nothing when there is no such file. */
export const wordsIn = (file: string): string[] => cached(file, wordsOf)?.split(' ') ?? [];

/** Joined into one new string: a substring in V8 keeps its whole source in memory. */
const wordsOf = (text: string): string => [...new Set(text.match(/[a-z0-9-]+/g))].join(' ');
