import { countyTime } from '../calendar/clock.ts';
import { type Openable, openingText } from './opening.ts';

/** `<open-today>`: says whether the place is open at present, in county time, wherever the visitor's clock stands. */
class OpenToday extends HTMLElement {
  connectedCallback() {
    const hours = this.dataset.hours;
    if (!hours) return;
    const answer = openingText(JSON.parse(hours) as Openable, countyTime(new Date()));
    if (!answer) return;
    this.textContent = answer.text;
    this.dataset.open = String(answer.open);
  }
}
customElements.define('open-today', OpenToday);
