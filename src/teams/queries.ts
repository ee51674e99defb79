import type { EntryOf } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';
import { entries, entryOf } from '../queries/index.ts';
import { TEAM_KINDS } from '../types/teams.ts';

/** What team pages ask of the content. */

export type Team = EntryOf<'teams'>;

export const teamsOf = (): Promise<Team[]> => entries('teams');

/** Teams by kind, in the order of the kinds; kinds without a team are left out. */
export const byKind = (teams: readonly Team[]) =>
  (Object.keys(TEAM_KINDS) as (keyof typeof TEAM_KINDS)[])
    .map((kind) => ({ kind, label: TEAM_KINDS[kind], teams: teams.filter(({ data }) => data.kind === kind) }))
    .filter(({ teams: found }) => found.length > 0);

/** What else the site holds about a team. */
export async function relationsOf({ id, data }: Team) {
  const events = (await entries('events')).filter((event) => event.data.teams.includes(id));
  const honours = (await entries('honours')).filter((honour) => honour.data.team === id);
  return { events, honours, campaign: await entryOf('campaigns', data.campaign) };
}

/** A team as schema.org Organization. */
export const teamSchema = ({ id, data }: Team): Schema => ({
  '@type': 'Organization',
  name: data.title,
  description: data.summary,
  url: absolute(`/teams/${id}/`),
  foundingDate: data.founded && String(data.founded),
  knowsAbout: data.themes,
  numberOfEmployees:
    data.members === undefined
      ? undefined
      : { '@type': 'QuantitativeValue', value: data.members, unitText: '志愿者' },
});
