import { entries, type EntryOf } from '../queries/index.ts';
import { byStart, type Happening } from '../happenings/queries.ts';
import { organisationNamed } from '../queries/organisations.ts';
import { type Figure, figureOfIndicator } from '../statistics/index.ts';
import { isBlank, statisticYears, yearRecords } from '../statistics/queries.ts';

/** Queries of the single pages. */

export type SinglePage = EntryOf<'pages'>;

/** Single pages, at `/<slug>/`. */
export const singlePages = (): Promise<SinglePage[]> => entries('pages');

/** Each of these indicators with its figure of the latest year that has one; those of no year are passed over. */
export async function figuresNamed(
  indicators: readonly string[],
): Promise<{ year: number; figure: Figure }[]> {
  const records = await yearRecords();
  const years = await statisticYears();
  return indicators.flatMap((indicator) => {
    for (const year of years) {
      const figure = figureOfIndicator(records, indicator, { year });
      if (figure && !isBlank(figure)) return [{ year, figure }];
    }
    return [];
  });
}

/** Events and stops that these organisations host, alone or with others. */
export async function happeningsHostedBy(organisations: readonly string[]): Promise<Happening[]> {
  if (organisations.length === 0) return [];
  const all: Happening[] = [...(await entries('events')), ...(await entries('caravan'))];
  return all
    .filter(({ data }) =>
      [...data.hosts, ...data.coHosts].some((name) =>
        organisations.includes(organisationNamed(name)?.id ?? ''),
      ),
    )
    .sort(byStart);
}
