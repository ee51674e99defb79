/** What the buttons above the source of a body write into it. Pure: a text box holds `value`, selected from `start` to `end`. */

/** What replaces the text from `from` to `to`, and what is selected afterwards. */
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

/** Marks around words. */
export interface Mark {
  before: string;
  after: string;
  /** Stands in for the words when nothing is selected. */
  placeholder: string;
  /** The part of `after` that is to be filled in once there are words. */
  fill?: string;
}

/** A mark at the beginning of each line. */
export interface LineMark {
  line: string;
  placeholder: string;
}

/**
 * Puts marks around what is selected, line by line and without the blanks at its ends, where they would not be marks; or
 * takes them off when they are there.
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

/** A line that is numbered, as if it were the first. */
const asFirst = (text: string) => text.replace(/^\d+/, '1');

/** Puts a mark at the beginning of each whole line that is selected in part, counting on from `1.`, or takes them off. */
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

/** A note's number where the cursor is, the next that is free, and the note itself at the end of the text. */
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
