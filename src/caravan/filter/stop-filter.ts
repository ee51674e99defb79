import { countyTime } from '../../calendar/clock.ts';
import {
  type Clock,
  type Criteria,
  type Demand,
  type Field,
  FIELDS,
  type FilteredStop,
  matcher,
  NO_CRITERIA,
  PERIODS,
  reachesBackTo,
  readCriteria,
  widenings,
  without,
  writeCriteria,
} from './filter.ts';
import { plain } from './plain.ts';

/** Long enough that a fast typist is not interrupted, short enough to feel immediate. */
const TYPING_PAUSE_MS = 180;

/** A row of the list with what is known about it. */
interface Row extends FilteredStop {
  element: HTMLElement;
}

/** A month or a half of the list: hidden when none of its rows is shown. */
interface Group {
  element: HTMLElement;
  count: Element | null;
  rows: Row[];
}

/** An earlier school year, on a page of its own until it is needed. */
interface Year {
  label: string;
  address: string;
  /** Its last day. */
  to: string;
}

/**
 * `<stop-filter>` leaves in the list what its form asks for. The address says the same as the form, so it can be sent
 * to others; earlier school years are taken from their own pages when the question reaches that far.
 */
class StopFilter extends HTMLElement {
  private readonly rows: Row[] = [];
  private groups: Group[] = [];
  private years: Year[] = [];
  private turn = 0;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    this.years = Array.from(this.querySelectorAll<HTMLElement>('[data-part=years] > li'), (item) => ({
      label: (item.textContent ?? '').trim(),
      address: item.dataset.address ?? '',
      to: item.dataset.to ?? '',
    }));
    this.take(this.piece('list'));
    this.piece('search').hidden = false;
    this.piece('fallback').hidden = true;

    const choice = (field: Field) => form.elements.namedItem(field) as HTMLSelectElement;
    const typed = (name: 'q' | 'from' | 'to') => form.elements.namedItem(name) as HTMLInputElement;
    const when = form.elements.namedItem('when') as HTMLSelectElement;
    const offered = {} as Record<Field, Set<string>>;
    for (const field of FIELDS)
      offered[field] = new Set(Array.from(choice(field).options, ({ value }) => value));

    const fill = (asked: Criteria) => {
      for (const field of FIELDS) choice(field).value = asked[field];
      when.value = asked.when;
      typed('from').value = asked.from;
      typed('to').value = asked.to;
      typed('q').value = asked.words;
      if (FIELDS.some((field) => field !== 'township' && asked[field]))
        this.piece<HTMLDetailsElement>('more').open = true;
    };
    const read = () => {
      const query = new URLSearchParams();
      for (const field of FIELDS) query.set(field, choice(field).value);
      query.set('when', when.value);
      query.set('q', typed('q').value);
      if (when.value === 'dates') {
        query.set('from', typed('from').value);
        query.set('to', typed('to').value);
      }
      return readCriteria(query.toString(), offered);
    };
    const go = (asked: Criteria) => {
      history.replaceState(history.state, '', location.pathname + writeCriteria(asked));
      this.answer(asked, (next) => {
        fill(next);
        go(next);
        this.piece('status').focus();
      });
    };

    let pause = 0;
    form.addEventListener('input', (event) => {
      if (event.target !== typed('q')) return;
      clearTimeout(pause);
      pause = window.setTimeout(() => go(read()), TYPING_PAUSE_MS);
    });
    form.addEventListener('change', (event) => {
      if (event.target === typed('q')) return;
      // A school of another township would leave nothing.
      const [school] = Array.from(choice('school').selectedOptions);
      const township = choice('township').value;
      if (event.target === choice('township') && township && school?.dataset.township !== township)
        choice('school').value = '';
      go(read());
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // On a phone the keyboard on the screen would cover the list.
      if (matchMedia('(pointer: coarse)').matches) typed('q').blur();
      clearTimeout(pause);
      go(read());
    });
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      fill(NO_CRITERIA);
      go(NO_CRITERIA);
      typed('q').focus();
    });

    const asked = readCriteria(location.search, offered);
    fill(asked);
    this.answer(asked, (next) => {
      fill(next);
      go(next);
      this.piece('status').focus();
    });
  }

  /** Shows what is asked for; `ask` puts another question. */
  private async answer(asked: Criteria, ask: (next: Criteria) => void): Promise<void> {
    const mine = ++this.turn;
    const clock: Clock = { today: countyTime(new Date()).slice(0, 10), term: this.dataset.term ?? '' };
    for (const dates of Array.from(this.querySelectorAll<HTMLElement>('[data-part=dates]')))
      dates.hidden = asked.when !== 'dates';
    const failed = await this.fetchYears(reachesBackTo(asked, clock), mine);
    if (mine !== this.turn) return;

    const fits = matcher(asked, clock);
    const found = new Set(this.rows.filter(fits));
    for (const { element, count, rows } of this.groups) {
      const shown = rows.filter((row) => found.has(row)).length;
      setHidden(element, shown === 0);
      if (count && count.textContent !== String(shown)) count.textContent = String(shown);
    }
    for (const row of this.rows) setHidden(row.element, !found.has(row));

    const address = writeCriteria(asked);
    this.piece('clear').hidden = address === '';
    this.piece('share').hidden = address === '';
    const field = this.piece('share').querySelector('input');
    if (field) field.value = location.origin + location.pathname + address;
    this.piece('ticked').textContent = ticked(asked);
    this.piece('empty').hidden = found.size > 0;
    if (found.size === 0) this.offer(asked, clock, ask);
    this.say(sentence(asked, found.size, address === ''), failed, () => ask(asked));
  }

  /** Brings in the school years that end on a day or later; those that did not come are returned. */
  private async fetchYears(since: string, mine: number): Promise<Year[]> {
    const failed: Year[] = [];
    for (const year of this.years.filter(({ to }) => to >= since)) {
      this.piece('status').textContent = `正在取 ${year.label}的站次…`;
      try {
        const response = await fetch(year.address);
        if (!response.ok) throw new Error(String(response.status));
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        // Another question meanwhile fetches for itself.
        if (mine !== this.turn) return failed;
        this.years = this.years.filter((other) => other !== year);
        this.add(year, page);
      } catch {
        failed.push(year);
      }
    }
    return failed;
  }

  private add({ label, to }: Year, page: Document): void {
    for (const half of Array.from(page.querySelectorAll<HTMLElement>('[data-part=list] > section'))) {
      const heading = half.querySelector('h2');
      // Its ids are the same on every year's page.
      half.setAttribute('aria-labelledby', `year-${to}`);
      heading?.setAttribute('id', `year-${to}`);
      if (heading?.firstChild) heading.firstChild.textContent = label;
      const taken = document.adoptNode(half);
      this.piece('list').append(taken);
      this.take(taken);
    }
  }

  /** Notes the rows and groups of a part of the list. */
  private take(part: HTMLElement): void {
    const known = new Map<Element, Row>();
    for (const element of Array.from(part.querySelectorAll<HTMLElement>('li[data-start]'))) {
      const { township, school, stages, vehicle, state, start, end, words } = element.dataset;
      const row = {
        element,
        township: township ?? '',
        school: school ?? '',
        stages: (stages ?? '').split(' '),
        vehicle: vehicle ?? '',
        state: state ?? '',
        start: start ?? '',
        end: end ?? '',
        isInexact: element.dataset.inexact !== undefined,
        text: plain(`${element.textContent ?? ''} ${words ?? ''}`),
      };
      known.set(element, row);
      this.rows.push(row);
    }
    const own = part.dataset.part === 'group' ? [part] : [];
    for (const element of [...own, ...Array.from(part.querySelectorAll<HTMLElement>('[data-part=group]'))])
      this.groups.push({
        element,
        count: element.querySelector('[data-part=count]'),
        rows: Array.from(element.querySelectorAll('li[data-start]'), (item) => known.get(item) as Row),
      });
  }

  /** Offers to give up single demands, with what each would bring; else to begin again. */
  private offer(asked: Criteria, clock: Clock, ask: (next: Criteria) => void): void {
    const offers = widenings(asked, clock, this.rows).map(({ demand, count }) => ({
      text: `不限${this.nameOf(demand, asked)}（${count} 站）`,
      next: without(asked, demand),
    }));
    // Stops of years that are not fetched yet cannot be counted.
    if (this.years.length > 0 && asked.when !== 'all')
      offers.push({ text: `也找${this.years[0]?.label ?? '以前'}和更早的`, next: without(asked, 'when') });
    offers.push({ text: '清空筛选，看全部', next: NO_CRITERIA });
    const buttons = offers.map(({ text, next }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain';
      button.textContent = text;
      button.addEventListener('click', () => ask(next));
      return button;
    });
    const place = this.piece('widen');
    place.textContent = '';
    place.append(...buttons);
  }

  /** 「学段：高中」 */
  private nameOf(demand: Demand, asked: Criteria): string {
    if (demand === 'words') return `“${asked.words}”`;
    const control = this.querySelector<HTMLSelectElement>(`select[name=${demand}]`);
    const label = control?.labels?.[0]?.textContent?.trim() ?? '';
    return `${label}“${control?.selectedOptions[0]?.textContent?.trim() ?? ''}”`;
  }

  private say(text: string, failed: readonly Year[], retry: () => void): void {
    const status = this.piece('status');
    if (failed.length === 0) {
      if (status.textContent !== text) status.textContent = text;
      return;
    }
    const names = failed.map(({ label }) => label).join('、');
    status.textContent = `${text}${names}没有取到，请看看网络是否通畅。`;
    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = '再试一次';
    again.addEventListener('click', retry);
    status.append(again);
  }

  private piece<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    return this.querySelector(`[data-part=${name}]`) as Kind;
  }
}

/** Writing only what changes spares an old phone most of its work. */
function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** 「（已选 2 项）」 of those that are folded away. */
function ticked(asked: Criteria): string {
  const number = FIELDS.filter((field) => field !== 'township' && asked[field]).length;
  return number > 0 ? `（已选 ${number} 项）` : '';
}

function sentence({ when }: Criteria, found: number, everything: boolean): string {
  if (everything) return `${PERIODS[when]}共 ${found} 站。`;
  return found === 0 ? '没有找到符合的站次。' : `找到 ${found} 站。`;
}

customElements.define('stop-filter', StopFilter);
