import type { DatabaseSync } from 'node:sqlite';
import { currentContent } from '../../../../src/store/index.ts';
import { countyDay } from '../../../../src/calendar/clock.ts';
import type { VisitRequest } from '../../../../src/caravan/request/request.ts';
import { blockedDays, exhibitSets, schools, vehicles } from '../../../../src/types/caravan.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { townships } from '../../../../src/types/townships.ts';
import { openSeal } from '../../stores/requests/sealing.ts';
import { KEEP_DAYS, openStore } from '../../stores/requests/store.ts';
import type { Lists } from './check.ts';
import { draftOf } from './draft.ts';

/** Requests for a visit of the caravan. They are kept encrypted and for a limited time, see `http/requests/README.md`. */

export interface RequestsOptions {
  database: DatabaseSync;
  /** Key of the encryption, made when there is none; kept apart from backups of the database. */
  keyFile: string;
  now?: () => Date;
  /** How long a request is kept after the day asked for. */
  keepDays?: number;
}

export type Requests = ReturnType<typeof openRequests>;

/** Opens the requests of a database. */
export function openRequests({
  database,
  keyFile,
  now = () => new Date(),
  keepDays = KEEP_DAYS,
}: RequestsOptions) {
  const today = () => countyDay(now());
  const seal = openSeal(keyFile);
  const store = openStore(database, seal, { now, today, keepDays });
  return {
    store,
    seal,
    now,
    today,
    lists: publishedLists,
    /** Path and text of the draft of a stop for a request. */
    draftFor: (asked: VisitRequest) => draftFrom(asked, today()),
    /** Deletes the requests whose time is over, to be called every day; returns how many there were. */
    purge: store.purge,
  };
}

/** The lists as they are published, read again at each request: they are short, and editors change them. */
const publishedLists = (): Lists => ({
  schools: currentContent().list(schools).items,
  townships: currentContent().list(townships).items,
  exhibitSets: currentContent().list(exhibitSets).items,
  blocked: currentContent().list(blockedDays).items,
});

function draftFrom(asked: VisitRequest, today: string) {
  const { association, url } = siteSettingsOf(currentContent());
  return draftOf({
    asked,
    school: currentContent()
      .list(schools)
      .items.find(({ id }) => id === asked.school)?.name,
    vehicle: currentContent().list(vehicles).items[0]?.id,
    exhibitSet: currentContent().list(exhibitSets).items[0]?.id,
    association,
    host: new URL(url).hostname,
    today,
  });
}
