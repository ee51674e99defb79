import { myTownship, rememberTownship } from '../my-township.ts';

/** `<near-stops>` shows the visitor's own township alone, and remembers which it is on this device. */
class NearStops extends HTMLElement {
  connectedCallback(): void {
    const pick = this.querySelector<HTMLElement>('[data-part=pick]');
    const select = this.querySelector('select');
    const status = this.querySelector('[data-part=status]');
    if (!pick || !select || !status) return;
    const rows = Array.from(this.querySelectorAll<HTMLElement>('li'));
    const show = () => {
      for (const row of rows) row.hidden = select.value !== row.dataset.township;
    };
    pick.hidden = false;
    const own = myTownship();
    if (rows.some((row) => row.dataset.township === own)) select.value = own;
    show();
    select.addEventListener('change', () => {
      rememberTownship(select.value);
      show();
      const shown = rows.find((row) => !row.hidden);
      status.textContent = (shown?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
  }
}
customElements.define('near-stops', NearStops);
