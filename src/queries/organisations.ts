import type { z } from 'zod';
import { once } from '../runtime/current.ts';
import { schools } from '../types/caravan.ts';
import { organisationKey as key, organisations } from '../types/townships.ts';
import { itemsOf } from './index.ts';

/** Hosts are written as text; one that equals the name or an alias of an organisation on record is that organisation. */

export type Organisation = z.output<typeof organisations.item>;

export const organisationAddress = (id: string): string => `/organisations/${id}/`;

/** By name and alias; of two that claim the same, the first in the list, and a name before an alias. */
const byName = once(() => {
  const known = new Map<string, Organisation>();
  const add = (name: string, organisation: Organisation) => {
    if (!known.has(key(name))) known.set(key(name), organisation);
  };
  for (const organisation of itemsOf(organisations)) add(organisation.name, organisation);
  for (const organisation of itemsOf(organisations))
    for (const alias of organisation.aliases) add(alias, organisation);
  return known;
});

const schoolsByName = once(() => new Map(itemsOf(schools).map(({ id, name }) => [key(name), id])));

/** The organisation that a text names; undefined when none is on record. */
export const organisationNamed = (name: string | undefined): Organisation | undefined =>
  name === undefined ? undefined : byName().get(key(name));

/** Address of the school of that name; undefined when there is none. */
export const schoolAddressNamed = (name: string): string | undefined => {
  const school = schoolsByName().get(key(name));
  return school && `/caravan/school/${school}/`;
};

/** Where a host's name leads: to the organisation, else to the school of that name, else nowhere. */
export function hostAddress(name: string): string | undefined {
  const organisation = organisationNamed(name);
  return organisation ? organisationAddress(organisation.id) : schoolAddressNamed(name);
}

/** Hosts as names with links. */
export const hostNames = (names: readonly string[]) =>
  names.map((name) => ({ label: name, address: hostAddress(name) }));
