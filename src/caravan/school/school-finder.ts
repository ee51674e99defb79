import { shortNames } from '../../search/school-names.ts';
import { plain } from '../filter/plain.ts';
import { myTownship, rememberTownship } from '../my-township.ts';

/** What was typed as short names are written: 「北川镇初中」 → 「北川中学」. */
const shortened = (word: string) => shortNames(word)[0] ?? word;

interface School {
  item: HTMLElement;
  text: string;
}

/**
 * `<school-finder>` adds a box to the list of townships and their schools. The township opened last is open again the
 * next time, so that the visitor's own school is then a single tap away.
 */
class SchoolFinder extends HTMLElement {
  connectedCallback(): void {
    const box = this.querySelector<HTMLElement>('[data-part=box]');
    const input = this.querySelector('input');
    const status = this.querySelector('[data-part=status]');
    if (!box || !input || !status) return;
    const invitation = status.textContent ?? '';
    const townships = Array.from(this.querySelectorAll('details'), (details) => ({
      details,
      schools: Array.from(details.querySelectorAll<HTMLElement>('li'), (item): School => ({
        item,
        text: [item.textContent ?? '', ...(item.dataset.words ?? '').split(' ')].map(plain).join(' '),
      })),
    }));
    const own = townships.find(({ details }) => details.dataset.township === myTownship());
    if (own) own.details.open = true;
    for (const { details } of townships)
      details.querySelector('summary')?.addEventListener('click', () => {
        if (!details.open) rememberTownship(details.dataset.township ?? '');
      });

    const show = () => {
      const words = input.value.split(/\s+/).map(plain).filter(Boolean);
      let found = 0;
      for (const { details, schools } of townships) {
        let here = 0;
        for (const { item, text } of schools) {
          const fits = words.every((word) => text.indexOf(word) >= 0 || text.indexOf(shortened(word)) >= 0);
          // The link to the whole township is not a school.
          item.hidden = words.length > 0 && (!fits || item.dataset.words === undefined);
          if (fits && item.dataset.words !== undefined) here += 1;
        }
        found += here;
        details.hidden = words.length > 0 && here === 0;
        // Of a group of one name only one can be open.
        if (words.length > 0) details.removeAttribute('name');
        details.open = words.length > 0 ? here > 0 : details === own?.details;
        if (words.length === 0) details.setAttribute('name', 'school-township');
      }
      status.textContent =
        words.length === 0
          ? invitation
          : found > 0
            ? `找到 ${found} 所学校。`
            : '没有找到这所学校。少打几个字，或清空后点乡镇来找。';
    };
    box.hidden = false;
    input.addEventListener('input', show);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      this.querySelector<HTMLAnchorElement>('details:not([hidden]) li:not([hidden]) a')?.focus();
    });
    if (input.value) show();
  }
}
customElements.define('school-finder', SchoolFinder);
