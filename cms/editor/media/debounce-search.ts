import debounce from 'lodash/debounce.js';

const SEARCH_DEBOUNCE_MS = 300;

/** Runs the latest search when no key was pressed for `SEARCH_DEBOUNCE_MS`. */
export const debounceSearch = debounce((search: () => void) => search(), SEARCH_DEBOUNCE_MS);
