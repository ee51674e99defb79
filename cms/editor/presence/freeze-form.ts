/** A form that can be looked at and not written in; what the review panel offers stays. */

const PANE = '[class*="ControlPaneContainer"]';
const REVIEW = '.portal-review';

let isFrozen = false;
let observer: MutationObserver | undefined;

/** Makes everything below an element inert, except the review panel and what it is in. */
function freezeBelow(parent: Element): void {
  for (const child of parent.children) {
    const hasReview = child.querySelector(REVIEW) !== null;
    child.toggleAttribute('inert', !hasReview && !child.matches(REVIEW));
    if (hasReview) freezeBelow(child);
  }
}

function apply(): void {
  const pane = document.querySelector(PANE);
  if (pane) freezeBelow(pane);
}

export function freezeForm(frozen: boolean): void {
  if (frozen === isFrozen) return;
  isFrozen = frozen;
  observer?.disconnect();
  if (frozen) {
    apply();
    // Fields are rendered again, and the review panel comes later.
    observer = new MutationObserver(apply);
    observer.observe(document.body, { childList: true, subtree: true });
  } else for (const part of document.querySelectorAll(`${PANE} [inert]`)) part.removeAttribute('inert');
}
