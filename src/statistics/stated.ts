import type { Part } from './part.ts';
import type { Indicator } from './records.ts';
import { isAdditive, sum } from './sum.ts';

/**
 * What a campaign states itself is the figure of the whole campaign, and the same indicator of its events and stops is part
 * of it. So that nothing counts twice and every share still adds up to the whole, the campaign keeps what they leave over.
 */
export function assignToCampaigns(parts: readonly Part[], indicator: Indicator): Part[] {
  const stated = new Map<string, Part[]>();
  for (const part of parts)
    if (part.entry.collection === 'campaigns' && part.value !== undefined)
      stated.set(part.entry.id, [...(stated.get(part.entry.id) ?? []), part]);
  if (stated.size === 0) return [...parts];
  const assign = isAdditive(indicator) ? withRemainder : withCover;
  const isOfStated = ({ facets }: Part) => facets.campaign !== undefined && stated.has(facets.campaign);
  return [
    ...parts.filter((part) => !isOfStated(part)),
    ...[...stated].flatMap(([campaign, whole]) =>
      assign(
        campaign,
        whole,
        parts.filter(({ entry, facets }) => facets.campaign === campaign && entry.collection !== 'campaigns'),
      ),
    ),
  ];
}

/** Events that add up to more than their campaign states stand as they are: the campaign's figure is then in doubt. */
function withRemainder(_campaign: string, whole: readonly Part[], members: readonly Part[]): Part[] {
  const [first] = whole;
  if (!first) return [...members];
  const known = members.filter(({ value }) => value !== undefined);
  const covered = sum(known);
  if (known.length === 0) return [...whole];
  const stated = sum(whole);
  const rest: Part = {
    ...first,
    stated,
    value: Math.max(0, sum([{ value: stated }, { value: -covered }])),
    approximate: whole.some(({ approximate }) => approximate),
    method: whole.every(({ method }) => method === first.method) ? first.method : undefined,
    item: whole.length === 1 ? first.item : undefined,
  };
  return [rest, ...known];
}

/** People who come to several events of a campaign are not added: those of an event are among the campaign's. */
const withCover = (campaign: string, whole: readonly Part[], members: readonly Part[]): Part[] => [
  ...whole,
  ...members.map((part) => ({ ...part, coveredBy: campaign })),
];
