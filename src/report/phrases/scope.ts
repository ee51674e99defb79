import type { OutlineParagraph } from '../../types/report.ts';
import type { Material, ReportRecord } from '../material.ts';
import { awardOf } from './names.ts';

/** Which records a paragraph and a phrase tell of. */

export interface Scope {
  /** Tells apart the paragraphs that one paragraph of the outline becomes, the same in every draft. */
  key: string;
  /** 「2022年科普日：科普大篷车进校园」; empty for the whole year. */
  label: string;
  campaigns: readonly ReportRecord<'campaigns'>[];
  strand?: { name: string; description?: string | undefined } | undefined;
  records: readonly ReportRecord[];
  /** The whole year, so that figures typed by hand count too. */
  isYear: boolean;
}

const campaignOf = ({ data }: ReportRecord): string | undefined =>
  'campaign' in data ? data.campaign : undefined;

const ofCampaigns = (records: readonly ReportRecord[], ids: ReadonlySet<string>) =>
  records.filter((record) =>
    record.collection === 'campaigns' ? ids.has(record.id) : ids.has(campaignOf(record) ?? ''),
  );

/** The scopes of a paragraph: one for each paragraph that the report will have of it. */
export function scopesOf({ campaign, repeat }: OutlineParagraph, { ofYear }: Material): Scope[] {
  if (campaign === undefined)
    return [{ key: 'year', label: '', campaigns: [], records: ofYear, isYear: true }];
  if (campaign === 'none') {
    const records = ofYear.filter(
      (record) => record.collection !== 'campaigns' && campaignOf(record) === undefined,
    );
    return [{ key: 'none', label: '', campaigns: [], records, isYear: false }];
  }
  const campaigns = ofYear.filter(
    (record): record is ReportRecord<'campaigns'> =>
      record.collection === 'campaigns' && record.data.kind === campaign,
  );
  if (campaigns.length === 0) return [];
  const scopeOf = (some: readonly ReportRecord<'campaigns'>[]): Scope => ({
    key: some.map(({ id }) => id).join('+'),
    label: some.map(({ data }) => data.title).join('、'),
    campaigns: some,
    records: ofCampaigns(ofYear, new Set(some.map(({ id }) => id))),
    isYear: false,
  });
  if (repeat === 'once') return [scopeOf(campaigns)];
  const each = campaigns.map((one) => scopeOf([one]));
  return repeat === 'campaign' ? each : each.flatMap(strandsOf);
}

/** The strands of a scope's campaigns, in the campaigns' order. */
export const strandsOf = (scope: Scope): Scope[] =>
  scope.campaigns.flatMap((campaign) =>
    campaign.data.strands.map((strand) => ({
      key: `${campaign.id}/${strand.name}`,
      label: `${campaign.data.title}：${strand.name}`,
      campaigns: [campaign],
      strand,
      records: scope.records.filter(
        (record) =>
          campaignOf(record) === campaign.id && 'strand' in record.data && record.data.strand === strand.name,
      ),
      isYear: false,
    })),
  );

/** Names by which `about` can choose a record: its type, its type and kind. */
function namesOf(record: ReportRecord): string[] {
  const { collection } = record;
  if (collection === 'honours') {
    const { state, recipientKind } = record.data;
    return [collection, `${collection}/${state}`, `${collection}/${state}-${recipientKind}`];
  }
  return 'kind' in record.data ? [collection, `${collection}/${record.data.kind}`] : [collection];
}

/** Which of a scope's records a phrase tells of. */
export interface Choice {
  /** Types, and types with a kind; all when it names none. */
  about: readonly string[];
  /** Only those with this in their title. */
  contains?: string | undefined;
}

export const recordsAbout = (
  records: readonly ReportRecord[],
  { about, contains = '' }: Choice,
): ReportRecord[] =>
  records.filter(
    (record) =>
      record.data.title.includes(contains) &&
      (about.length === 0 || namesOf(record).some((name) => about.includes(name))),
  );

/** The scopes that a phrase makes a sentence of, each with the records of the phrase. */
export function groupsOf(
  scope: Scope,
  choice: Choice,
  by: 'together' | 'each' | 'strand' | 'award',
  material: Material,
): Scope[] {
  const within = (part: Scope): Scope => ({
    ...part,
    records: recordsAbout(part.records, choice),
    isYear: part.isYear && choice.about.length === 0 && choice.contains === undefined,
  });
  if (by === 'strand') return strandsOf(scope).map(within);
  const whole = within(scope);
  if (by === 'together') return [whole];
  const groups = new Map<string, ReportRecord[]>();
  for (const record of whole.records) {
    const name = by === 'award' ? (awardOf(record, material) ?? '') : `${record.collection}/${record.id}`;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return [...groups].map(([name, records]) => ({
    ...whole,
    key: `${scope.key}/${name}`,
    records,
    isYear: false,
  }));
}
