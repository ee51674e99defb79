import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { filter } from '../../decap/fuzzy.ts';
import { element } from '../../dialogs/dialog.ts';
import { catalogue, type Item } from './catalogue.ts';

/**
 * The menu of what can be inserted. `/` or `、` at the beginning of a paragraph opens it; what is typed next filters it, by
 * Chinese name or pinyin. ＋ opens the same list.
 */

const key = new PluginKey('insert-menu');

/** What was typed after the sign that opens the menu; undefined when there is none before the cursor. */
function queryOf({ selection }: EditorState): string | undefined {
  const { $from, empty } = selection;
  if (!empty || $from.parent.type.name !== 'paragraph') return undefined;
  const before = $from.parent.textBetween(0, $from.parentOffset, '\n', '￼');
  const typed = /^[/、／]([\p{L}\p{N}'’]{0,20})$/u.exec(before)?.[1];
  return typed?.replace(/['’]/g, '');
}

const fitting = (view: EditorView, items: readonly Item[]) =>
  items.filter(({ fits }) => fits?.(view) ?? true);

/** A list of things to insert, at a place in the window; it is no part of the text. */
class Menu {
  readonly dom = element('div', '', 'portal-doc-menu');
  private items: readonly Item[] = [];
  private chosen = 0;
  private readonly pick: (item: Item) => void;

  constructor(pick: (item: Item) => void) {
    this.pick = pick;
    this.dom.id = `portal-doc-menu-${Math.random().toString(36).slice(2)}`;
    this.dom.setAttribute('role', 'listbox');
    this.dom.setAttribute('aria-label', '插入什么');
    this.dom.hidden = true;
    // The text keeps the focus.
    this.dom.addEventListener('mousedown', (event) => event.preventDefault());
  }

  show(items: readonly Item[], place: { left: number; top: number; bottom: number }): void {
    this.items = items;
    this.chosen = 0;
    this.dom.replaceChildren(
      ...items.map((item, index) => {
        const row = element('div', '', 'portal-doc-item');
        row.id = `${this.dom.id}-${index}`;
        row.setAttribute('role', 'option');
        row.append(element('span', item.label), element('small', item.hint));
        row.addEventListener('click', () => this.pick(item));
        return row;
      }),
    );
    this.dom.hidden = false;
    this.mark();
    const { offsetHeight: height, offsetWidth: width } = this.dom;
    const below = place.bottom + height < window.innerHeight || place.top < height;
    this.dom.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - width - 8))}px`;
    this.dom.style.top = `${below ? Math.min(place.bottom + 4, window.innerHeight - height - 8) : place.top - height - 4}px`;
  }

  hide(): void {
    this.dom.hidden = true;
  }

  get isOpen(): boolean {
    return !this.dom.hidden;
  }

  /** Identifier of the option that Enter takes. */
  get active(): string {
    return `${this.dom.id}-${this.chosen}`;
  }

  move(by: number): void {
    this.chosen = (this.chosen + by + this.items.length) % this.items.length;
    this.mark();
  }

  take(): void {
    const item = this.items[this.chosen];
    if (item) this.pick(item);
  }

  private mark(): void {
    for (const [index, row] of [...this.dom.children].entries()) {
      row.setAttribute('aria-selected', String(index === this.chosen));
      if (index === this.chosen) row.scrollIntoView({ block: 'nearest' });
    }
  }
}

/** The menu that typing opens. */
export function insertMenu(announce: (words: string) => void): Plugin {
  const items = catalogue(announce);
  /** The paragraph and sign that Escape has dismissed. */
  let dismissed = '';
  let menu: Menu;
  return new Plugin({
    key,
    view(view) {
      menu = new Menu((item) => {
        menu.hide();
        const { $from } = view.state.selection;
        view.dispatch(view.state.tr.delete($from.start(), $from.pos));
        item.run(view);
      });
      document.body.append(menu.dom);
      const close = () => {
        menu.hide();
        view.dom.removeAttribute('aria-activedescendant');
        view.dom.removeAttribute('aria-controls');
      };
      view.dom.addEventListener('blur', close);
      window.addEventListener('scroll', close, { capture: true, passive: true });
      return {
        update(now) {
          const query = queryOf(now.state);
          const place = String(now.state.selection.$from.index(0));
          if (query === undefined) dismissed = '';
          const found =
            query === undefined || dismissed === place || !now.hasFocus()
              ? []
              : filter(query, fitting(now, items), { extract: ({ label }) => label }).map(
                  ({ original }) => original,
                );
          if (found.length === 0) return close();
          menu.show(found, now.coordsAtPos(now.state.selection.from));
          view.dom.setAttribute('aria-controls', menu.dom.id);
          view.dom.setAttribute('aria-activedescendant', menu.active);
        },
        destroy() {
          window.removeEventListener('scroll', close, { capture: true });
          menu.dom.remove();
        },
      };
    },
    props: {
      handleKeyDown(view, event) {
        if (!menu.isOpen) return false;
        if (event.key === 'ArrowDown') menu.move(1);
        else if (event.key === 'ArrowUp') menu.move(-1);
        else if (event.key === 'Enter' || event.key === 'Tab') menu.take();
        else if (event.key === 'Escape') {
          dismissed = String(view.state.selection.$from.index(0));
          menu.hide();
        } else return false;
        if (menu.isOpen) view.dom.setAttribute('aria-activedescendant', menu.active);
        return true;
      },
    },
  });
}

/** The whole list in a pop-up below a button, with a field to search it. */
export function openInsertList(
  view: EditorView,
  button: HTMLElement,
  announce: (words: string) => void,
): void {
  const dialog = element('dialog', '', 'portal-doc-insert');
  dialog.setAttribute('aria-label', '插入');
  const search = element('input');
  search.type = 'search';
  search.placeholder = '找一找：表格、bg、tupian…';
  search.setAttribute('aria-label', '在能插入的东西里找');
  const list = new Menu((item) => {
    dialog.close();
    item.run(view);
  });
  list.dom.classList.add('inside');
  const all = fitting(view, catalogue(announce));
  const show = () => {
    const found = filter(search.value, all, { extract: ({ label }) => label }).map(
      ({ original }) => original,
    );
    list.show(found, { left: 0, top: 0, bottom: 0 });
    list.dom.hidden = false;
  };
  search.addEventListener('input', show);
  search.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') list.move(1);
    else if (event.key === 'ArrowUp') list.move(-1);
    else if (event.key === 'Enter') list.take();
    else return;
    event.preventDefault();
  });
  dialog.append(search, list.dom);
  dialog.addEventListener('close', () => {
    dialog.remove();
    view.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  const { left, bottom } = button.getBoundingClientRect();
  dialog.style.left = `${Math.max(8, Math.min(left, window.innerWidth - dialog.offsetWidth - 8))}px`;
  dialog.style.top = `${Math.min(bottom + 4, window.innerHeight - dialog.offsetHeight - 8)}px`;
  show();
  search.focus();
}
