import { type EntryOf, entries } from '../queries/index.ts';
import { byStart, type Happening } from '../happenings/queries.ts';
import { yearRecords } from '../statistics/queries.ts';
import { shareWithin, type YearShare } from '../statistics/shares/share.ts';

export type Campaign = EntryOf<'campaigns'>;

/** Campaigns by year, latest first. */
export async function campaignsByYear(): Promise<{ year: number; campaigns: Campaign[] }[]> {
  const all = await entries('campaigns');
  const years = [...new Set(all.map(({ data }) => data.year))].sort((a, b) => b - a);
  return years.map((year) => ({ year, campaigns: all.filter(({ data }) => data.year === year) }));
}

/** Events and stops of a campaign, earliest first. */
export async function happeningsOf({ id }: Campaign): Promise<Happening[]> {
  const all: Happening[] = [...(await entries('events')), ...(await entries('caravan'))];
  return all.filter(({ data }) => data.campaign === id).sort(byStart);
}

export interface Strand {
  name: string;
  description?: string | undefined;
  happenings: Happening[];
}

/** The campaign's strands with their happenings; those of no strand, or of one it does not name, come last. */
export function strandsOf({ data }: Campaign, happenings: readonly Happening[]): Strand[] {
  const names = new Set(data.strands.map(({ name }) => name));
  const strands = data.strands.map(({ name, description }) => ({
    name,
    description,
    happenings: happenings.filter((happening) => happening.data.strand === name),
  }));
  const rest = happenings.filter((happening) => !names.has(happening.data.strand ?? ''));
  if (rest.length === 0) return strands;
  return [...strands, { name: data.strands.length > 0 ? '其他活动' : '各项活动', happenings: rest }];
}

/** Figures of the campaign's own results and those of its happenings, next to the whole year's. */
export const shareOfCampaign = async ({ id, data }: Campaign): Promise<YearShare> =>
  shareWithin(await yearRecords(), { year: data.year, campaign: id });
