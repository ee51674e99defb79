/** Edits that the toolbar above the Markdown source makes. Pure: `value` is the text, selected from `start` to `end`. */

/** Replaces the text from `from` to `to`; `select` is the selection afterwards. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  select: readonly [start: number, end: number];
}

export interface Selected {
  value: string;
  start: number;
  end: number;
}

/** Marks around text, e.g. `**` for bold. */
export interface Mark {
  before: string;
  after: string;
  /** Inserted when nothing is selected. */
  placeholder: string;
  /** The part of `after` that is selected afterwards, for the editor to type over. */
  fill?: string;
}

/** A prefix of each line, e.g. `- `. */
export interface LineMark {
  line: string;
  placeholder: string;
}

/**
 * Wraps the selection in marks, each line by itself and without spaces at its ends, where Markdown would not take them for
 * marks; or removes the marks.
 */
export function toggleMark(
  { value, start, end }: Selected,
  { before, after, placeholder, fill }: Mark,
): Edit {
  const selected = value.slice(start, end);
  const isMarked = (text: string) =>
    text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  const [from, to] = [start - before.length, end + after.length];
  // `**` within `***` is not the same mark.
  const isInside = from >= 0 && isMarked(value.slice(from, to)) && value[from - 1] !== before[0];
  if (isInside) return { from, to, text: selected, select: [from, from + selected.length] };
  if (isMarked(selected)) {
    const text = selected.slice(before.length, selected.length - after.length);
    return { from: start, to: end, text, select: [start, start + text.length] };
  }
  if (selected.trim() === '') {
    const text = before + placeholder + after;
    return {
      from: end,
      to: end,
      text,
      select: [end + before.length, end + before.length + placeholder.length],
    };
  }
  const text = selected.replace(/(?<=^[^\S\n]*)\S.*?(?=[^\S\n]*$)/gm, (line) => before + line + after);
  const words = selected.trim();
  if (words.includes('\n')) return { from: start, to: end, text, select: [start, start + text.length] };
  const begin = start + selected.indexOf(words) + before.length;
  const at = fill ? begin + words.length + after.indexOf(fill) : begin;
  return { from: start, to: end, text, select: [at, at + (fill ?? words).length] };
}

/** `3. 水` → `1. 水`, to compare with the prefix. */
const asFirst = (text: string) => text.replace(/^\d+/, '1');

/** Adds a prefix to each line that the selection touches, `1.` counting up, or removes it. */
export function toggleLinePrefix({ value, start, end }: Selected, { line, placeholder }: LineMark): Edit {
  const from = value.lastIndexOf('\n', start - 1) + 1;
  const next = value.indexOf('\n', end);
  const to = next < 0 ? value.length : next;
  const lines = value.slice(from, to).split('\n');
  if (lines.every((text) => text.trim() === '')) {
    const at = to + line.length;
    return { from: to, to, text: line + placeholder, select: [at, at + placeholder.length] };
  }
  const isMarked = lines.every((text) => text.trim() === '' || asFirst(text).startsWith(line));
  let number = 0;
  const text = lines
    .map((words) => {
      if (words.trim() === '') return words;
      if (isMarked) return asFirst(words).slice(line.length);
      number += 1;
      return line.replace('1', String(number)) + words;
    })
    .join('\n');
  return { from, to, text, select: [from, from + text.length] };
}

/** Adds the reference of a new footnote at the cursor, and its definition at the end of the text. */
export function insertFootnote({ value, end }: Selected): readonly [number: Edit, note: Edit] {
  const used = [...value.matchAll(/\[\^(\d{1,6})\]/g)].map(([, number]) => Number(number));
  const name = `[^${Math.max(0, ...used) + 1}]`;
  const number: Edit = { from: end, to: end, text: name, select: [end + name.length, end + name.length] };
  const whole = value.slice(0, end) + name + value.slice(end);
  const foot = whole.trimEnd().length;
  const lead = `\n\n${name}: `;
  const placeholder = '注释写在这里。';
  const at = foot + lead.length;
  const note: Edit = {
    from: foot,
    to: whole.length,
    text: `${lead}${placeholder}\n`,
    select: [at, at + placeholder.length],
  };
  return [number, note];
}
