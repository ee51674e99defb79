import { html } from 'hono/html';
import { formatDay } from '../../../../src/calendar/text.ts';
import { type VisitRequest, visitRequest } from '../../../../src/caravan/request/request.ts';
import { elementOf, metaOf, shapeOf } from '../../../../src/model/schema.ts';
import type { Lists } from '../../services/requests/check.ts';
import type { Markup } from '../page/index.ts';

/** What was asked for, in words, in the order of the form. */
function factsOf(asked: VisitRequest, lists: Lists): [label: string, value: string][] {
  const named = { schools: lists.schools, townships: lists.townships, 'exhibit-sets': lists.exhibitSets };
  return Object.entries(shapeOf(visitRequest)).flatMap(([name, field]) => {
    const value = asked[name as keyof VisitRequest];
    if (value === undefined) return [];
    const meta = metaOf(field);
    const options = meta?.options ?? (elementOf(field) && metaOf(elementOf(field) as typeof field)?.options);
    const list = named[meta?.to as keyof typeof named];
    const word = (one: string | number) =>
      meta?.widget === 'date'
        ? formatDay(String(one), { year: true })
        : (list?.find(({ id }) => id === one)?.name ?? options?.[one] ?? String(one));
    return [[meta?.label ?? name, [value].flat().map(word).join('、')]];
  });
}

/** The same as a list. */
export const factList = (asked: VisitRequest, lists: Lists): Markup =>
  html`<dl class="facts">
    ${factsOf(asked, lists).map(
      ([label, value]) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
