import { diffArrays, diffWordsWithSpace } from 'diff';

/** Two short texts compared word by word, as Chinese is cut into words. */

/** Consecutive characters that are in both texts, or in one of them. */
export interface Word {
  text: string;
  kind: 'same' | 'added' | 'removed';
}

const options = { intlSegmenter: new Intl.Segmenter('zh', { granularity: 'word' }) };

/** Beyond so many changed words the texts have nothing in common that helps a reader; it also bounds the work. */
const MOST_CHANGES = 200;
/** Beyond so many changed items a list is shown as replaced. */
const MOST_CHANGED_ITEMS = 1000;
/** So is a list that is longer: no text that people write has so many paragraphs. */
const MOST_ITEMS = 5000;

/** How long one comparison may take: beyond that, changed paragraphs are shown as replaced, without their words. */
export interface Budget {
  /** By `performance.now()`. */
  until: number;
}

const BUDGET_MS = 700;

export const newBudget = (): Budget => ({ until: performance.now() + BUDGET_MS });

/** The words of two texts in the order in which they are read, what was removed before what was added in its place. */
export function compareWords(before: string, after: string, budget = newBudget()): Word[] {
  if (before === after) return before === '' ? [] : [{ text: before, kind: 'same' }];
  const changes =
    before === '' || after === '' || performance.now() > budget.until
      ? undefined
      : diffWordsWithSpace(before, after, { ...options, maxEditLength: MOST_CHANGES });
  if (!changes)
    return [
      ...(before === '' ? [] : [{ text: before, kind: 'removed' as const }]),
      ...(after === '' ? [] : [{ text: after, kind: 'added' as const }]),
    ];
  return changes.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }));
}

/** Consecutive items that are equal in both lists, or that differ. */
export interface Hunk<Item> {
  before: Item[];
  after: Item[];
  isEqual: boolean;
}

/** The hunks of two lists. */
export function compareItems<Item>(before: readonly Item[], after: readonly Item[]): Hunk<Item>[] {
  const isLong = Math.max(before.length, after.length) > MOST_ITEMS;
  const changes = isLong
    ? undefined
    : diffArrays([...before], [...after], { maxEditLength: MOST_CHANGED_ITEMS });
  if (!changes) return [{ before: [...before], after: [...after], isEqual: false }];
  const hunks: Hunk<Item>[] = [];
  for (const { added, removed, value } of changes) {
    const last = hunks.at(-1);
    if (!added && !removed) hunks.push({ before: value, after: value, isEqual: true });
    else if (last && !last.isEqual) last[added ? 'after' : 'before'].push(...value);
    else hunks.push({ before: removed ? [...value] : [], after: added ? [...value] : [], isEqual: false });
  }
  return hunks;
}
