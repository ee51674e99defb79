import { shortDateText } from '../calendar/precision.ts';
import { entries, siteSettings, itemOf } from '../queries/index.ts';
import { sealOf } from '../types/site-settings.ts';
import { slugsOf } from '../redirects/queries.ts';
import { OG_SECTIONS, type OgSection, type OgType } from '../shell/share-picture.ts';
import type { OgPicture } from '../share/og.ts';
import { NEWEST_WITH_PICTURE } from '../share/queries.ts';
import { ARTICLE_KINDS, articles, topics } from '../types/articles.ts';
import { BASE_KINDS, bases } from '../types/bases.ts';
import { CAMPAIGN_KINDS, campaigns } from '../types/campaigns.ts';
import { caravan } from '../types/caravan.ts';
import { EVENT_KINDS, events } from '../types/events.ts';
import { typeNamed } from '../types/index.ts';
import { organisations, townships } from '../types/townships.ts';

/** The pictures that shared links show: what is written on each of them. */

const OG_OF = { articles, events, caravan, bases, campaigns } as const satisfies Record<OgType, unknown>;

const WHEAT = '#8a6410';
const CINNABAR = '#a83620';
const BLUE = '#274c77';

/** What every picture says of whose it is. */
function signature(): OgPicture['site'] {
  const settings = siteSettings();
  return { name: settings.name, association: settings.association, seal: sealOf(settings) };
}

const listed = async <Name extends OgType>(
  type: Name,
  kickerOf: (data: Awaited<ReturnType<typeof entries<Name>>>[number]['data']) => (string | undefined)[],
  accent: string,
) => {
  const site = signature();
  return (await entries(type)).slice(0, NEWEST_WITH_PICTURE).flatMap(({ id, data }) => {
    const props: OgPicture = {
      title: data.title,
      kicker: kickerOf(data).filter(Boolean).join(' · '),
      site,
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
    ...(await listed(
      'articles',
      ({ kind, topic }) => [ARTICLE_KINDS[kind], itemOf(topics, topic)?.name],
      theme,
    )),
    ...(await listed(
      'events',
      (data) => [events.label, EVENT_KINDS[data.kind], shortDateText(data.start, data)],
      WHEAT,
    )),
    ...(await listed('caravan', (data) => [caravan.label, shortDateText(data.start, data)], CINNABAR)),
    ...(await listed('bases', ({ kind }) => [BASE_KINDS[kind]], BLUE)),
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

/** Sections that are lists and no types. */
const LISTS: Partial<Record<OgSection, string>> = {
  townships: townships.label,
  organisations: organisations.label,
};

/** The pictures of the site and of each section, as Astro's static paths of `/og/<section>.png`. */
export const sectionPictures = () => {
  const { county, name, themeColor } = siteSettings();
  const site = signature();
  const picture = (title: string, kicker: string): OgPicture => ({
    title,
    kicker,
    site,
    accent: themeColor,
  });
  return [
    { params: { type: 'site' }, props: picture(name, county) },
    ...OG_SECTIONS.map((type) => ({
      params: { type: type as string },
      props: picture(LISTS[type] ?? typeNamed(type)?.label ?? name, county),
    })),
  ];
};
