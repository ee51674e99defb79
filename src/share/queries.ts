import { ARTICLE_KINDS, articles } from '../types/articles.ts';
import { topicName } from '../articles/queries.ts';
import { bases, BASE_KINDS } from '../types/bases.ts';
import { dayText } from '../calendar/text.ts';
import { campaigns, CAMPAIGN_KINDS } from '../types/campaigns.ts';
import { caravan } from '../types/caravan.ts';
import { EVENT_KINDS, events } from '../types/events.ts';
import { entries, siteSettings } from '../queries/index.ts';
import { slugsOf } from '../site/queries.ts';
import { OG_TYPES, ogAddress, sectionOgAddress } from './address.ts';
import type { OgPicture } from './og.ts';

type OgType = (typeof OG_TYPES)[number];

const OG_OF = { articles, events, caravan, bases, campaigns } as const satisfies Record<OgType, unknown>;

/**
 * Drawing a picture takes about 30 ms, which ten thousand articles would turn into five minutes of a first build; what
 * people share is new. Older entries show the picture of their section.
 */
const NEWEST_WITH_PICTURE = 200;

const newestSlugs = new WeakMap<object, Set<string>>();

/** Address of the picture that a shared link to this entry shows. */
export async function sharePicture(type: OgType, slug: string): Promise<string> {
  const all = await entries(type);
  const newest = newestSlugs.get(all) ?? new Set(all.slice(0, NEWEST_WITH_PICTURE).map(({ id }) => id));
  newestSlugs.set(all, newest);
  return newest.has(slug) ? ogAddress(type, slug) : sectionOgAddress(type);
}

const WHEAT = '#8a6410';
const CINNABAR = '#a83620';
const BLUE = '#274c77';

const listed = async <Name extends OgType>(
  type: Name,
  kickerOf: (data: Awaited<ReturnType<typeof entries<Name>>>[number]['data']) => (string | undefined)[],
  accent: string,
) => {
  const { name, association, shortName } = siteSettings();
  return (await entries(type)).slice(0, NEWEST_WITH_PICTURE).flatMap(({ id, data }) => {
    const props: OgPicture = {
      title: data.title,
      kicker: kickerOf(data).filter(Boolean).join(' · '),
      site: { name, association, shortName },
      accent,
    };
    // Links shared before an entry moved show the picture at its former address.
    return slugsOf(OG_OF[type], id).map((slug) => ({ params: { type, slug }, props }));
  });
};

/** Every share picture of the site, as Astro's static paths of `/og/<type>/<slug>.png`. */
export const ogPictures = async () => {
  const theme = siteSettings().themeColor;
  return [
    ...(await listed('articles', ({ kind, topic }) => [ARTICLE_KINDS[kind], topicName(topic)], theme)),
    ...(await listed(
      'events',
      ({ kind, start }) => [events.label, EVENT_KINDS[kind], dayText(start)],
      WHEAT,
    )),
    ...(await listed('caravan', ({ start }) => [caravan.label, dayText(start)], CINNABAR)),
    ...(await listed('bases', ({ kind }) => [bases.label, BASE_KINDS[kind]].slice(1), BLUE)),
    ...(await listed(
      'campaigns',
      ({ kind, year }) => [
        CAMPAIGN_KINDS[kind] === CAMPAIGN_KINDS.other ? campaigns.label : CAMPAIGN_KINDS[kind],
        `${year} 年`,
      ],
      CINNABAR,
    )),
  ];
};

/** The picture of each section, as Astro's static paths of `/og/<type>.png`. */
export const sectionPictures = () => {
  const { name, association, shortName, themeColor } = siteSettings();
  return OG_TYPES.map((type) => ({
    params: { type },
    props: {
      title: OG_OF[type].label,
      kicker: '',
      site: { name, association, shortName },
      accent: themeColor,
    } satisfies OgPicture,
  }));
};
