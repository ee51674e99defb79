/** Attributes of the empty elements that stand for something until the Markdown is written. */

/** The TeX of a formula. */
export const TEX = 'data-portal-tex';

/** The number of a footnote that is referred to. */
export const NOTE = 'data-portal-note';
