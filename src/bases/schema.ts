import { openingHoursSchema } from '../places/schema.ts';
import { geoSchema } from '../map/schema.ts';
import { absolute } from '../ui/address.ts';
import { itemOf } from '../queries/index.ts';
import { townships } from '../types/townships.ts';
import { countyAddress, type Schema } from '../ui/schema.ts';
import type { Base } from './queries.ts';

/** A base as schema.org LocalBusiness where it opens at set hours, else as Place. */
export function baseSchema({ id, data }: Base): Schema {
  return {
    '@type': data.opening.length > 0 ? 'LocalBusiness' : 'Place',
    name: data.title,
    description: data.summary,
    url: absolute(`/bases/${id}/`),
    image: data.cover && absolute(data.cover.src),
    address: countyAddress(data.address ?? itemOf(townships, data.township)?.name),
    telephone: data.contact,
    geo: geoSchema(data.coordinates),
    openingHoursSpecification: data.opening.length > 0 ? openingHoursSchema(data.opening) : undefined,
    award: data.honours.filter(({ state }) => state === 'awarded').map(({ name }) => name),
  };
}
