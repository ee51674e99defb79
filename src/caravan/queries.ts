import { sharesBy } from '../statistics/shares/groups.ts';
import { townshipAddress } from './addresses.ts';
import { itemOf, type EntryOf, entries, entriesNamed, itemsOf } from '../queries/index.ts';
import { today } from '../calendar/today.ts';
import { hasExactDay } from '../calendar/precision.ts';
import { byStart } from '../happenings/queries.ts';
import { upcoming } from '../happenings/upcoming.ts';
import { townships } from '../types/townships.ts';
import { exhibitSets, schools, vehicles } from '../types/caravan.ts';

export type Stop = EntryOf<'caravan'>;
export type School = ReturnType<typeof itemsOf<typeof schools.item>>[number];
export type ExhibitSet = ReturnType<typeof itemsOf<typeof exhibitSets.item>>[number];

/** All stops, earliest first. */
export const stops = async (): Promise<Stop[]> => (await entries('caravan')).toReversed();

/** Stops that are not over, soonest first; cancelled ones stay visible. */
export const upcomingStops = async (limit = Infinity): Promise<Stop[]> =>
  upcoming(await entries('caravan'), today()).slice(0, limit);

/** Of some stops, those to come (soonest first) and those that are over (latest first). */
export function splitByToday(some: readonly Stop[]): { next: Stop[]; past: Stop[] } {
  const next = upcoming(some, today());
  const coming = new Set(next);
  return { next, past: some.filter((stop) => !coming.has(stop)).sort((a, b) => byStart(b, a)) };
}

/** The first stop to come that is really going to happen, and of which the day is known. */
export const firstNotCancelled = (next: readonly Stop[]): Stop | undefined =>
  next.find(({ data }) => data.state !== 'cancelled' && hasExactDay(data));

export const schoolOf = ({ data }: Stop) => itemOf(schools, data.school);
export const vehicleOf = ({ data }: Stop) => itemOf(vehicles, data.vehicle);
export const exhibitSetOf = ({ data }: Stop) => itemOf(exhibitSets, data.exhibitSet);

/** What the site must offer: what the stop asks for, else what its vehicle always asks for. */
export const siteNeedsOf = (stop: Stop): string | undefined =>
  stop.data.siteNeeds ?? vehicleOf(stop)?.siteNeeds;

/** Schools under their townships; schools whose township is not in the list come last, with an empty id. */
export function schoolsByTownship(): {
  id: string;
  name: string;
  address: string | undefined;
  schools: School[];
}[] {
  const all = itemsOf(schools);
  const known = itemsOf(townships).map(({ id, name }) => ({
    id,
    name,
    address: townshipAddress(id) as string | undefined,
    schools: all.filter(({ township }) => township === id),
  }));
  const placed = new Set(known.flatMap((group) => group.schools));
  const rest = all.filter((school) => !placed.has(school));
  return [...known, { id: '', name: '其他', address: undefined, schools: rest }].filter(
    (group) => group.schools.length > 0,
  );
}

/** The articles and experiments that exhibits of a set link to, by slug. */
export async function articlesOf(set: ExhibitSet | undefined) {
  const slugs = (set?.exhibits ?? []).flatMap(({ article, experiment }) =>
    [article ?? [], experiment ?? []].flat(),
  );
  return new Map((await entriesNamed('articles', slugs)).map((article) => [article.id, article]));
}

/** The year's figures of the stops at a school, by its id. */
export const sharesOfSchool = sharesBy((entry) =>
  entry.collection === 'caravan' && entry.data.school !== undefined ? [entry.data.school] : [],
);
