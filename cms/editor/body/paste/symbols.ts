import { codePoint } from 'dingbat-to-unicode';
import { styleOf, textsIn } from './dom.ts';
import type { Notes } from './notes.ts';

/**
 * Letters that a font draws as symbols: in Symbol the letter ³ is ≥, in Wingdings 2 R is ☑. In any other font they would be
 * the letters.
 */

const SYMBOL_FONTS = ['Symbol', 'Webdings', 'Wingdings', 'Wingdings 2', 'Wingdings 3'];

/** Characters that fonts of phones lack, and the ones that look like them. */
// prettier-ignore
const COMMON: Record<string, string> = {
  '🡨': '←', '🡪': '→', '🡩': '↑', '🡫': '↓', '🡬': '↖', '🡭': '↗', '🡯': '↙', '🡮': '↘',
  '⭠': '←', '⭢': '→', '⭡': '↑', '⭣': '↓', '🠈': '←', '🠊': '→', '🠉': '↑', '🠋': '↓',
  '🡐': '←', '🡒': '→', '🡑': '↑', '🡓': '↓', '🡸': '⇦', '🡺': '⇨', '🡹': '⇧', '🡻': '⇩',
  '⚫': '●', '⚪': '○', '🞄': '•', '🞅': '○', '🞆': '◎', '🞈': '◎', '⬤': '●', '🞍': '■', '🞎': '□', '🞏': '□', '🞐': '□',
  '🞂': '▶', '🞀': '◀', '🞃': '▼', '🞁': '▲', '⮚': '➢', '⮘': '◀', '⮙': '▲', '⮛': '▼', '⯅': '▲', '⯆': '▼', '⯇': '◀', '⯈': '▶',
  '🗸': '✓', '🗹': '☑', '🗵': '☒', '🗷': '☒', '🗴': '✗', '🗶': '✗', '🞨': '✕', '⬧': '◆', '⬥': '◆', '🞜': '◆', '⬩': '◆', '🙾': '◇',
  '🕿': '☎', '🖂': '✉', '🖃': '✉', '🖐': '✋', '🖎': '✍',
};

/** Windows-1252 characters of the bytes 0x80 to 0x9F: what a program copies for them. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Writes the symbols as Unicode; says which letters it does not know. */
export function writeSymbols(body: HTMLElement, notes: Notes): void {
  const unknown: string[] = [];
  for (const element of body.querySelectorAll<HTMLElement>('[style],font[face]')) {
    const font = symbolFontOf(element);
    // The marker of a list item is looked at by its letter.
    if (!font || /mso-list:\s*ignore/i.test(styleOf(element)) || isInMarker(element)) continue;
    for (const text of textsIn(element)) {
      if (closestFont(text.parentElement, element)) continue;
      const letters = text.data;
      text.data = [...letters].map((letter) => symbolOf(font, letter) ?? letter).join('');
      if ([...letters].some((letter) => symbolOf(font, letter) === undefined && isLetter(letter)))
        unknown.push(letters);
    }
    dropFont(element);
  }
  if (unknown.length > 0) notes.add('符号字体里有认不出的字，请对照原文改正', unknown);
}

const isInMarker = (element: Element) =>
  [...(element.closest('p,li,div')?.querySelectorAll('[style]') ?? [])].some(
    (part) => /mso-list:\s*ignore/i.test(styleOf(part)) && part.contains(element),
  );

/** The symbol font that an element sets, or undefined. */
function symbolFontOf(element: Element): string | undefined {
  const style = styleOf(element);
  const declared =
    /mso-symbol-font-family:\s*([^;]+)/i.exec(style)?.[1] ??
    /(?:^|;)\s*font-family:\s*([^;]+)/i.exec(style)?.[1] ??
    (element.tagName === 'FONT' ? element.getAttribute('face') : undefined);
  const [first = ''] = (declared ?? '').split(',');
  const name = first.replace(/["']/g, '').trim().toLowerCase();
  return SYMBOL_FONTS.find((font) => font.toLowerCase() === name);
}

/** Whether an element between a text and the symbol's sets a font of its own. */
function closestFont(from: Element | null, until: Element): boolean {
  for (let at = from; at && at !== until; at = at.parentElement)
    if (/(?:^|;)\s*font-family:/i.test(styleOf(at))) return true;
  return false;
}

/** So that the letters are not looked up twice. */
function dropFont(element: Element): void {
  element.removeAttribute('face');
  element.setAttribute('style', styleOf(element).replace(/(?:mso-symbol-)?font-family:[^;]*;?/gi, ''));
}

/** Han characters and Chinese punctuation in such a passage are drawn by another font. */
const isLetter = (letter: string) => /[!-~\u00a1-\u00ff\uf021-\uf0ff]/.test(letter);

function symbolOf(font: string, letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const at = WINDOWS_1252.indexOf(letter);
  const byte = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : at >= 0 ? 0x80 + at : code;
  if (byte <= 0x20 || byte > 0xff) return undefined;
  const found = codePoint(font, byte)?.string;
  return found === undefined ? undefined : (COMMON[found] ?? found);
}
