/** What scripts put into pages after these are built, by what the pages hold. */
export interface Addition {
  /** An element or a class of the pages that it is about: `quiz-card`, `.stops`. */
  where: string;
  /** Elements (`dialog`) and classes (`.bar`), or `everything` where parts of other pages or of the server come in. */
  adds: 'everything' | readonly string[];
}

/** `scripted.test.ts` compares it with what the scripts make. */
export const ADDITIONS: readonly Addition[] = [
  {
    where: 'reading-preferences',
    adds: ['style', 'div', 'fieldset', 'legend', 'label', 'input', 'span', 'button', '.plain'],
  },
  { where: 'photo-gallery', adds: ['dialog', 'div', 'p', 'button', '.bar', '.plain'] },
  { where: 'quiz-card', adds: ['p', 'button'] },
  { where: 'kept-pages', adds: ['li', 'a'] },
  {
    where: 'search-panel',
    adds: [
      ...['section', 'h2', 'h3', 'ol', 'li', 'a', 'p', 'mark', 'div', 'span', 'small'],
      ...['fieldset', 'legend', 'label', 'input', 'button', '.tier', '.kind'],
    ],
  },
  { where: 'online-request', adds: 'everything' },
  { where: 'stop-filter', adds: 'everything' },
  // Brought into the page of the filter.
  { where: '.stops-of-year', adds: 'everything' },
];
