import { once } from '../../runtime/current.ts';
import type { SourceRecord } from '../records.ts';
import { yearRecords } from '../queries.ts';
import { sharesOf, type YearShare } from './share.ts';

/**
 * Shares in the year's figures by a key of the entries, such as a school: the entries are sorted into groups once, not gone
 * through for each page.
 *
 * @param keysOf what an entry belongs to; it counts for each
 * @returns the shares of one key, latest year first
 */
export function sharesBy(keysOf: (entry: SourceRecord) => readonly string[]) {
  const groups = once(async () => {
    const found = new Map<string, SourceRecord[]>();
    for (const entry of (await yearRecords()).entries)
      for (const key of new Set(keysOf(entry))) {
        const group = found.get(key) ?? [];
        group.push(entry);
        found.set(key, group);
      }
    return found;
  });
  return async (key: string): Promise<YearShare[]> =>
    sharesOf(await yearRecords(), (await groups()).get(key) ?? []);
}
