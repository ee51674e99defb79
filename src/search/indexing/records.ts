import { currentContent } from '../../store/index.ts';
import { ARTICLE_KINDS, articles, topics, VERDICTS } from '../../types/articles.ts';
import { BASE_KINDS, bases } from '../../types/bases.ts';
import { CAMPAIGN_KINDS, campaigns } from '../../types/campaigns.ts';
import { caravan, exhibitSets, schoolAddress, schools, STAGES } from '../../types/caravan.ts';
import { DOCUMENT_KINDS, documents } from '../../types/documents.ts';
import { EVENT_KINDS, events } from '../../types/events.ts';
import { knownDate } from '../../calendar/precision.ts';
import { EVENT_STATES } from '../../calendar/states.ts';
import { EXPERT_KINDS, experts } from '../../types/experts.ts';
import { FACILITY_KINDS, facilities } from '../../types/facilities.ts';
import { honours } from '../../types/honours.ts';
import { AUDIENCES, LEVELS } from '../../model/common.ts';
import type { ReferenceList } from '../../model/type.ts';
import { news } from '../../types/news.ts';
import { pages } from '../../types/site.ts';
import { TEAM_KINDS, teams } from '../../types/teams.ts';
import { ORGANISATION_KINDS, organisations, townships } from '../../types/townships.ts';
import type { FacetName } from '../facets.ts';
import { daysOfHappening, daysOfTime, publishedDay } from './days.ts';
import { manualPages } from './manual.ts';
import { record, recordsOf, type SearchRecord } from './record.ts';
import { sectionPages } from './section-pages.ts';
import { emergencyText, nowText } from './urgent.ts';

/**
 * Everything on the site that can be found: the only place that says so. Read from the content folder, without Astro;
 * entries with errors are left out, as the site leaves them out. In the order of addresses, which numbers them.
 */
export function searchRecords(): SearchRecord[] {
  const topicOf = namesOf(topics);
  const townshipOf = namesOf(townships);
  const schoolItems = new Map(
    currentContent()
      .list(schools)
      .items.map((school) => [school.id, school]),
  );
  const exhibitSetOf = namesOf(exhibitSets);
  const audienceOf = (values: readonly (keyof typeof AUDIENCES)[]) => values.map((value) => AUDIENCES[value]);

  const records = [
    ...recordsOf(articles, (entry) => ({
      kind: ARTICLE_KINDS[entry.kind],
      topic: topicOf.get(entry.topic),
      audience: audienceOf(entry.audience),
      year: entry.published,
      text: [
        entry.now && nowText(entry.now),
        entry.claim,
        entry.verdict && VERDICTS[entry.verdict],
        entry.evidence,
        entry.materials,
        entry.author,
      ],
    })),
    ...recordsOf(events, (entry) => ({
      audience: audienceOf(entry.audience),
      township: entry.township && townshipOf.get(entry.township),
      year: entry.start,
      days: daysOfHappening(entry),
      text: [
        EVENT_KINDS[entry.kind],
        EVENT_STATES[entry.state],
        knownDate(entry.start, entry),
        entry.place,
        entry.hosts,
        entry.coHosts,
        entry.howToJoin,
      ],
    })),
    ...recordsOf(caravan, (entry) => {
      const school = entry.school ? schoolItems.get(entry.school) : undefined;
      return {
        township: entry.township && townshipOf.get(entry.township),
        year: entry.start,
        days: daysOfHappening(entry),
        text: [
          ...[EVENT_STATES[entry.state], knownDate(entry.start, entry), school?.name, entry.place],
          ...[
            entry.township && townshipOf.get(entry.township),
            entry.stages.map((stage) => STAGES[stage]),
            entry.exhibitSet && exhibitSetOf.get(entry.exhibitSet),
          ],
        ],
      };
    }),
    ...recordsOf(bases, (entry) => ({
      township: entry.township && townshipOf.get(entry.township),
      text: [
        BASE_KINDS[entry.kind],
        entry.organisation,
        entry.industry,
        entry.address,
        entry.honours.map(({ name }) => name),
        entry.booking,
      ],
    })),
    ...recordsOf(facilities, (entry) => ({
      township: entry.township && townshipOf.get(entry.township),
      text: [FACILITY_KINDS[entry.kind], entry.place, entry.refreshes.map(({ what }) => what)],
    })),
    ...recordsOf(campaigns, (entry) => ({
      year: entry.year,
      days: daysOfTime(entry.from, entry.to),
      text: [
        CAMPAIGN_KINDS[entry.kind],
        entry.theme,
        entry.hosts,
        entry.strands.map(({ name, description }) => [name, description]),
      ],
    })),
    ...recordsOf(experts, (entry) => ({
      text: [EXPERT_KINDS[entry.kind], entry.field, entry.organisation, entry.position, entry.teaches],
    })),
    ...recordsOf(teams, (entry) => ({ text: [TEAM_KINDS[entry.kind], entry.themes, entry.office] })),
    ...recordsOf(honours, (entry) => ({
      year: entry.year,
      text: [LEVELS[entry.level], entry.givenBy, entry.recipient],
    })),
    ...recordsOf(documents, (entry) => ({
      year: entry.year,
      days: publishedDay(entry.issued),
      text: [
        DOCUMENT_KINDS[entry.kind],
        entry.number,
        entry.issuedBy,
        entry.partners,
        entry.placements.map(({ outlet }) => outlet),
      ],
    })),
    ...recordsOf(news, (entry) => ({
      year: entry.published,
      days: publishedDay(entry.published),
      text: entry.source,
    })),
    ...recordsOf(pages, () => ({})),
    ...[emergencyText(), ...sectionPages(), ...manualPages()].map(({ title, address, summary, text }) =>
      record(pages.label, title, address, summary, text, {}),
    ),
    ...currentContent()
      .list(organisations)
      .items.map(({ id, name, kind, aliases, description, member }) =>
        record(
          organisations.label,
          name,
          `/organisations/${id}/`,
          description ?? '',
          [kind ? ORGANISATION_KINDS[kind] : '', ...aliases, member ? '成员单位' : ''].join('\n'),
          {},
        ),
      ),
    ...[...schoolItems.values()].map((school) => {
      const township = townshipOf.get(school.township);
      const stages = school.stages.map((stage) => STAGES[stage]);
      return record(
        schools.label,
        school.name,
        schoolAddress(school.id),
        '',
        [township, stages].flat().join('\n'),
        {
          township,
        },
      );
    }),
    ...currentContent()
      .list(townships)
      .items.map((item) =>
        record(townships.label, item.name, `/townships/${item.id}/`, item.description ?? '', '', {
          township: item.name,
        }),
      ),
  ];
  return records.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** In which order facets list their labels: as the editors and the types do; years from the newest. */
export function facetOrder(records: readonly SearchRecord[]): Partial<Record<FacetName, readonly string[]>> {
  return {
    type: [
      ...Object.values(ARTICLE_KINDS),
      ...[events, caravan, schools, bases, facilities, campaigns, experts].map(({ label }) => label),
    ],
    topic: currentContent()
      .list(topics)
      .items.map(({ name }) => name),
    audience: Object.values(AUDIENCES),
    township: currentContent()
      .list(townships)
      .items.map(({ name }) => name),
    year: [...new Set(records.flatMap(({ facets }) => facets.year ?? []))].sort().reverse(),
  };
}

const namesOf = (list: ReferenceList): Map<string, string> =>
  new Map(
    currentContent()
      .list(list)
      .items.map((item) => [String(item.id), String(item.name)]),
  );
