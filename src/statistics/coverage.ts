import { heldIn } from './derived.ts';
import { facetsOf } from './facets.ts';
import { onceEach } from './parts.ts';
import { type HappeningRecord, isHappening, type YearRecords } from './records.ts';

/** Whom a year's events and stops reached, and whom not. */

/** A township, a school or an audience with the events and stops that reached it; none means not reached. */
export interface Reach {
  id: string;
  name: string;
  entries: HappeningRecord[];
}

export interface Coverage {
  townships: Reach[];
  schools: Reach[];
  audiences: Reach[];
  /** Events and stops whose township is not on record: a township without entries may still have been reached by one. */
  unplaced: HappeningRecord[];
}

export interface CoverageLists {
  townships: readonly { id: string; name: string }[];
  schools: readonly { id: string; name: string; township: string }[];
  /** `AUDIENCES`: key → label. */
  audiences: Readonly<Record<string, string>>;
}

/** Which townships, schools and audiences the year's held events and stops reached, each list in its own order. */
export function coverageOf({ entries }: YearRecords, year: number, lists: CoverageLists): Coverage {
  const held = heldIn(onceEach(entries.filter(isHappening)), year);
  const townshipOfSchool = new Map(lists.schools.map(({ id, township }) => [id, township]));
  const schoolOf = (entry: HappeningRecord) =>
    entry.collection === 'caravan' ? entry.data.school : undefined;
  const townshipOf = (entry: HappeningRecord) =>
    entry.data.township ?? townshipOfSchool.get(schoolOf(entry) ?? '');
  const reach = (
    list: readonly { id: string; name: string }[],
    reaches: (entry: HappeningRecord, id: string) => boolean,
  ): Reach[] =>
    list.map(({ id, name }) => ({ id, name, entries: held.filter((entry) => reaches(entry, id)) }));
  return {
    townships: reach(lists.townships, (entry, id) => townshipOf(entry) === id),
    schools: reach(lists.schools, (entry, id) => schoolOf(entry) === id),
    audiences: reach(
      Object.entries(lists.audiences).map(([id, name]) => ({ id, name })),
      (entry, id) => facetsOf(entry).audience.includes(id),
    ),
    unplaced: held.filter((entry) => townshipOf(entry) === undefined),
  };
}
