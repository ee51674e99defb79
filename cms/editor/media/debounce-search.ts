const TYPING_MS = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Searches once nobody has typed for a moment. */
export function debounceSearch(search: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(search, TYPING_MS);
}
