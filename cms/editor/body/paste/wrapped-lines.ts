/** Lines of plain text that a PDF broke at the edge of its page, joined to paragraphs. */

const MIN_LINES = 3;
const MIN_WIDTH = 24;
/** How much shorter than the longest line a full line may be. */
const FULL = 0.8;

/** Han characters take two columns. */
const widthOf = (line: string) =>
  [...line].reduce((sum, character) => sum + (/[\u2e80-\uffe6]/.test(character) ? 2 : 1), 0);

const SENTENCE_END = /[。！？!?：:；;…”』」）)\]】]$/;
const NEW_ITEM =
  /^(?:[-*•●■◆□☑#>|]|\d{1,3}[.)、．]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|第.{1,4}[章节条])/;

/** The text, and how many lines were joined to the one before. */
export function joinWrappedLines(text: string): { text: string; joined: number } {
  const lines = text.split(/\r?\n/);
  const widths = lines.map(widthOf);
  const longest = Math.max(...widths);
  const full = widths.map((width) => width >= longest * FULL);
  // A poem or a list has no lines that all reach to one edge.
  if (longest < MIN_WIDTH || full.filter(Boolean).length < MIN_LINES) return { text, joined: 0 };
  let joined = 0;
  const made = lines.reduce((before, line, index) => {
    if (index === 0) return line;
    const previous = lines[index - 1] ?? '';
    const goesOn =
      full[index - 1] &&
      line.trim() !== '' &&
      !SENTENCE_END.test(previous.trimEnd()) &&
      !NEW_ITEM.test(line.trimStart());
    if (!goesOn) return `${before}\n${line}`;
    joined++;
    return before.trimEnd() + gapBetween(previous, line) + line.trimStart();
  }, '');
  return { text: made, joined };
}

/** Words of Latin letters are kept apart, and one that was broken by a hyphen is not. */
function gapBetween(previous: string, line: string): string {
  return /[A-Za-z\d,.;%]$/.test(previous.trimEnd()) && /^[A-Za-z\d]/.test(line.trimStart()) ? ' ' : '';
}
