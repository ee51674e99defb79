/**
 * Bold and italics as pairs of private-use characters until a paragraph is complete: whether `**` works depends on the
 * characters around it.
 */

/** Open and close. */
export const BOLD = ['\ue000', '\ue001'] as const;
export const ITALIC = ['\ue002', '\ue003'] as const;
export const MARKS = /[\ue000-\ue003]/g;

export const emphasize = (text: string, [open, close]: readonly [string, string]) => open + text + close;

/** Writes the marks as Markdown: not nested, tight around the words, and italics only where no bold touches them. */
export function writeEmphasis(text: string): string {
  let bold = 0;
  let italic = 0;
  const outermost = text.replace(MARKS, (mark) => {
    if (mark === BOLD[0]) return bold++ === 0 ? mark : '';
    if (mark === BOLD[1]) return --bold === 0 ? mark : '';
    if (mark === ITALIC[0]) return italic++ === 0 && bold === 0 ? mark : '';
    return --italic === 0 && bold === 0 ? mark : '';
  });
  return withoutEmptyPairs(outermost)
    .replace(/\ue002([^\ue003]*\ue000[^\ue003]*)\ue003/g, '$1')
    .replace(/\ue001\ue000|\ue003\ue002/g, '')
    .replace(/\ue001\ue002([^\ue003]*)\ue003/g, '\ue001$1')
    .replace(/\ue002([^\ue003]*)\ue003(?=\ue000)/g, '$1')
    .replace(/([\ue000\ue002])((?:\\\n|\s)*)([^\ue000-\ue003]*?)((?:\\\n|\s)*)([\ue001\ue003])/g, tight)
    .replace(/[\ue000\ue001]/g, '**')
    .replace(/[\ue002\ue003]/g, '*');
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
    (before === '' && /[a-z\d]/i.test(whole[at - 1] ?? '') && /^[^\p{L}\p{N}]/u.test(words)) ||
    (after === '' && /[a-z\d]/i.test(whole[at + match.length] ?? '') && /[^\p{L}\p{N}]$/u.test(words));
  return before + (words === '' || isLost ? words : open + words + close) + after;
}
