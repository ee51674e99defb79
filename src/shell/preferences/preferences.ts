import { PREFERENCES, STORAGE_KEY } from './options.ts';
import { furnish } from './panel.ts';

type Choices = Record<string, string>;

const root = document.documentElement;

function storedChoices(): Choices {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Choices;
  } catch {
    return {};
  }
}

/** Done before by `recall.ts`, unless an older policy of the web server forbids scripts inside pages. */
function recall() {
  const choices = storedChoices();
  for (const name of ['mode', ...PREFERENCES.map((one) => one.name)])
    if (choices[name]) root.dataset[name] = choices[name];
}

function choose(name: string, value: string) {
  const choices = storedChoices();
  if (value) {
    choices[name] = value;
    root.dataset[name] = value;
  } else {
    delete choices[name];
    delete root.dataset[name];
  }
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(choices));
  } catch {
    // Private browsing: the choice holds for this page only.
  }
}

/** `<reading-preferences>`: elder mode and the settings panel. */
class ReadingPreferences extends HTMLElement {
  connectedCallback() {
    const elder = this.querySelector<HTMLButtonElement>('.elder');
    const details = this.querySelector('details');
    const panel = this.querySelector('.panel');
    if (!elder || !details || !panel) return;
    furnish(panel, this.querySelector('read-aloud'));

    const nameElder = () => {
      elder.textContent = root.dataset.mode === 'elder' ? '标准模式' : '长辈模式';
    };
    nameElder();
    elder.addEventListener('click', () => {
      choose('mode', root.dataset.mode === 'elder' ? '' : 'elder');
      nameElder();
    });

    for (const input of panel.querySelectorAll<HTMLInputElement>('input[type=radio]'))
      input.checked = input.value === (root.dataset[input.name] ?? '');
    panel.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) choose(target.name, target.value);
    });

    const close = () => details.removeAttribute('open');
    this.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || !details.open) return;
      close();
      details.querySelector('summary')?.focus();
    });
    document.addEventListener('click', ({ target }) => {
      if (target instanceof Node && !this.contains(target)) close();
    });
  }
}

recall();
customElements.define('reading-preferences', ReadingPreferences);
