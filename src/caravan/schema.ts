import { eventSchema } from '../happenings/schema.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';
import { itemOf, siteSettings } from '../queries/index.ts';
import { townships } from '../types/townships.ts';
import { type School, schoolOf, type Stop } from './queries.ts';
import { schoolAddress } from './addresses.ts';

/** schema.org EducationalOrganization of a school. */
export const schoolSchema = ({ id, name, township }: School): Schema => ({
  '@type': 'EducationalOrganization',
  '@id': `${absolute(schoolAddress(id))}#school`,
  name,
  url: absolute(schoolAddress(id)),
  address: {
    '@type': 'PostalAddress',
    addressCountry: 'CN',
    addressRegion: siteSettings().county,
    addressLocality: itemOf(townships, township)?.name,
  },
});

/** schema.org Event of a stop, held at its school. */
export function stopSchema(stop: Stop): Schema {
  const school = schoolOf(stop);
  return eventSchema(stop, school ? { location: schoolSchema(school) } : {});
}
