import { type EntryOf, entries, itemOf } from '../queries/index.ts';
import { openingHoursSchema } from '../places/schema.ts';
import { geoSchema } from '../map/schema.ts';
import { absolute } from '../ui/address.ts';
import { townships } from '../types/townships.ts';
import { countyAddress, type Schema } from '../ui/schema.ts';

/** Queries of the facility pages. */

export type Facility = EntryOf<'facilities'>;

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
  address: countyAddress(data.place ?? itemOf(townships, data.township)?.name),
  geo: geoSchema(data.coordinates),
  openingHoursSpecification: data.opening.length > 0 ? openingHoursSchema(data.opening) : undefined,
});
