import { additions } from './decap/locale.ts';

/** Labels of Decap's save button and of the item in its menu. */
const { publish: BUTTON, publishNow: ITEM } = additions.editor.editorToolbar;

const findByRole = (role: string, name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[role="${role}"]`)].find(
    (element) => element.textContent?.trim() === name,
  );

/** Ctrl+S saves the draft instead of the page; without unsaved changes it does nothing. */
export function registerSaveShortcut(): void {
  window.addEventListener('keydown', (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's';
    if (!isSave) return;
    event.preventDefault();
    if (event.repeat || document.querySelector('dialog[open]')) return;
    if (!findByRole('menuitem', ITEM)) findByRole('button', BUTTON)?.click();
    // React renders the menu after the click.
    requestAnimationFrame(() => findByRole('menuitem', ITEM)?.click());
  });
}
