import { productMarks } from '../../../../src/body/source/marks.ts';

/**
 * Bold, italics and struck-out text as pairs of private-use characters until a paragraph is complete: whether `**` works depends on the
 * characters around it.
 */

/** Open and close. */
export const BOLD = ['\ue000', '\ue001'] as const;
export const ITALIC = ['\ue002', '\ue003'] as const;
export const STRUCK = ['\ue004', '\ue005'] as const;
/** The marks of bold and italics. */
export const EMPHASIS = /[\ue000-\ue003]/g;
/** Around a formula, on both sides. */
const FORMULA = '\ue006';
export const MARKS = /[\ue000-\ue006]/g;

/** A formula until its paragraph is complete: what follows it decides about its last mark. */
export const markFormula = (tex: string): string => FORMULA + tex.replace(/\s+/g, ' ').trim() + FORMULA;

/** Before a figure a closing dollar sign would be money (Pandoc's rule): a space keeps them apart. */
export const writeFormulaMarks = (text: string): string =>
  text.replace(
    /\ue006([^\ue006]*)\ue006(\p{N})?/gu,
    (_, tex: string, digit?: string) => `$${tex}$${digit ? ` ${digit}` : ''}`,
  );

export const emphasize = (text: string, [open, close]: readonly [string, string]) => open + text + close;

/** Writes the marks as Markdown: not nested, tight around the words, and italics only where no bold touches them. */
export function writeEmphasis(text: string): string {
  let bold = 0;
  let italic = 0;
  const outermost = text.replace(EMPHASIS, (mark) => {
    if (mark === BOLD[0]) return bold++ === 0 ? mark : '';
    if (mark === BOLD[1]) return --bold === 0 ? mark : '';
    if (mark === ITALIC[0]) return italic++ === 0 && bold === 0 ? mark : '';
    return --italic === 0 && bold === 0 ? mark : '';
  });
  const written = withoutEmptyPairs(outermost)
    .replace(/\ue002([^\ue003]*\ue000[^\ue003]*)\ue003/g, '$1')
    .replace(/\ue001\ue000|\ue003\ue002/g, '')
    .replace(/\ue001\ue002([^\ue003]*)\ue003/g, '\ue001$1')
    .replace(/\ue002([^\ue003]*)\ue003(?=\ue000)/g, '$1')
    .replace(/([\ue000\ue002])((?:\\\n|\s)*)([^\ue000-\ue003]*?)((?:\\\n|\s)*)([\ue001\ue003])/g, tight)
    .replace(/\ue005\ue004/g, '')
    .replace(/\ue004([^\ue005]*)\ue005/g, strike)
    .replace(/[\ue000\ue001]/g, '**');
  return writeItalics(written);
}

/** `~~` next to a mark of another kind is no mark. */
function strike(match: string, words: string, at: number, whole: string): string {
  const neighbours = (whole[at - 1] ?? '') + (whole[at + match.length] ?? '');
  const isPlain = /^[\p{L}\p{N}]$|^[\p{L}\p{N}].*[\p{L}\p{N}]$/su.test(words) && !words.includes('\n');
  return isPlain && !/[\ue000-\ue003~\\]/.test(neighbours)
    ? `~~${words}~~`
    : `<del>${words.replace(/\\\n/g, ' ')}</del>`;
}

/** Writes italics; where the body would read the marks as the × of a product, the words stay without them. */
function writeItalics(text: string): string {
  const products = new Set(productMarks(text.replace(/[\ue002\ue003]/g, '*')));
  return text.replace(/\ue002([^\ue003]*)\ue003/g, (match, words: string, at: number) => {
    const isProduct = products.has(at) || products.has(at + match.length - 1);
    // In a cell of a table the next paragraph may begin with a number.
    return isProduct || /^\p{N}|\p{N}$/u.test(words) ? words : `*${words}*`;
  });
}

/** An empty pair between two bold passages would keep them from being joined, and `****` is text. */
function withoutEmptyPairs(text: string): string {
  const shorter = text.replace(/\ue000\ue001|\ue002\ue003/g, '');
  return shorter === text ? text : withoutEmptyPairs(shorter);
}

/**
 * Markdown knows no emphasis that begins or ends with a punctuation mark next to a letter; around punctuation alone
 * it shows nothing and may be taken for text.
 */
function tight(
  match: string,
  open: string,
  before: string,
  words: string,
  after: string,
  ...rest: unknown[]
) {
  const [close, at, whole] = rest as [string, number, string];
  const isLost =
    !/[\p{L}\p{N}]/u.test(words) ||
    (before === '' && /[a-z\d]/i.test(whole[at - 1] ?? '') && /^(?:[^\p{L}\p{N}]|https?:)/iu.test(words)) ||
    (after === '' && /[a-z\d]/i.test(whole[at + match.length] ?? '') && /[^\p{L}\p{N}]$/u.test(words));
  return before + (words === '' || isLost ? words : open + words + close) + after;
}
