import type { DatabaseSync } from 'node:sqlite';
import type { Content } from '../../../../src/store/index.ts';
import { countyDay } from '../../../../src/calendar/clock.ts';
import type { VisitRequest } from '../../../../src/caravan/request/request.ts';
import { holidaysOf } from '../../../../src/queries/holidays.ts';
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
  /** What is published: schools, townships, vehicles. */
  content: Content;
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
  content,
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
    lists: () => publishedLists(content),
    /** Path and text of the draft of a stop for a request. */
    draftFor: (asked: VisitRequest) => draftFrom(content, asked, today()),
    /** Deletes the requests whose time is over, to be called every day; returns how many there were. */
    purge: store.purge,
  };
}

/** The lists as they are published, read again at each request: they are short, and editors change them. */
const publishedLists = (content: Content): Lists => ({
  schools: content.list(schools).items,
  townships: content.list(townships).items,
  exhibitSets: content.list(exhibitSets).items,
  blocked: content.list(blockedDays).items,
  holidays: holidaysOf(content),
});

function draftFrom(content: Content, asked: VisitRequest, today: string) {
  const { association, url } = siteSettingsOf(content);
  return draftOf({
    asked,
    school: content.list(schools).items.find(({ id }) => id === asked.school)?.name,
    vehicle: content.list(vehicles).items[0]?.id,
    exhibitSet: content.list(exhibitSets).items[0]?.id,
    association,
    host: new URL(url).hostname,
    today,
  });
}
