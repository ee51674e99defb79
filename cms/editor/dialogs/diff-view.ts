import { diffArrays, diffWordsWithSpace } from 'diff';
import { element } from './dialog.ts';

/** A side-by-side diff of two texts. */

/** Consecutive lines that are equal in both texts, or that differ. */
interface Hunk {
  before: string[];
  after: string[];
  isEqual: boolean;
}

const CONTEXT_LINES = 1;

const words = { intlSegmenter: new Intl.Segmenter('zh', { granularity: 'word' }) };

/** The hunks of two texts, compared line by line. */
export function diffHunks(before: string, after: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const { added, removed, value } of diffArrays(before.split('\n'), after.split('\n'))) {
    const last = hunks.at(-1);
    if (!added && !removed) hunks.push({ before: value, after: value, isEqual: true });
    else if (last && !last.isEqual) last[added ? 'after' : 'before'].push(...value);
    else hunks.push({ before: removed ? [...value] : [], after: added ? [...value] : [], isEqual: false });
  }
  return hunks;
}

/** The text after, with the hunks of `chosenBefore` (indices) as they are in the text before. */
export const mergeHunks = (hunks: readonly Hunk[], chosenBefore: ReadonlySet<number>): string =>
  hunks.flatMap((hunk, index) => (chosenBefore.has(index) ? hunk.before : hunk.after)).join('\n');

interface Sides {
  before: { label: string; text: string };
  after: { label: string; text: string };
}

/**
 * The differing hunks side by side, with one line of context.
 *
 * @param onChoose adds a checkbox 「用左边的」 to each difference; called with the indices of the checked hunks
 */
export function diffView(
  { before, after }: Sides,
  onChoose?: (chosenBefore: Set<number>) => void,
): HTMLElement {
  const hunks = diffHunks(before.text, after.text);
  const view = element('div', '', 'portal-differences');
  // It scrolls, also by keyboard.
  view.tabIndex = 0;
  if (hunks.every(({ isEqual }) => isEqual)) {
    view.append(element('p', '没有差别。'));
    return view;
  }
  const taken = new Set<number>();
  hunks.forEach((hunk, index) => {
    if (hunk.isEqual) {
      view.append(contextOf(hunk.before, index === 0, index === hunks.length - 1));
      return;
    }
    const pair = element('div', '', 'portal-pair');
    pair.append(side(before.label, hunk, 'before'), side(after.label, hunk, 'after'));
    if (onChoose) {
      const box = element('input');
      box.type = 'checkbox';
      box.addEventListener('change', () => {
        if (box.checked) taken.add(index);
        else taken.delete(index);
        onChoose(taken);
      });
      const choice = element('label', '', 'portal-choice');
      choice.append(box, `这一处用「${before.label}」的`);
      pair.append(choice);
    }
    view.append(pair);
  });
  return view;
}

/** Equal lines, shortened to those next to a difference. */
function contextOf(lines: readonly string[], first: boolean, last: boolean): HTMLElement {
  const head = first ? [] : lines.slice(0, CONTEXT_LINES);
  const tail = last ? [] : lines.slice(Math.max(head.length, lines.length - CONTEXT_LINES));
  const hidden = lines.length - head.length - tail.length;
  const parts = [...head, ...(hidden > 0 ? [`…… ${hidden} 行相同 ……`] : []), ...tail];
  return element('div', parts.join('\n'), 'portal-agreeing');
}

function side(label: string, { before, after }: Hunk, which: 'before' | 'after'): HTMLElement {
  const cell = element('div', '', `portal-side ${which}`);
  cell.append(element('small', label));
  const text = element('div');
  for (const { added, removed, value } of diffWordsWithSpace(before.join('\n'), after.join('\n'), words)) {
    if (which === 'before' ? added : removed) continue;
    if (added || removed) text.append(element(which === 'before' ? 'del' : 'ins', value));
    else text.append(value);
  }
  if (!text.textContent) text.append(element('em', '（这里没有）'));
  cell.append(text);
  return cell;
}
