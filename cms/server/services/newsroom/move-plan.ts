import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { referencesIn } from '../../../../src/model/schema.ts';
import { linksTo, placesMentioning } from '../uses.ts';
import { currentContent } from '../../../../src/store/index.ts';
import { explainDeadLink } from '../../../../src/checks/links.ts';
import { explainFormerAddress } from '../../../../src/checks/redirects.ts';
import { explainSlug } from '../../../../src/model/slug.ts';
import type { ContentType } from '../../../../src/model/type.ts';
import { type Redirect, slugIn, withMove } from '../../../../src/redirects/redirects.ts';
import { routeNames } from '../../../../src/site/routes.ts';
import { redirects } from '../../../../src/types/site.ts';
import { types } from '../../../../src/types/index.ts';
import { readFileParts, writeFile } from '../../../documents/format.ts';
import type { Note } from '../../../protocol/review.ts';
import { existingSlugs } from '../validation.ts';
import { type Place, placeOf, recordPath } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { readPlace, versionOf } from '../../stores/content/published.ts';
import type { Changes } from '../../stores/content/fast-import.ts';
import { type PublishedRecord, recordText, type ReviewRecord } from './review-record.ts';

/** What a change of an entry's address needs: whether it is allowed, which links and references change with it. */

/** One entry's change of address. */
interface AddressChange {
  type: ContentType;
  from: string;
  to: string;
}

const redirectsFile = currentContent().dataFile(redirects.name);
const redirectsPlace = (): Place => placeOf(`content/data/${redirects.name}.yaml`) as Place;

let cachedRedirects:
  { stamp: string; items: readonly Redirect[]; moves: readonly AddressChange[] } | undefined;

/** The published list of former addresses and the moves that they stand for; read again when the file has changed. */
function readRedirects(): { items: readonly Redirect[]; moves: readonly AddressChange[] } {
  const file = statSync(redirectsFile, { throwIfNoEntry: false });
  const stamp = file ? `${file.mtimeMs}:${file.size}` : '';
  if (cachedRedirects?.stamp === stamp) return cachedRedirects;
  const { items } = currentContent().list(redirects);
  const moves = items.flatMap(({ id, to }) =>
    types.flatMap((type) => {
      const [former, now] = [slugIn(type, id), slugIn(type, to)];
      return former && now ? { type, from: former, to: now } : [];
    }),
  );
  cachedRedirects = { stamp, items, moves };
  return cachedRedirects;
}

/** The list's file with other items; what stays keeps its lines. */
function redirectsText(items: readonly Redirect[]): string {
  const { schema } = redirectsPlace();
  const before = existsSync(redirectsFile) ? readFileSync(redirectsFile, 'utf8') : undefined;
  return writeFile({ data: { items }, body: '' }, 'yaml', schema, before);
}

/** Change of the list when an entry is deleted: its former addresses lead nowhere. */
export function withoutRedirectsTo({ type, slug }: Place): [path: string, text: string][] {
  const items = readRedirects().items;
  const kept = items.filter(({ to }) => to !== type?.address?.(slug));
  return kept.length === items.length ? [] : [[redirectsPlace().path, redirectsText(kept)]];
}

/** The place where an entry is now whose address was changed; undefined when it was not. */
export function movedPlace({ type, slug, format }: Place): Place | undefined {
  const address = type?.address?.(slug);
  const to = address && readRedirects().items.find(({ id }) => id === address)?.to;
  const now = type && to && slugIn(type, to);
  return now ? placeOf(`content/${type.name}/${now}.${format}`) : undefined;
}

/** Refuses a new entry at an address that redirects to another. */
export function refuseFormerAddress({ type, slug }: Place): void {
  const ids = new Set(readRedirects().items.map(({ id }) => id));
  const why = explainFormerAddress(type?.address?.(slug), { slugs: new Map([[redirects.name, ids]]) });
  if (why) throw new Refused(409, why);
}

/** Whether a slug occurs in a text as a whole word: a cheap test before the text is parsed. */
const mentions = (text: string, slug: string): boolean =>
  text.includes(slug) && new RegExp(`(?<![a-z0-9-])${slug}(?![a-z0-9-])`).test(text);

/** A text with its references and links to an entry changed to the entry's new address. */
function rewriteLinks(place: Place, text: string, { type, from, to }: AddressChange): string {
  if (!mentions(text, from)) return text;
  let next = text;
  try {
    const parts = readFileParts(text, place.format);
    const own = [...referencesIn(place.schema, parts.data)].filter(
      (reference) => reference.to === type.name && reference.slug === from,
    );
    for (const { path } of own) setValueAt(parts.data, path, to);
    if (own.length > 0) next = writeFile(parts, place.format, place.schema, text);
  } catch {
    // A text that cannot be parsed has no references; `validate` reports why.
  }
  const [before = '', after = ''] = [type.address?.(from), type.address?.(to)];
  return before ? next.replace(linksTo(before), after.slice(0, -1)) : next;
}

function setValueAt(data: unknown, path: readonly PropertyKey[], value: string): void {
  const [last, ...others] = path.toReversed();
  const holder = others.reduceRight(
    (inner: unknown, step) => (inner as Record<PropertyKey, unknown>)[step],
    data,
  );
  (holder as Record<PropertyKey, unknown>)[last as PropertyKey] = value;
}

/** Whether a former slug is in use again (the checks report that): then a link means the new entry. */
const isEntry = ({ type, from }: AddressChange) =>
  existsSync(placeOf(`content/${type.name}/${from}.${type.format}`)?.file ?? '');

/** A text with its links to entries that have moved since it was written changed to their current addresses. */
export function rewriteMovedLinks(place: Place, text: string): string {
  return readRedirects().moves.reduce(
    (next, move) => (next.includes(move.from) && !isEntry(move) ? rewriteLinks(place, next, move) : next),
    text,
  );
}

/** What a change of address does. */
export interface MovePlan {
  /** Where the entry is afterwards. */
  place: Place;
  /** Addresses before and after, without the base path. */
  from: string;
  to: string;
  /** Other entries and lists that link to the entry, with their new texts. */
  others: { place: Place; text: string }[];
  /** The list of former addresses afterwards. */
  list: [path: string, text: string];
  /** A text with its links to the entry changed. */
  follow: (place: Place, text: string) => string;
}

/**
 * Plans the change of an entry's slug.
 *
 * @param isDraft whether a path is that of a draft
 * @throws {Refused} when it is not allowed, with what to do instead
 */
export function planMove(place: Place, slug: string, isDraft: (path: string) => boolean): MovePlan {
  const { type } = place;
  if (!type?.address) throw new Refused(422, '这一类内容没有自己的网页，不用改地址');
  const why = explainSlug(slug);
  if (why) throw new Refused(422, `网址名${why}`);
  if (slug === place.slug) throw new Refused(422, '新的网址名和现在的一样');
  const target = placeOf(`content/${type.name}/${slug}.${type.format}`);
  if (!target) throw new Refused(422, '这个网址名用不了，请换一个');
  const [from, to] = [type.address(place.slug), type.address(slug)];
  const items = readRedirects().items;
  const former = items.find(({ id }) => id === to);
  // An entry may go back to an address that it had itself.
  if (former && former.to !== from)
    throw new Refused(409, `「${to}」是「${former.to}」的旧地址，打开会转到那里；请换一个网址名`);
  if (isDraft(target.path)) throw new Refused(409, `「${to}」已经有一篇草稿，请换一个网址名`);
  if (existsSync(target.file) || isOwnOfSite(to))
    throw new Refused(409, `「${to}」已经有别的页面，请换一个网址名`);
  const move: AddressChange = { type, from: place.slug, to: slug };
  const follow = (at: Place, text: string) => rewriteLinks(at, text, move);
  const others = [...placesMentioning([place.slug])]
    .filter((other) => other.path !== place.path && other.kind !== redirects.name)
    .flatMap((other) => {
      const before = readFileSync(other.file, 'utf8');
      const text = follow(other, before);
      return text === before ? [] : [{ place: other, text }];
    });
  const list: MovePlan['list'] = [redirectsPlace().path, redirectsText(withMove(items, from, to))];
  return { place: target, from, to, others, list, follow };
}

/** Whether the site itself answers at an address: a section, a page of the program, a folder of files. */
function isOwnOfSite(address: string): boolean {
  const names = (folder: string) => readdirSync(new URL(`../../../../${folder}/`, import.meta.url));
  const [, first = '', ...rest] = address.split('/');
  if (rest.length === 1 && routeNames(names('src/pages'), names('public')).has(first)) return true;
  // A former address of this very entry is no page.
  return explainDeadLink(address, { content: currentContent(), slugs: existingSlugs() }) === undefined;
}

/** The commits of a move. */
interface MoveChanges {
  /** To what is published. */
  onMain: Changes;
  /** To the draft of the entry, which moves with it. */
  onDraft: { text: string; record: ReviewRecord; changes: Changes } | undefined;
}

/**
 * The files that a move changes: the entry and its record, everything that links to it, the list of former addresses.
 *
 * @param record of what is published
 * @param note the line that the move leaves in the record
 */
export function changesOfMove(
  place: Place,
  { place: target, others, list, follow }: MovePlan,
  {
    record,
    draft,
    note,
  }: {
    record: PublishedRecord | undefined;
    draft: { text: string; record: ReviewRecord } | undefined;
    note: Note;
  },
): MoveChanges {
  const moved = (text: string, kept: ReviewRecord | PublishedRecord): [string, string | null][] => [
    [place.path, null],
    [recordPath(place.path), null],
    [target.path, text],
    [recordPath(target.path), recordText(kept)],
  ];
  const live = readPlace(place);
  const text = live && follow(target, live.text);
  const notes = [...(record?.notes ?? []), note];
  const onMain = new Map<string, string | null>([
    ...(text === undefined ? [] : moved(text, { notes, expireAt: record?.expireAt })),
    ...others.map((other): [string, string] => [other.place.path, other.text]),
    list,
  ]);
  if (!draft) return { onMain, onDraft: undefined };
  const next: ReviewRecord = {
    ...draft.record,
    base: text !== undefined && draft.record.base === live?.version ? versionOf(text) : draft.record.base,
    notes: live ? draft.record.notes : [...draft.record.notes, note],
  };
  const written = follow(target, draft.text);
  return {
    onMain,
    onDraft: { text: written, record: next, changes: new Map(moved(written, next)) },
  };
}
