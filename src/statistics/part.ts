import type { Facets } from './facets.ts';
import type { SnapshotRecord, SourceRecord } from './records.ts';

export type Method = 'measured' | 'estimated';

/** One figure that a total was added up from. */
export interface Part {
  entry: SourceRecord | SnapshotRecord;
  /** Undefined: the record leaves it blank. */
  value: number | undefined;
  approximate: boolean;
  /** How the figure was come by; undefined when the record does not say. */
  method: Method | undefined;
  /** What the figure counts, when an entry has several of one indicator. */
  item: string | undefined;
  /**
   * What the entry says, where `value` is only what no other part covers: of a campaign's own total, what its events and
   * stops do not account for.
   */
  stated?: number | undefined;
  /** Its value is part of what this campaign states, and only counts where the campaign does not. */
  coveredBy?: string | undefined;
  facets: Facets;
}
