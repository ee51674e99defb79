/** How alike two texts are, to tell a paragraph that was rewritten from another one. */

/** Every two characters that stand together, with how often. */
function pairsIn(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Longer texts are judged by their beginning: it bounds the work. */
const LONGEST = 1000;

/**
 * Dice coefficient of the pairs of characters, 0 (nothing in common) to 1 (the same).
 * https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient
 */
export function likeness(one: string, other: string): number {
  const [a, b] = [one.slice(0, LONGEST), other.slice(0, LONGEST)];
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = pairsIn(a);
  let shared = 0;
  for (const [pair, count] of pairsIn(b)) shared += Math.min(count, pairs.get(pair) ?? 0);
  return (2 * shared) / (a.length + b.length - 2);
}

/** Less alike, one is not a version of the other. */
export const LEAST_LIKENESS = 0.4;
/** More comparisons than this take too long; then neighbours are paired. */
const MOST_COMPARISONS = 2500;

/** An item before and what became of it; one of them is absent where it is new or gone. */
export type Pair<Item> =
  { before: Item; after: Item } | { before: Item; after?: never } | { before?: never; after: Item };

/**
 * Pairs the items of two lists, in their order, so that the pairs are as alike as possible.
 *
 * @param textOf what of an item is compared
 */
export function pairUp<Item>(
  before: readonly Item[],
  after: readonly Item[],
  textOf: (item: Item) => string,
): Pair<Item>[] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MOST_COMPARISONS) return inOrder(before, after, textOf);
  const [left, right] = [before.map(textOf), after.map(textOf)];
  const score = left.map((a) => right.map((b) => likeness(a, b)));
  // best[i][j]: the most that the items from i and from j on can reach.
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const at = (table: number[][], i: number, j: number) => table[i]?.[j] ?? 0;
  const paired = (i: number, j: number) => {
    const here = at(score, i, j);
    return here >= LEAST_LIKENESS ? here + at(best, i + 1, j + 1) : -1;
  };
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      (best[i] as number[])[j] = Math.max(paired(i, j), at(best, i + 1, j), at(best, i, j + 1));
  const pairs: Pair<Item>[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const isPaired = i < rows && j < columns && paired(i, j) === at(best, i, j) && at(best, i, j) > 0;
    if (isPaired) pairs.push({ before: before[i++] as Item, after: after[j++] as Item });
    else if (i < rows && at(best, i + 1, j) >= at(best, i, j + 1))
      pairs.push({ before: before[i++] as Item });
    else if (j < columns) pairs.push({ after: after[j++] as Item });
    else pairs.push({ before: before[i++] as Item });
  }
  return pairs;
}

/** Pairs neighbours that are alike; the others are gone, and new. */
function inOrder<Item>(
  before: readonly Item[],
  after: readonly Item[],
  textOf: (item: Item) => string,
): Pair<Item>[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index): Pair<Item>[] => {
    const [old, now] = [before[index], after[index]];
    if (old === undefined) return [{ after: now as Item }];
    if (now === undefined) return [{ before: old }];
    const isPair = likeness(textOf(old), textOf(now)) >= LEAST_LIKENESS;
    return isPair ? [{ before: old, after: now }] : [{ before: old }, { after: now }];
  }).flat();
}
