/** How the full-text index is put together; see `recent.ts` for how it is written. Bundled for browsers. */

/**
 * Under this language Pagefind keeps the index of what is new. To Pagefind it is a language that it cannot cut into
 * words, as `und` is (see `pagefind.ts`).
 */
export const RECENT_LANGUAGE = 'und-recent';

/** Which documents the two indexes hold. */
export interface Parts {
  /** Numbers of the base's documents in its order, as runs `[first, count]`; `[-1, count]` are gone or changed. */
  base: [number, number][];
  /** Numbers of the new index's documents, in its order. */
  recent: number[];
}

/** Numbers of the base's documents, one by one. */
export const docsOf = (runs: Parts['base']): number[] =>
  runs.reduce<number[]>((documents, [first, count]) => {
    for (let index = 0; index < count; index++) documents.push(first === -1 ? -1 : first + index);
    return documents;
  }, []);

/**
 * How rare a term is in a number of documents, as Pagefind counts it (BM25): scores of indexes of different sizes are
 * compared by it.
 */
export const rarity = (documents: number, holding: number): number =>
  Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
