import type { z } from 'zod';
import type { TypeName, TypeNamed } from '../types/index.ts';
import type { indicators } from '../types/statistics.ts';

/** What the figures are made of: entries of the content types, as the site or the server has read them. */

export type Indicator = z.output<typeof indicators.item>;

type Data<Name extends TypeName> = z.output<TypeNamed<Name>['schema']>;

/** An entry of a type, with the fields that figures are made of; a whole entry fits. */
interface RecordOf<Name extends TypeName, Field extends keyof Data<Name>> {
  id: string;
  collection: Name;
  data: { title: string } & Partial<Pick<Data<Name>, Field>>;
}

type SharedFields =
  | 'start'
  | 'datePrecision'
  | 'dateNote'
  | 'state'
  | 'sessions'
  | 'platform'
  | 'uploads'
  | 'hosts'
  | 'coHosts'
  | 'results'
  | 'campaign'
  | 'strand'
  | 'township';

export type EventRecord = RecordOf<'events', SharedFields | 'kind' | 'audience' | 'teams' | 'base'>;
export type StopRecord = RecordOf<'caravan', SharedFields | 'school' | 'stages'>;
export type CampaignRecord = RecordOf<'campaigns', 'year' | 'hosts' | 'results'>;
export type FacilityRecord = RecordOf<
  'facilities',
  'kind' | 'township' | 'quantity' | 'investment' | 'investmentIn' | 'built'
>;
export type BaseRecord = RecordOf<'bases', 'kind' | 'township' | 'honours' | 'visitors' | 'organisation'>;
export type HonourRecord = RecordOf<
  'honours',
  'year' | 'state' | 'recipientKind' | 'base' | 'quantity' | 'campaign'
>;
export type DocumentRecord = RecordOf<
  'documents',
  'kind' | 'year' | 'issued' | 'issuedBy' | 'partners' | 'quantity' | 'placements'
>;
export type TeamRecord = RecordOf<
  'teams',
  'kind' | 'founded' | 'disbanded' | 'quantity' | 'campaign' | 'published'
>;
/** A figure that was typed by hand. */
export type SnapshotRecord = RecordOf<
  'statistics',
  'indicator' | 'date' | 'value' | 'approximate' | 'source' | 'note'
>;

/** An entry that figures come from. */
export type SourceRecord =
  | EventRecord
  | StopRecord
  | CampaignRecord
  | FacilityRecord
  | BaseRecord
  | HonourRecord
  | DocumentRecord
  | TeamRecord;

export type HappeningRecord = EventRecord | StopRecord;

/** Everything that the figures of any year are made of. Figures are kept with this object, so hand over the same one. */
export interface YearRecords {
  /** Entries of these types, in any order; an entry that is given twice counts once. */
  entries: readonly SourceRecord[];
  /** Entries of `statistics`. */
  snapshots: readonly SnapshotRecord[];
  /** The indicator dictionary: `itemsOf(indicators)`. */
  dictionary: readonly Indicator[];
}

/** The types whose entries figures come from. */
export const SOURCE_TYPES = [
  'events',
  'caravan',
  'campaigns',
  'facilities',
  'bases',
  'honours',
  'documents',
  'teams',
] as const satisfies readonly SourceRecord['collection'][];

export const isHappening = (entry: SourceRecord): entry is HappeningRecord =>
  entry.collection === 'events' || entry.collection === 'caravan';

/** Held: marked as done, or with results, and not called off. */
export const isHeld = ({ data }: HappeningRecord): boolean =>
  data.state !== 'cancelled' && (data.state === 'completed' || (data.results ?? []).length > 0);

/** How many sessions an entry stands for. */
export const sessionsOf = ({ data }: HappeningRecord): number => data.sessions ?? 1;
