/** Breaking a Chinese title over lines, after 《中文排版需求》 (https://www.w3.org/TR/clreq/). */

/** May not begin a line. */
const NOT_FIRST = /^[，。、：；！？）》」』”’】〕…—～·％℃,.:;!?)\]}%]/u;
/** May not end a line. */
const NOT_LAST = /[（《「『“‘【〔([{]$/u;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The pieces that a line may consist of: words, with the marks that cling to them. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = found.at(-1);
    // A space stays with what is before it: a mark after it would begin a line once that is trimmed.
    const clings = segment.trim() === '' || NOT_FIRST.test(segment);
    if (last !== undefined && (clings || NOT_LAST.test(last.trimEnd())))
      found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found;
}

/**
 * Lines of about equal width that break between words; a mark that closes never begins a line, one that opens never
 * ends one. After a comma or a full stop is the best place. A single word wider than a line is cut between characters.
 *
 * @param widthOf width of a text in any unit
 * @param max widest line in that unit
 */
export function balancedLines(text: string, widthOf: (text: string) => number, max: number): string[] {
  const parts = pieces(text.trim()).flatMap((piece) =>
    widthOf(piece) > max ? cut(piece, widthOf, max) : [piece],
  );
  if (parts.length === 0) return [];
  // best[i]: cheapest way to set the first i parts; fewer lines always win, then evenness.
  const best: { cost: number; lines: number; from: number }[] = [{ cost: 0, lines: 0, from: 0 }];
  const total = widthOf(text);
  const ideal = total / Math.ceil(total / max);
  for (let end = 1; end <= parts.length; end++) {
    let chosen = { cost: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      const line = parts.slice(from, end).join('').trim();
      const width = widthOf(line);
      if (width > max && from < end - 1) break;
      const before = best[from] as { cost: number; lines: number };
      const pause = end === parts.length || /[，。：；！？—…]$/u.test(line) ? 0 : 0.2;
      const cost = before.cost + ((width - ideal) / max) ** 2 + pause;
      const lines = before.lines + 1;
      if (lines < chosen.lines || (lines === chosen.lines && cost < chosen.cost))
        chosen = { cost, lines, from };
    }
    best.push(chosen);
  }
  const lines: string[] = [];
  for (let end = parts.length; end > 0; end = (best[end] as { from: number }).from)
    lines.unshift(
      parts
        .slice((best[end] as { from: number }).from, end)
        .join('')
        .trim(),
    );
  return lines;
}

function cut(piece: string, widthOf: (text: string) => number, max: number): string[] {
  const found: string[] = [];
  let line: string[] = [];
  for (const character of piece) {
    if (line.length > 0 && widthOf([...line, character].join('')) > max) {
      const end = endOfLine(line, character);
      found.push(line.slice(0, end).join(''));
      line = line.slice(end);
    }
    line.push(character);
  }
  return line.length > 0 ? [...found, line.join('')] : found;
}

/** How many characters of a full line stay on it, so that no mark begins the next or ends this one, where that is possible. */
function endOfLine(line: readonly string[], next: string): number {
  for (let end = line.length; end > 0; end--)
    if (!NOT_FIRST.test(line[end] ?? next) && !NOT_LAST.test(line[end - 1] as string)) return end;
  return line.length;
}
