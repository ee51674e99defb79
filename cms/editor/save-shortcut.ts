import { additions } from './decap/locale.ts';

/** Decap names its button and the entry of the button's menu alike. */
const { publish: BUTTON, publishNow: ITEM } = additions.editor.editorToolbar;

const shown = (role: string, name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[role="${role}"]`)].find(
    (element) => element.textContent?.trim() === name,
  );

/** Ctrl+S saves, as everywhere; the browser would save the page as a file. While nothing is to be saved it does nothing. */
export function registerSaveShortcut(): void {
  window.addEventListener('keydown', (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's';
    if (!isSave) return;
    event.preventDefault();
    if (event.repeat || document.querySelector('dialog[open]')) return;
    if (!shown('menuitem', ITEM)) shown('button', BUTTON)?.click();
    // The menu is drawn after the press.
    requestAnimationFrame(() => shown('menuitem', ITEM)?.click());
  });
}
