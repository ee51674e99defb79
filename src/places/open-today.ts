import { countyTime } from '../calendar/clock.ts';
import { holidayCalendar, type HolidayYear } from '../calendar/holidays.ts';
import { type Openable, openingText } from './opening.ts';

/** What the page says of a place: its hours, and the days off by year. */
export interface Hours extends Openable {
  years: Record<string, HolidayYear>;
}

/** `<open-today>`: says whether the place is open at present, in county time, wherever the visitor's clock stands. */
class OpenToday extends HTMLElement {
  connectedCallback() {
    const { hours } = this.dataset;
    if (!hours) return;
    const { years, ...place } = JSON.parse(hours) as Hours;
    const answer = openingText(
      place,
      countyTime(new Date()),
      holidayCalendar((year) => years[year]),
    );
    if (!answer) return;
    this.textContent = answer.text;
    this.dataset.open = String(answer.open);
  }
}
customElements.define('open-today', OpenToday);
