/** Changing a text in several places at once, and mapping offsets back to the original. */

export interface Edit {
  /** Offsets in the original text; equal for an insertion. */
  start: number;
  end: number;
  text: string;
}

export interface EditedText {
  text: string;
  /** Offset in the original text of an offset in the edited text. */
  originalOffset: (offset: number) => number;
}

/** Applies edits. Where two overlap, the one that begins first wins; insertions at one place keep their order. */
export function applyEdits(original: string, edits: readonly Edit[]): EditedText {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  const anchors: { edited: number; original: number }[] = [];
  let position = 0;
  let length = 0;
  for (const edit of sorted) {
    if (edit.start < position) continue;
    const kept = original.slice(position, edit.start);
    anchors.push({ edited: length, original: position });
    parts.push(kept, edit.text);
    length += kept.length;
    anchors.push({ edited: length, original: edit.start });
    length += edit.text.length;
    position = edit.end;
  }
  anchors.push({ edited: length, original: position });
  parts.push(original.slice(position));

  const originalOffset = (offset: number) => {
    let low = 0;
    let high = anchors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((anchors[middle] as { edited: number }).edited <= offset) low = middle;
      else high = middle - 1;
    }
    const anchor = anchors[low] as { edited: number; original: number };
    const next = anchors[low + 1];
    const reached = anchor.original + offset - anchor.edited;
    return Math.min(reached, next ? next.original : original.length);
  };
  return { text: parts.join(''), originalOffset };
}
