/** How the full-text index is put together, and where its files lie; see `recent.ts` for how it is written. Bundled for browsers. */

/** Folder of the full-text index in the built site. */
export const TEXT_FOLDER = 'search/text';

/** An index of some of the documents: all of them at a whole build, or what is new since. */
export interface TextSection {
  /** Its folder below `TEXT_FOLDER`, named by its content, so that its files can be cached for ever. */
  folder: string;
  /** How many files its terms are spread over. */
  shards: number;
  /** How many files its titles are spread over. */
  titles: number;
  /** Numbers of its documents in its order, as runs `[first, count]`; `[-1, count]` are gone or changed. */
  docs: [first: number, count: number][];
}

/** So many texts lie in one folder. */
const TEXTS_A_FOLDER = 100;

/** Path of a file of terms within the section's folder. */
export const shardFile = (shard: number): string => `terms/${shard}.bin`;

/** Path of a file of titles; see `shards.ts` of the folder above. */
export const titleFile = (file: number): string => `titles/${file}.bin`;

/** Path of the text of a document, by its position in the section. */
export const textFile = (position: number): string =>
  `texts/${Math.floor(position / TEXTS_A_FOLDER)}/${position}.bin`;

/** Words that are found half typed: of three letters or more, so that a file holds what begins like them. */
const IS_LETTERS = /^(?!\p{Script=Han})\p{L}/u;
const PREFIX = 3;

/** Whether a term also stands for all words that begin with it. */
export const isPrefix = (term: string): boolean => term.length >= PREFIX && IS_LETTERS.test(term);

/** The file that a term lies in. */
export const shardOf = (term: string, shards: number): number =>
  bucketOf(isPrefix(term) ? term.slice(0, PREFIX) : term, shards);

/** The one of so many files that a key is filed in (FNV-1a). */
export function bucketOf(key: string, files: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  // The low bits of the sum of two characters repeat themselves; the high ones do not.
  return ((hash ^ (hash >>> 15)) >>> 0) % files;
}

/** Numbers of a section's documents, one by one. */
export const docsOf = (runs: TextSection['docs']): number[] =>
  runs.reduce<number[]>((documents, [first, count]) => {
    for (let index = 0; index < count; index++) documents.push(first === -1 ? -1 : first + index);
    return documents;
  }, []);

/** The inverse of `docsOf`. */
export function toRuns(docs: readonly number[]): TextSection['docs'] {
  const runs: TextSection['docs'] = [];
  for (const doc of docs) {
    const last = runs[runs.length - 1];
    if (last && (doc === -1 ? last[0] === -1 : last[0] >= 0 && last[0] + last[1] === doc)) last[1]++;
    else runs.push([doc, 1]);
  }
  return runs;
}

/** How rare a term is in a number of documents (BM25): what of several terms counts most. */
export const rarity = (documents: number, holding: number): number =>
  Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
