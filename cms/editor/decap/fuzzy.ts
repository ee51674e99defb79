import { pinyin } from 'pinyin-pro';

/**
 * Stands in for `fuzzy`, whose score leaves two-character words out of Decap's search. Finds text that holds the term,
 * also by pinyin (`hangtian`) or first letters (`ht`).
 */

interface Options<Item> {
  extract?: (item: Item) => unknown;
}

const spelt = new Map<string, string>();

/** The text, its pinyin and its first letters, for `includes`. */
function searchable(text: string): string {
  let known = spelt.get(text);
  if (known === undefined) {
    const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true });
    known =
      `${text}\n${syllables.join('')}\n${syllables.map((syllable) => syllable[0] ?? '').join('')}`.toLowerCase();
    spelt.set(text, known);
  }
  return known;
}

/** Items that hold every word of `term`, in their order; the score is above Decap's threshold. */
export function filter<Item>(term: string, items: readonly Item[], { extract }: Options<Item> = {}) {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return items.flatMap((original, index) => {
    const text = String((extract ? extract(original) : original) ?? '');
    const found = words.length === 0 || words.every((word) => searchable(text).includes(word));
    return found ? [{ string: text, score: 100, index, original }] : [];
  });
}

export default { filter };
