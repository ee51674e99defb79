import type { Edit } from '../source/edits.ts';
import { characterAt, characterBefore } from '../source/offsets.ts';

/**
 * Bold and italics as a Chinese reader expects. CommonMark decides by the characters on both sides whether `**` can
 * open or close; it was made for languages with spaces, so `**“重点”**后面` stays literal. Here both readings of a
 * stretch of text are computed; only where they differ, the Chinese reading is written down with tags that every
 * MDX parser reads the same. See https://github.com/commonmark/commonmark-spec/issues/650.
 */

interface Run {
  at: number;
  length: number;
  canOpen: boolean;
  canClose: boolean;
}

interface Pair {
  open: number;
  close: number;
  length: number;
}

const WHITESPACE = /[\s\u00a0]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
/** Han, kana, full-width forms, CJK punctuation and the quotation marks that Chinese shares with other languages. */
const CHINESE = /[\p{Script=Han}\u3000-\u30ff\uff00-\uffef“”‘’…—·《》]/u;

const TAGS: Record<string, Record<number, string>> = {
  '*': { 1: 'em', 2: 'strong' },
  '~': { 1: 'del', 2: 'del' },
};

/**
 * Edits for one stretch of inline text.
 *
 * @param text the whole (masked) source
 * @param start offset of the stretch
 * @param end offset after it
 * @param isOpaque offset → end of the code, link or picture that begins or lies there, if any
 */
export function emphasisEdits(
  text: string,
  start: number,
  end: number,
  isOpaque: (offset: number) => number | undefined,
): Edit[] {
  const edits: Edit[] = [];
  for (const mark of ['*', '~'] as const) {
    const runs = (chinese: boolean) => delimiterRuns(text, start, end, mark, chinese, isOpaque);
    const wanted = runs(true);
    if (!wanted.some((run) => run.canOpen || run.canClose)) continue;
    const given = pairUp(runs(false), mark);
    const expected = pairUp(wanted, mark);
    if (samePairs(given, expected)) continue;
    const used = new Set<number>();
    for (const { open, close, length } of expected) {
      const tag = TAGS[mark]?.[length] as string;
      edits.push({ start: open, end: open + length, text: `<${tag}>` });
      edits.push({ start: close, end: close + length, text: `</${tag}>` });
      for (let index = 0; index < length; index++) used.add(open + index).add(close + index);
    }
    for (const run of wanted)
      for (let at = run.at; at < run.at + run.length; at++)
        if (!used.has(at)) edits.push({ start: at, end: at, text: '\\' });
  }
  return edits;
}

function delimiterRuns(
  text: string,
  start: number,
  end: number,
  mark: string,
  chinese: boolean,
  isOpaque: (offset: number) => number | undefined,
): Run[] {
  const runs: Run[] = [];
  for (let at = start; at < end; at++) {
    const opaqueEnd = isOpaque(at);
    if (opaqueEnd !== undefined) {
      at = Math.max(at, opaqueEnd - 1);
      continue;
    }
    if (text[at] === '\\') {
      at++;
      continue;
    }
    if (text[at] !== mark) continue;
    let length = 1;
    while (at + length < end && text[at + length] === mark) length++;
    if (mark === '*' || length <= 2) {
      const before = at > start ? characterBefore(text, at) : '\n';
      const after = at + length < end ? characterAt(text, at + length) : '\n';
      runs.push({ at, length, ...flanking(before, after, chinese) });
    }
    at += length - 1;
  }
  return runs;
}

function flanking(before: string, after: string, chinese: boolean) {
  const blankBefore = WHITESPACE.test(before);
  const blankAfter = WHITESPACE.test(after);
  const markBefore = PUNCTUATION.test(before);
  const markAfter = PUNCTUATION.test(after);
  const near = chinese && (CHINESE.test(before) || CHINESE.test(after));
  return {
    canOpen: !blankAfter && (near || !markAfter || blankBefore || markBefore),
    canClose: !blankBefore && (near || !markBefore || blankAfter || markAfter),
  };
}

/** CommonMark's delimiter algorithm (spec 6.2 and the appendix), with its bound on openers looked at. */
function pairUp(runs: readonly Run[], mark: string): Pair[] {
  const pairs: Pair[] = [];
  const openers: (Run & { left: number })[] = [];
  for (const run of runs) {
    let closeAt = run.at;
    let left = run.length;
    if (run.canClose) {
      for (let index = openers.length - 1; index >= 0 && left > 0;) {
        const opener = openers[index] as Run & { left: number };
        if (!matches(opener, run, mark, left)) {
          index--;
          continue;
        }
        const length = mark === '~' ? run.length : Math.min(2, opener.left, left);
        opener.left -= length;
        pairs.push({ open: opener.at + opener.left, close: closeAt, length });
        closeAt += length;
        left -= length;
        openers.length = opener.left > 0 ? index + 1 : index;
        if (opener.left === 0) index--;
      }
    }
    if (left > 0 && run.canOpen && openers.length < 200)
      openers.push({ ...run, at: closeAt, length: left, left });
  }
  return pairs;
}

function matches(opener: Run & { left: number }, closer: Run, mark: string, left: number): boolean {
  if (mark === '~') return opener.left === closer.length && left === closer.length;
  const both = (opener.canOpen && opener.canClose) || (closer.canOpen && closer.canClose);
  return (
    !both || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0)
  );
}

const samePairs = (a: readonly Pair[], b: readonly Pair[]) =>
  a.length === b.length &&
  a.every(
    (pair, index) =>
      pair.open === b[index]?.open && pair.close === b[index]?.close && pair.length === b[index]?.length,
  );
