import type { z } from 'zod';
import { schools } from '../types/caravan.ts';
import { byStart, type Happening } from '../happenings/queries.ts';
import { absolute } from '../ui/address.ts';
import { countyAddress, type Schema } from '../ui/schema.ts';
import { entries, itemsOf, siteSettings } from '../queries/index.ts';
import { facetsOf } from '../statistics/facets.ts';
import { sharesBy } from '../statistics/shares/groups.ts';
import type { townships } from '../types/townships.ts';

/** Queries of the township pages. */

export type Township = z.output<typeof townships.item>;

/** Everything that lies or happens in a township. Events at one of its bases or facilities belong to it too. */
export async function contentsOf({ id }: Township) {
  const bases = (await entries('bases')).filter(({ data }) => data.township === id);
  const facilities = (await entries('facilities')).filter(({ data }) => data.township === id);
  const own = new Set([...bases, ...facilities].map((place) => place.id));
  const events = (await entries('events')).filter(({ data }) =>
    data.township ? data.township === id : own.has(data.base ?? '') || own.has(data.facility ?? ''),
  );
  const stops = (await entries('caravan')).filter(({ data }) => data.township === id);
  const happenings: Happening[] = [...events, ...stops].sort(byStart);
  return {
    bases,
    facilities,
    happenings,
    schools: itemsOf(schools).filter((school) => school.township === id),
  };
}

/** The year's figures of what lies or was held in a township, by its id. */
export const sharesOfTownship = sharesBy((entry) => {
  const { township } = facetsOf(entry);
  return township === undefined ? [] : [township];
});

/** Number of happenings of the running year and later in each township, by its id; cancelled ones are left out. */
export async function activityCounts(since: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { data } of [...(await entries('events')), ...(await entries('caravan'))])
    if (data.township && data.state !== 'cancelled' && data.start >= since)
      counts[data.township] = (counts[data.township] ?? 0) + 1;
  return counts;
}

/** A township as schema.org AdministrativeArea. */
export const townshipSchema = ({ id, name, description }: Township): Schema => ({
  '@type': 'AdministrativeArea',
  name,
  description,
  url: absolute(`/townships/${id}/`),
  address: countyAddress(name),
  containedInPlace: { '@type': 'AdministrativeArea', name: siteSettings().county },
});
