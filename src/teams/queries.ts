import { type EntryOf, entries, entryOf } from '../queries/index.ts';
import { sharesBy } from '../statistics/shares/groups.ts';
import { absolute } from '../ui/address.ts';
import type { Schema } from '../ui/schema.ts';

/** Queries of the team pages. */

export type Team = EntryOf<'teams'>;

/** What else the site holds about a team. */
export async function relationsOf({ id, data }: Team) {
  const events = (await entries('events')).filter((event) => event.data.teams.includes(id));
  const honours = (await entries('honours')).filter((honour) => honour.data.team === id);
  return { events, honours, campaign: await entryOf('campaigns', data.campaign) };
}

/** The year's figures of a team, by its id, and of the events that it took part in. */
export const sharesOfTeam = sharesBy((entry) => {
  if (entry.collection === 'teams') return [entry.id];
  return entry.collection === 'events' ? (entry.data.teams ?? []) : [];
});

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
