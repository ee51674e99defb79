/**
 * Which dollar signs are money. `$…$` is a formula by Pandoc's rule (no space just inside, no digit after it) when it
 * also looks like one; otherwise `每斤$3，梨$2` and `$PATH 与 $USER` would be set as formulas and lose their signs.
 * See https://pandoc.org/MANUAL.html#extension-tex_math_dollars.
 */

interface Run {
  at: number;
  length: number;
}

/**
 * Offsets of the dollar signs of one stretch of inline text that are text. Those without a partner are among them: the
 * parser might find one in an address.
 *
 * @param skipTo offset → end of the address or tag that begins there, if any
 */
export function moneyMarks(
  text: string,
  start: number,
  end: number,
  skipTo: (offset: number) => number | undefined,
): number[] {
  const { dollars, partnerOf } = runsOf(text, start, end, skipTo);
  const found: number[] = [];
  for (let index = 0; index < dollars.length; index++) {
    const opener = dollars[index] as Run;
    const partner = partnerOf[index];
    if (partner !== undefined && isFormula(text, opener, dollars[partner] as Run)) {
      index = partner;
      continue;
    }
    for (let offset = 0; offset < opener.length; offset++) found.push(opener.at + offset);
  }
  return found;
}

/** The runs of `$` outside code, and for each the next one of its length. */
function runsOf(text: string, start: number, end: number, skipTo: (offset: number) => number | undefined) {
  const dollars: Run[] = [];
  const ticks = new Map<number, number[]>();
  for (const { 0: run, index } of text.slice(start, end).matchAll(/`+/g)) {
    const offsets = ticks.get(run.length) ?? [];
    ticks.set(run.length, offsets);
    offsets.push(start + index);
  }
  for (const offsets of ticks.values()) offsets.reverse();
  for (let at = start; at < end; at++) {
    const skipped = skipTo(at);
    if (skipped !== undefined) {
      at = Math.max(at, skipped - 1);
      continue;
    }
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '`' || character === '$') {
      let length = 1;
      while (at + length < end && text[at + length] === character) length++;
      if (character === '$') dollars.push({ at, length });
      else {
        const closers = ticks.get(length) ?? [];
        while (closers.length > 0 && (closers.at(-1) as number) <= at) closers.pop();
        const closer = closers.at(-1);
        if (closer !== undefined && closer < end) {
          at = closer + length - 1;
          continue;
        }
      }
      at += length - 1;
    }
  }
  const partnerOf: (number | undefined)[] = [];
  const next = new Map<number, number>();
  for (let index = dollars.length - 1; index >= 0; index--) {
    const { length } = dollars[index] as Run;
    partnerOf[index] = next.get(length);
    next.set(length, index);
  }
  return { dollars, partnerOf };
}

function isFormula(text: string, opener: Run, closer: Run): boolean {
  const inner = text.slice(opener.at + opener.length, closer.at);
  const next = text[closer.at + closer.length] ?? '';
  if (/\p{N}/u.test(next)) return false;
  if (opener.length === 1 && (inner.trim() !== inner || inner === '')) return false;
  const tex = inner.trim();
  if (/=$/.test(tex) && /[\w{]/.test(next)) return false;
  if (/\p{N}/u.test(text[opener.at - 1] ?? '') && /^[-~–—/,.\s]*\p{N}[\p{N}.,]*$/u.test(tex)) return false;
  return looksLikeFormula(tex);
}

const HAN = /\p{Script=Han}/u;
const CHINESE_MARK = /[，。；！？、：“”《》（）]/;

/** Whether what stands between dollar signs is a formula rather than the words between two prices or variables. */
export function looksLikeFormula(tex: string): boolean {
  const bare = tex.replace(/\\(?:text|mbox|textbf|mathrm|operatorname)\s*\{[^{}]*\}/g, 'x');
  if (bare === '' || /<\/[A-Za-z]|<[A-Za-z]{2,}/.test(bare)) return false;
  if (/\\[A-Za-z]/.test(bare)) return true;
  if (HAN.test(bare)) return !CHINESE_MARK.test(bare) && /[^\s$][=＝^_×÷≈≤≥<>+][^\s$]/.test(bare);
  if (CHINESE_MARK.test(bare)) return /[=^_\\]/.test(bare) && !/\p{N}$/u.test(bare);
  if (/^[,;:/*&|.)\]]|[,;:/*&|@+\-.]$/.test(bare) || /^\{[\w.]*\}$/.test(bare)) return false;
  if (/[A-Za-z]{4,}|[A-Za-z]{2,} +[A-Za-z]{2,}/.test(bare)) return /[^\s][=^_+<>\\][^\s]/.test(bare);
  return /[\p{L}\p{N}\p{Sm}\\^_]/u.test(bare);
}
