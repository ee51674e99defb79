import { entries, itemsOf } from '../queries/index.ts';
import { type Organisation, organisationAddress, organisationNamed } from '../queries/organisations.ts';
import { byStart, type Happening } from '../happenings/queries.ts';
import { once } from '../runtime/current.ts';
import { facetsOf } from '../statistics/facets.ts';
import { sharesBy } from '../statistics/shares/groups.ts';
import { ORGANISATION_KINDS, organisations } from '../types/townships.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';

/** Queries of the pages of organisations. */

const isOf = (organisation: Organisation, names: readonly (string | undefined)[]) =>
  names.some((name) => organisationNamed(name)?.id === organisation.id);

/** What else the site holds about an organisation. */
export async function relationsOf(organisation: Organisation) {
  const isHost = (names: readonly (string | undefined)[]) => isOf(organisation, names);
  return {
    happenings: (await hostedBy()).get(organisation.id) ?? [],
    campaigns: (await entries('campaigns')).filter(({ data }) => isHost(data.hosts)),
    documents: (await entries('documents')).filter(({ data }) =>
      isHost([data.issuedBy, data.partners].flat()),
    ),
    experts: (await entries('experts')).filter(({ data }) => isHost([data.organisation])),
    bases: (await entries('bases')).filter(({ data }) => isHost([data.organisation, data.title])),
    facilities: (await entries('facilities')).filter(({ data }) => isHost([data.place])),
    teams: (await entries('teams')).filter(({ data }) => isHost([data.office])),
  };
}

/** Organisations on record among hosts. */
const idsOf = (hosts: readonly string[]) => hosts.flatMap((name) => organisationNamed(name)?.id ?? []);

/** The year's figures of what an organisation, by its id, hosted alone or with others. */
export const sharesOfOrganisation = sharesBy((entry) => idsOf(facetsOf(entry).host));

/** Events and stops by the organisations that host them, earliest first. */
const hostedBy = once(async () => {
  const all: Happening[] = [...(await entries('events')), ...(await entries('caravan'))].sort(byStart);
  const found = new Map<string, Happening[]>();
  for (const happening of all)
    for (const id of new Set(idsOf([...happening.data.hosts, ...happening.data.coHosts]))) {
      const own = found.get(id) ?? [];
      own.push(happening);
      found.set(id, own);
    }
  return found;
});

export interface OrganisationGroup {
  id: string;
  title: string;
  organisations: (Organisation & { hosted: number })[];
}

/** Kinds of the associations below the county's. */
export const BRANCH_KINDS = ['township-kexie', 'school-kexie', 'enterprise-kexie'] as const;

/** Members first, then by kind, those without a kind last; `hosted` is how many events and stops name it. */
export async function organisationGroups(): Promise<OrganisationGroup[]> {
  const hosted = await hostedBy();
  const all = itemsOf(organisations).map((one) => ({ ...one, hosted: hosted.get(one.id)?.length ?? 0 }));
  const group = (id: string, title: string, holds: (one: Organisation) => boolean) => ({
    id,
    title,
    organisations: all.filter(holds),
  });
  return [
    group('members', '成员单位', ({ member }) => member),
    ...Object.entries(ORGANISATION_KINDS).map(([kind, label]) =>
      group(kind, label, (one) => one.kind === kind && !one.member),
    ),
    group('unsorted', '其他单位', ({ kind, member }) => kind === undefined && !member),
  ].filter((one) => one.organisations.length > 0);
}

/** An organisation as schema.org Organization. */
export const organisationSchema = ({ id, name, aliases, description }: Organisation): Schema => ({
  '@type': 'Organization',
  name,
  alternateName: aliases.length > 0 ? aliases : undefined,
  description,
  url: absolute(organisationAddress(id)),
});
