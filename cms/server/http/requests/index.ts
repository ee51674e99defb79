import type { DatabaseSync } from 'node:sqlite';
import type { Context, Hono } from 'hono';
import { countyDay } from '../../../../src/calendar/clock.ts';
import { blockedDays, exhibitSets, schools, vehicles } from '../../../../src/types/caravan.ts';
import type { VisitRequest } from '../../../../src/caravan/request/request.ts';
import { readList, readSettings } from '../../../../src/store/files.ts';
import { defaultSettings } from '../../../../src/types/site-defaults.ts';
import { settings } from '../../../../src/types/site.ts';
import { townships } from '../../../../src/types/townships.ts';
import type { Audit } from '../../stores/audit.ts';
import type { Lists } from '../../services/requests/check.ts';
import { type CreateDraft, deskRoutes } from './desk.ts';
import { draftOf } from '../../services/requests/draft.ts';
import { publicRoutes } from './public.ts';
import { openSeal } from '../../stores/requests/sealing.ts';
import { KEEP_DAYS, openStore } from '../../stores/requests/store.ts';
import type { Signed } from '../access.ts';

/** Asking for a visit on line. What people write is kept here, sealed, for a time; see README.md. */

export interface RequestsOptions {
  database: DatabaseSync;
  /** Key of what is sealed, made when there is none; kept apart from backups of the database. */
  keyFile: string;
  createDraft: CreateDraft;
  audit: Audit;
  now?: () => Date;
  /** Network address of the caller; by default what `knowsClient` found. */
  addressOf?: (context: Context) => string;
  /** How long a request is kept after the day asked for. */
  keepDays?: number;
}

export interface Requests {
  /** Below `/api/requests`, for everybody. */
  publicRoutes: Hono;
  /** Below `/admin/desk/requests`, for the office. */
  deskRoutes: Hono<Signed>;
  /** Deletes what has been kept long enough, to be called every day; how many there were. */
  purge: () => number;
}

/** Opens the requests of a database. */
export function openRequests({
  database,
  keyFile,
  createDraft,
  audit,
  now = () => new Date(),
  addressOf = (context) => context.get('client')?.address ?? '',
  keepDays = KEEP_DAYS,
}: RequestsOptions): Requests {
  const today = () => countyDay(now());
  const seal = openSeal(keyFile);
  const store = openStore(database, seal, { now, today, keepDays });
  return {
    publicRoutes: publicRoutes({ store, seal, lists: publishedLists, now, today, addressOf }),
    deskRoutes: deskRoutes({
      store,
      lists: publishedLists,
      audit,
      createDraft,
      draftOf: (asked) => draftFrom(asked, today()),
    }),
    purge: store.purge,
  };
}

/** The lists as they are published, read again at each request: they are short, and editors change them. */
const publishedLists = (): Lists => ({
  schools: readList(schools).items,
  townships: readList(townships).items,
  exhibitSets: readList(exhibitSets).items,
  blocked: readList(blockedDays).items,
});

function draftFrom(asked: VisitRequest, today: string) {
  const { association, url } = readSettings(settings).data ?? defaultSettings;
  return draftOf({
    asked,
    school: readList(schools).items.find(({ id }) => id === asked.school)?.name,
    vehicle: readList(vehicles).items[0]?.id,
    exhibitSet: readList(exhibitSets).items[0]?.id,
    association,
    host: new URL(url).hostname,
    today,
  });
}
