import { facetsOf } from '../facets.ts';
import type { SourceRecord } from '../records.ts';

/** Hosts and co-hosts of an entry, as they are written. */
export const hostsOf = (entry: SourceRecord): readonly string[] => facetsOf(entry).host;
