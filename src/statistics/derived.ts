import type { Derivation } from '../types/statistics.ts';
import {
  type BaseRecord,
  type EventRecord,
  type HappeningRecord,
  isHappening,
  isHeld,
  sessionsOf,
  type SourceRecord,
} from './records.ts';
import { monthNumber } from './facets.ts';

/** How the dictionary's derived indicators are counted: one rule for each of `DERIVATIONS`. */

/** What one entry adds to a figure. */
export interface Counted {
  entry: SourceRecord;
  /** Undefined: the entry leaves it blank. */
  value: number | undefined;
  /** The month, where it is not that of the entry. */
  month?: number | undefined;
  /** A sum of money or of visitors was reported by somebody; entries are counted by the engine. */
  reported?: true;
}

export interface DerivationRule {
  /** What the entries add to the figure of that year. */
  count: (entries: readonly SourceRecord[], year: number) => Counted[];
  /** An event or stop that states the indicator in its own results is not counted a second time. */
  ownRow?: true;
}

type Collection = SourceRecord['collection'];
type Entry<Name extends Collection> = Extract<SourceRecord, { collection: Name }>;

const ofType = <Name extends Collection>(entries: readonly SourceRecord[], name: Name) =>
  entries.filter((entry): entry is Entry<Name> => entry.collection === name);

/** Sessions of the events and stops of the year that were held and that the rule is about. */
const sessions = (concerns: (entry: HappeningRecord) => boolean): DerivationRule => ({
  ownRow: true,
  count: (entries, year) =>
    heldIn(entries, year)
      .filter(concerns)
      .map((entry) => ({ entry, value: sessionsOf(entry) })),
});

/** Events and stops of a year that were held. */
export const heldIn = (entries: readonly SourceRecord[], year: number): HappeningRecord[] =>
  entries.filter(
    (entry): entry is HappeningRecord =>
      isHappening(entry) && isHeld(entry) && entry.data.start?.startsWith(`${year}-`) === true,
  );

const isKind =
  (...kinds: NonNullable<EventRecord['data']['kind']>[]) =>
  (entry: HappeningRecord) =>
    entry.collection === 'events' && entry.data.kind !== undefined && kinds.includes(entry.data.kind);

function hasVolunteers(entry: HappeningRecord, volunteers: ReadonlySet<string>): boolean {
  return entry.collection === 'events' && (entry.data.teams ?? []).some((team) => volunteers.has(team));
}

const volunteerSquads = (entries: readonly SourceRecord[]) =>
  new Set(
    ofType(entries, 'teams')
      .filter(({ data }) => data.kind === 'volunteer' || data.kind === 'brigade')
      .map(({ id }) => id),
  );

const facilitiesOf = (kind: Entry<'facilities'>['data']['kind']): DerivationRule => ({
  count: (entries, year) =>
    ofType(entries, 'facilities')
      .filter(({ data }) => data.built === year && data.kind === kind)
      .map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
});

const teamsFounded = (kind: Entry<'teams'>['data']['kind']): DerivationRule => ({
  count: (entries, year) =>
    ofType(entries, 'teams')
      .filter(({ data }) => data.kind === kind && data.founded === year)
      .map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
});

/** Squads that existed at the end of the year. One whose founding is not on record counts from its publication on. */
const teamsStanding = (kind: Entry<'teams'>['data']['kind']): DerivationRule => ({
  count: (entries, year) =>
    ofType(entries, 'teams')
      .filter(({ data }) => {
        const since = data.founded ?? Number(data.published?.slice(0, 4));
        return data.kind === kind && since <= year && (data.disbanded === undefined || data.disbanded > year);
      })
      .map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
});

/** A base that both its own page and an entry of `honours` tell of is one base. */
function basesRecommended(entries: readonly SourceRecord[], year: number): Counted[] {
  const isOf = (honour: NonNullable<BaseRecord['data']['honours']>[number]) =>
    honour.year === year && honour.state === 'recommended';
  const bases = ofType(entries, 'bases').filter(({ data }) => (data.honours ?? []).some(isOf));
  const named = new Set(bases.map(({ id }) => id));
  const honours = ofType(entries, 'honours').filter(({ data }) => {
    const isBase = data.recipientKind === 'base' && data.year === year && data.state === 'recommended';
    if (!isBase || (data.base !== undefined && named.has(data.base))) return false;
    if (data.base !== undefined) named.add(data.base);
    return true;
  });
  return [
    ...bases.map((entry) => ({ entry, value: 1 })),
    ...honours.map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
  ];
}

const honoursThat = (fits: (data: Entry<'honours'>['data']) => boolean): DerivationRule => ({
  count: (entries, year) =>
    ofType(entries, 'honours')
      .filter(({ data }) => data.year === year && fits(data))
      .map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
});

export const derivationRules = {
  'sessions-training': sessions(isKind('training', 'lecture')),
  'sessions-fair': sessions(isKind('fair')),
  'sessions-volunteer': {
    ownRow: true,
    count: (entries, year) => {
      const volunteers = volunteerSquads(entries);
      return heldIn(entries, year)
        .filter((entry) => hasVolunteers(entry, volunteers))
        .map((entry) => ({ entry, value: sessionsOf(entry) }));
    },
  },
  'sessions-caravan': {
    count: (entries, year) =>
      heldIn(entries, year)
        .filter(({ collection }) => collection === 'caravan')
        .map((entry) => ({ entry, value: sessionsOf(entry) })),
  },
  uploads: {
    count: (entries, year) =>
      heldIn(entries, year)
        .filter(({ data }) => data.uploads !== undefined || data.platform !== undefined)
        .map((entry) => ({ entry, value: entry.data.uploads ?? sessionsOf(entry) })),
  },
  investment: {
    count: (entries, year) =>
      ofType(entries, 'facilities')
        .filter(({ data }) => data.built === year && data.investmentIn === undefined)
        .map((entry) => ({ entry, value: entry.data.investment, reported: true as const })),
  },
  'facilities-estation': facilitiesOf('estation'),
  'facilities-gallery': facilitiesOf('gallery'),
  'facilities-board': facilitiesOf('board'),
  'facilities-hall': facilitiesOf('hall'),
  surveys: {
    count: (entries, year) =>
      ofType(entries, 'documents')
        .filter(({ data }) => data.kind === 'survey' && data.year === year)
        .map((entry) => ({ entry, value: entry.data.quantity ?? 1 })),
  },
  placements: {
    count: (entries, year) =>
      ofType(entries, 'documents').flatMap((entry) =>
        (entry.data.placements ?? [])
          .filter(({ date }) => (date ? date.startsWith(`${year}-`) : entry.data.year === year))
          .map(({ date, quantity }) => ({ entry, value: quantity, month: monthNumber(date) })),
      ),
  },
  'bases-recommended': { count: basesRecommended },
  'persons-recommended': honoursThat(
    ({ recipientKind, state }) => recipientKind === 'person' && state === 'recommended',
  ),
  'honours-awarded': honoursThat(
    ({ recipientKind, state }) => recipientKind !== 'work' && state === 'awarded',
  ),
  'base-visitors': {
    count: (entries, year) =>
      ofType(entries, 'bases').flatMap((entry) =>
        (entry.data.visitors ?? [])
          .filter((row) => row.year === year)
          .map(({ value }) => ({ entry, value, reported: true as const })),
      ),
  },
  'teams-volunteer': teamsStanding('volunteer'),
  'teams-training': teamsFounded('training'),
  'teams-clinic': teamsFounded('clinic'),
} satisfies Record<Derivation, DerivationRule> as Record<Derivation, DerivationRule>;

/** Whether an event or stop may state the indicator in its results: an ordinary one, or one whose rule lets it. */
export const mayBeStated = (derived: Derivation | undefined): boolean =>
  derived === undefined || derivationRules[derived].ownRow === true;
