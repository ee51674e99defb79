import { type EntryOf, entries } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import { organisation, type Schema } from '../ui/schema.ts';

/** Queries of the expert pages. */

export type Expert = EntryOf<'experts'>;

/** Articles that an expert reviewed, and the events and stops that name the expert. */
export async function worksOf({ id }: Expert) {
  const reviewed = (await entries('articles')).filter((article) => article.data.reviewer === id);
  const events = (await entries('events')).filter((event) => event.data.experts.includes(id));
  const stops = (await entries('caravan')).filter((stop) => stop.data.experts.includes(id));
  return { reviewed, happenings: [...events, ...stops] };
}

/** An expert as schema.org Person, a group as Organization. */
export const expertSchema = ({ id, data }: Expert): Schema => ({
  '@type': data.kind === 'group' ? 'Organization' : 'Person',
  name: data.title,
  description: data.summary,
  url: absolute(`/experts/${id}/`),
  image: data.photo && absolute(data.photo.src),
  knowsAbout: [data.field, ...data.teaches],
  ...(data.kind === 'group'
    ? { parentOrganization: data.organisation && organisation(data.organisation) }
    : {
        jobTitle: data.position,
        affiliation: data.organisation && organisation(data.organisation),
      }),
});
