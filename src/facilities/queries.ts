import type { EntryOf } from '../queries/index.ts';
import { geoSchema, openingHoursSchema } from '../bases/schema.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';
import { entries } from '../queries/index.ts';
import { FACILITY_KINDS } from '../types/facilities.ts';

/** What facility pages ask of the content. */

export type Facility = EntryOf<'facilities'>;

export const facilitiesOf = (): Promise<Facility[]> => entries('facilities');

/** Facilities by kind, in the order of the kinds, with how many there are (one entry may stand for several). */
export const byKind = (facilities: readonly Facility[]) =>
  (Object.keys(FACILITY_KINDS) as (keyof typeof FACILITY_KINDS)[])
    .map((kind) => {
      const found = facilities.filter(({ data }) => data.kind === kind);
      const quantity = found.reduce((sum, { data }) => sum + data.quantity, 0);
      return { kind, label: FACILITY_KINDS[kind], facilities: found, quantity };
    })
    .filter(({ facilities: found }) => found.length > 0);

/** Events held at a facility. */
export const eventsAt = async ({ id }: Facility) =>
  (await entries('events')).filter((event) => event.data.facility === id);

/** A facility as schema.org Place. */
export const facilitySchema = ({ id, data }: Facility): Schema => ({
  '@type': 'Place',
  name: data.title,
  description: data.summary,
  url: absolute(`/facilities/${id}/`),
  image: data.cover && absolute(data.cover.src),
  address: data.place,
  geo: geoSchema(data.coordinates),
  openingHoursSpecification: data.opening.length > 0 ? openingHoursSchema(data.opening) : undefined,
});
