/** Brings a field into sight, whatever is folded around it. */

const isVisible = (element: Element) => element.getClientRects().length > 0;

/** Groups of the form, groups of fields and rows of lists can lie within each other. */
const MAX_DEPTH = 6;

const CONTROLS =
  'input:not([type="hidden"], [disabled]), textarea, select, [contenteditable="true"], [role="combobox"], button';

/** Unfolds what hides an element. React renders at once after a click. */
export function unfold(element: Element): void {
  for (let depth = 0; depth < MAX_DEPTH && !isVisible(element); depth++) {
    let around: Element = element;
    while (!isVisible(around) && around.parentElement) around = around.parentElement;
    const folded = around.querySelector<HTMLElement>('[aria-expanded="false"]:not([role="combobox"])');
    if (!folded) return;
    folded.click();
  }
}

/** Unfolds, scrolls to and focuses the control with this id, as its label names it. */
export function revealControl(label: HTMLElement): void {
  unfold(label);
  requestAnimationFrame(() => {
    label.scrollIntoView({ block: 'center' });
    document.getElementById(label.getAttribute('for') ?? '')?.focus({ preventScroll: true });
  });
}

/** The place of a field in the form. */
export const fieldPlace = (name: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);

/** Unfolds, scrolls to and focuses a field of the entry. */
export function revealField(name: string): void {
  const place = fieldPlace(name);
  if (!place) return;
  unfold(place);
  requestAnimationFrame(() => {
    place.scrollIntoView({ block: 'center' });
    place.querySelector<HTMLElement>(CONTROLS)?.focus({ preventScroll: true });
  });
}
