import { type Anchor, type Comment, IN_BODY } from '../protocol/comments.ts';
import type { Comparison } from './compare/index.ts';
import { LEAST_LIKENESS, likeness } from './compare/similar.ts';

/** Where comments stand in a text that has been changed since they were made. */

/** A paragraph of the body, or a field; both are commented on in the same way. */
export interface Commented {
  /** `body`, or the name of the field. */
  field: string;
  /** As its readers see it. */
  text: string;
}

/** What of a comparison can be commented on: what there is now. */
export const commentedIn = ({ fields, body }: Comparison): Commented[] => [
  ...fields.filter(({ status }) => status !== 'removed').map(({ name, text }) => ({ field: name, text })),
  ...body.filter(({ status }) => status !== 'removed').map(({ text }) => ({ field: IN_BODY, text })),
];

/**
 * The place that an anchor stands for, by its index; undefined when there is nothing like it any more. The same
 * paragraph, else one with the same sentence, else the one that is most like it.
 */
export function findAnchor(
  { field, paragraph, quote }: Anchor,
  places: readonly Commented[],
): { index: number; isChanged: boolean } | undefined {
  const own = places.flatMap((place, index) => (place.field === field ? [{ ...place, index }] : []));
  const same = own.find(
    ({ text }) => text === paragraph || (paragraph.length > 100 && text.startsWith(paragraph)),
  );
  if (same) return { index: same.index, isChanged: false };
  const byLikeness = own
    .map(({ text, index }) => ({ index, text, like: likeness(text, paragraph) }))
    .sort((a, b) => b.like - a.like);
  const quoted = quote === '' ? undefined : byLikeness.find(({ text }) => text.includes(quote));
  if (quoted) return { index: quoted.index, isChanged: false };
  const [nearest] = byLikeness;
  return nearest && nearest.like >= LEAST_LIKENESS ? { index: nearest.index, isChanged: true } : undefined;
}

export interface PlacedComment {
  comment: Comment;
  /** Whether the sentence itself has been changed since. */
  isChanged: boolean;
}

/** The comments by the index of their place, and those whose place is gone. */
export function placeComments(
  comments: readonly Comment[],
  places: readonly Commented[],
): { at: ReadonlyMap<number, PlacedComment[]>; orphans: Comment[] } {
  const at = new Map<number, PlacedComment[]>();
  const orphans: Comment[] = [];
  for (const comment of comments) {
    const found = findAnchor(comment.anchor, places);
    if (!found) orphans.push(comment);
    else at.set(found.index, [...(at.get(found.index) ?? []), { comment, isChanged: found.isChanged }]);
  }
  return { at, orphans };
}

const sentences = new Intl.Segmenter('zh', { granularity: 'sentence' });

/** The sentences of a paragraph, to choose one from; empty when it is only one. */
export function sentencesOf(text: string): string[] {
  const found = [...sentences.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
  return found.length > 1 ? found : [];
}
