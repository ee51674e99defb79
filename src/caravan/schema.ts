import { eventSchema } from '../happenings/schema.ts';
import { absolute } from '../ui/address.ts';
import { countyAddress, type Schema } from '../ui/schema.ts';
import { itemOf } from '../queries/index.ts';
import { townships } from '../types/townships.ts';
import { type School, schoolOf, type Stop } from './queries.ts';
import { schoolAddress } from './addresses.ts';

/** schema.org EducationalOrganization of a school. */
export const schoolSchema = ({ id, name, township }: School): Schema => ({
  '@type': 'EducationalOrganization',
  '@id': `${absolute(schoolAddress(id))}#school`,
  name,
  url: absolute(schoolAddress(id)),
  address: countyAddress(itemOf(townships, township)?.name),
});

/** schema.org Event of a stop, held at its school. */
export function stopSchema(stop: Stop, image: string): Schema {
  const school = schoolOf(stop);
  return eventSchema(stop, {
    image: absolute(image),
    ...(school ? { location: schoolSchema(school) } : {}),
  });
}
