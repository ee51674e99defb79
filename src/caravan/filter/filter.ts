/** Filtering the schedule: what is chosen, how the address says it, which stops match. Runs in the browser. */

import { plain } from './plain.ts';

/** What can be chosen from a list, by the name that the address uses. */
export const FIELDS = ['township', 'school', 'stage', 'vehicle', 'state'] as const;
export type Field = (typeof FIELDS)[number];

export const PERIODS = {
  term: '本学年和以后',
  next: '接下来',
  past: '已经过去的',
  all: '所有学年',
  dates: '自己选日期',
} as const;
export type Period = keyof typeof PERIODS;

/** Empty text: not chosen. `from` and `to` are days (`YYYY-MM-DD`), both included, and count for `dates` only. */
export interface Criteria extends Readonly<Record<Field, string>> {
  readonly when: Period;
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

export const NO_CRITERIA: Criteria = {
  township: '',
  school: '',
  stage: '',
  vehicle: '',
  state: '',
  when: 'term',
  from: '',
  to: '',
  words: '',
};

/** As much of a stop as the filter looks at. */
export interface FilteredStop {
  township: string;
  school: string;
  stages: readonly string[];
  vehicle: string;
  state: string;
  /** First and last day, `YYYY-MM-DD`. */
  start: string;
  end: string;
  /** Only its month or year is known: it is in a period only when the period holds all of those days. */
  isInexact?: boolean;
  /** All that can be searched for, as `plain` writes it. */
  text: string;
}

/** The days that periods are measured from. */
export interface Clock {
  today: string;
  /** First day of the school year. */
  term: string;
}

const WORDS_MAX = 60;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * What an address's query string asks for. A value that the form does not offer (an old address, a misspelling) is
 * left out, so that what is shown is always what the form says.
 */
export function readCriteria(
  search: string,
  offered: Readonly<Record<Field, ReadonlySet<string>>>,
): Criteria {
  const query = new URLSearchParams(search);
  const choice = (field: Field) => {
    const value = query.get(field) ?? '';
    return offered[field].has(value) ? value : '';
  };
  const day = (name: string) => {
    const value = query.get(name) ?? '';
    return isDay(value) ? value : '';
  };
  const from = day('from');
  const to = day('to');
  const when = query.get('when') ?? '';
  const known = (Object.keys(PERIODS) as Period[]).find((period) => period === when) ?? NO_CRITERIA.when;
  return {
    township: choice('township'),
    school: choice('school'),
    stage: choice('stage'),
    vehicle: choice('vehicle'),
    state: choice('state'),
    when: from || to ? 'dates' : known,
    from,
    to,
    words: (query.get('q') ?? '').replace(/\s+/g, ' ').trim().slice(0, WORDS_MAX).trim(),
  };
}

/** The query string that `readCriteria` reads back: `?township=qinghe&q=光学`; empty when nothing is chosen. */
export function writeCriteria(criteria: Criteria): string {
  const query = new URLSearchParams();
  const { when, from, to, words } = criteria;
  for (const field of FIELDS) if (criteria[field]) query.set(field, criteria[field]);
  if (when === 'dates' && (from || to)) {
    if (from) query.set('from', from);
    if (to) query.set('to', to);
  } else if (when !== NO_CRITERIA.when) query.set('when', when);
  if (words) query.set('q', words);
  const text = query.toString();
  return text && `?${text}`;
}

/** First day that a period can reach back to; empty when it has no beginning. */
export function reachesBackTo({ when, from }: Criteria, { today, term }: Clock): string {
  if (when === 'next') return today;
  if (when === 'term') return term;
  return when === 'dates' ? from : '';
}

function inPeriod({ start, end, isInexact }: FilteredStop, criteria: Criteria, clock: Clock): boolean {
  if (criteria.when === 'past') return end < clock.today;
  if (criteria.when === 'dates' && isInexact)
    return start >= criteria.from && (!criteria.to || end <= criteria.to);
  if (criteria.when === 'dates' && criteria.to && start > criteria.to) return false;
  return end >= reachesBackTo(criteria, clock);
}

/** Whether a stop is what is asked for: every choice holds, and every word is found. */
export function matcher(criteria: Criteria, clock: Clock): (stop: FilteredStop) => boolean {
  const { township, school, stage, vehicle, state } = criteria;
  const words = criteria.words.split(/\s+/).map(plain).filter(Boolean);
  return (stop) =>
    (!township || stop.township === township) &&
    (!school || stop.school === school) &&
    (!stage || stop.stages.indexOf(stage) >= 0) &&
    (!vehicle || stop.vehicle === vehicle) &&
    (!state || stop.state === state) &&
    inPeriod(stop, criteria, clock) &&
    words.every((word) => stop.text.indexOf(word) >= 0);
}

/** One thing that the visitor asked for. */
export type Demand = Field | 'when' | 'words';

/** The same criteria without one demand. */
export function without(criteria: Criteria, demand: Demand): Criteria {
  if (demand === 'when') return { ...criteria, when: 'all', from: '', to: '' };
  return { ...criteria, [demand]: '' };
}

/** Which single demands, given up, would find something, and how much; most first. */
export function widenings(
  criteria: Criteria,
  clock: Clock,
  stops: readonly FilteredStop[],
): { demand: Demand; count: number }[] {
  const demands = [...FIELDS, 'words' as const].filter((demand) => criteria[demand] !== '');
  const all: Demand[] = criteria.when === 'all' ? demands : [...demands, 'when'];
  return all
    .map((demand) => ({ demand, count: stops.filter(matcher(without(criteria, demand), clock)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
