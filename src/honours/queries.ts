import { type EntryOf, entryOf } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';
import { LEVELS } from '../model/common.ts';

/** Queries of the honour pages. */

export type Honour = EntryOf<'honours'>;

const LEVEL_ORDER = Object.keys(LEVELS);

/** Honours by year, latest first; within a year the higher level first. */
export function byYear(honours: readonly Honour[]): { year: number; honours: Honour[] }[] {
  const years = [...new Set(honours.map(({ data }) => data.year))].sort((a, b) => b - a);
  return years.map((year) => ({
    year,
    honours: honours
      .filter(({ data }) => data.year === year)
      .sort((a, b) => LEVEL_ORDER.indexOf(a.data.level) - LEVEL_ORDER.indexOf(b.data.level)),
  }));
}

/** The base, team and campaign that an honour names; those that do not exist are left out. */
export async function receiversOf({ data }: Honour) {
  const base = await entryOf('bases', data.base);
  const team = await entryOf('teams', data.team);
  const campaign = await entryOf('campaigns', data.campaign);
  return [
    base && { label: base.data.title, address: `/bases/${base.id}/` },
    team && { label: team.data.title, address: `/teams/${team.id}/` },
    campaign && { label: campaign.data.title, address: `/campaigns/${campaign.id}/` },
  ].filter((receiver) => receiver !== undefined);
}

/** schema.org has no type for an honour: the page is about its receiver, who has the `award`. */
const RECEIVER_TYPES = {
  association: 'Organization',
  base: 'Organization',
  team: 'Organization',
  person: 'Person',
  work: 'CreativeWork',
} as const satisfies Record<Honour['data']['recipientKind'], string>;

export const honourSchema = ({ id, data }: Honour): Schema => ({
  '@type': 'WebPage',
  name: data.title,
  url: absolute(`/honours/${id}/`),
  about: {
    '@type': RECEIVER_TYPES[data.recipientKind],
    name: data.recipient,
    award: data.state === 'awarded' ? data.title : undefined,
  },
});
