/** What an open list of suggestions does; see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export interface ComboboxParts {
  readonly input: HTMLInputElement;
  /** Empty element with `role="listbox"`, `hidden`, a name and an id. */
  readonly list: HTMLElement;
  /** Live region that tells how many suggestions there are. */
  readonly status: HTMLElement;
}

export interface Suggestion {
  readonly address: string;
  /** What the option shows. */
  readonly content: readonly Node[];
}

/** Long enough not to look up every letter of a fast typist. */
const DEBOUNCE_MS = 120;

/**
 * Makes a search field offer pages while somebody types: arrow keys choose, Enter goes there, Escape closes. While an
 * input method is composing, its keys and letters are left alone.
 *
 * @param suggest the suggestions for what is typed, best first; a rejection counts as none
 * @returns closes the list
 */
export function combobox(
  { input, list, status }: ComboboxParts,
  suggest: (typed: string) => Promise<Suggestion[]>,
): () => void {
  let active = -1;
  let composing = false;
  let turn = 0;
  let timer = 0;

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');

  const options = () => Array.from(list.children) as HTMLElement[];

  const activate = (index: number) => {
    active = index;
    for (const [position, option] of options().entries())
      option.setAttribute('aria-selected', String(position === index));
    const option = options()[index];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  };

  const close = () => {
    turn++;
    clearTimeout(timer);
    list.hidden = true;
    list.textContent = '';
    status.textContent = '';
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  };

  const open = (suggestions: Suggestion[]) => {
    close();
    if (suggestions.length === 0) return;
    for (const [index, { address, content }] of suggestions.entries()) {
      const option = document.createElement('div');
      option.id = `${list.id}-${index}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.address = address;
      option.append(...content);
      list.append(option);
    }
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    status.textContent = `有 ${suggestions.length} 条标题可选，按上下键选择`;
  };

  const refresh = () => {
    clearTimeout(timer);
    const mine = ++turn;
    const typed = input.value.trim();
    if (!typed) return close();
    timer = window.setTimeout(() => {
      suggest(typed).then(
        (suggestions) => mine === turn && open(suggestions),
        () => mine === turn && close(),
      );
    }, DEBOUNCE_MS);
  };

  const go = (option: HTMLElement | null | undefined) => {
    if (option?.dataset.address) location.assign(option.dataset.address);
  };

  const move = (step: 1 | -1) => {
    const count = options().length;
    // One step beyond either end returns to the field itself.
    activate(((active + 1 + step + count + 1) % (count + 1)) - 1);
  };

  input.addEventListener('compositionstart', () => {
    composing = true;
  });
  input.addEventListener('compositionend', () => {
    composing = false;
    refresh();
  });
  input.addEventListener('input', () => {
    if (!composing) refresh();
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    // Safari ends the composition before the Enter that ended it; that key has code 229.
    if (composing || event.isComposing || event.keyCode === 229 || list.hidden) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && active >= 0) go(options()[active]);
    else return;
    event.preventDefault();
  });
  // Pressing must not take the focus away, or the list would be closed before the click.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) =>
    go((event.target as Element).closest<HTMLElement>('[role=option]')),
  );

  return close;
}
