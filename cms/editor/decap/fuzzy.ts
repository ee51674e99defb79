import { pinyin } from 'pinyin-pro';

/**
 * Replaces `fuzzy`, whose score for two-character words is below the threshold of Decap's search. Matches text that
 * contains the term, also by pinyin (`hangtian`) or first letters (`ht`).
 */

interface Options<Item> {
  extract?: (item: Item) => unknown;
}

const searchableTexts = new Map<string, string>();

/** The text, its pinyin and its first letters, for `includes`. */
function searchable(text: string): string {
  let cached = searchableTexts.get(text);
  if (cached === undefined) {
    const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true });
    cached =
      `${text}\n${syllables.join('')}\n${syllables.map((syllable) => syllable[0] ?? '').join('')}`.toLowerCase();
    searchableTexts.set(text, cached);
  }
  return cached;
}

/** Items that contain every word of `term`, in their order, with a score above Decap's threshold. */
export function filter<Item>(term: string, items: readonly Item[], { extract }: Options<Item> = {}) {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return items.flatMap((original, index) => {
    const text = String((extract ? extract(original) : original) ?? '');
    const found = words.length === 0 || words.every((word) => searchable(text).includes(word));
    return found ? [{ string: text, score: 100, index, original }] : [];
  });
}

export default { filter };
