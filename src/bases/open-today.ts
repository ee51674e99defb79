import { type Openable, openingText } from './opening.ts';

/** `<open-today>`: says whether the place is open at present, in county time, wherever the visitor's clock stands. */
class OpenToday extends HTMLElement {
  connectedCallback() {
    const hours = this.dataset.hours;
    if (!hours) return;
    const moment = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const answer = openingText(JSON.parse(hours) as Openable, moment.format(new Date()).replace(' ', 'T'));
    if (!answer) return;
    this.textContent = answer.text;
    this.dataset.open = String(answer.open);
  }
}
customElements.define('open-today', OpenToday);
