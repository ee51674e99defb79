import { addressOf, placeOf } from '../../happenings/queries.ts';
import { siteSettings } from '../../queries/index.ts';
import { absolute } from '../../ui/address.ts';
import { exhibitSetOf, schoolOf, type Stop } from '../queries.ts';
import { parentsNotice } from './notice.ts';

const EXHIBITS_IN_NOTICE = 3;

/** The notice that a stop's school sends to the parents; undefined when the stop is over or held elsewhere. */
export function noticeOf(stop: Stop): string | undefined {
  if (!schoolOf(stop)) return undefined;
  const set = exhibitSetOf(stop);
  return parentsNotice(stop.data, {
    association: siteSettings().association,
    place: placeOf(stop),
    exhibits: set && {
      name: set.name,
      examples: set.exhibits.slice(0, EXHIBITS_IN_NOTICE).map(({ name }) => name),
    },
    rainRule: stop.data.rainRule,
    open: stop.data.open === 'open',
    url: absolute(addressOf(stop)),
  });
}
