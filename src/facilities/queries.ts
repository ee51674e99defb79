import { type EntryOf, entries } from '../queries/index.ts';
import { geoSchema, openingHoursSchema } from '../places/schema.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';

/** What facility pages ask of the content. */

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
  address: data.place,
  geo: geoSchema(data.coordinates),
  openingHoursSpecification: data.opening.length > 0 ? openingHoursSchema(data.opening) : undefined,
});
