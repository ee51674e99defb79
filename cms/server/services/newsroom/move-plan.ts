import { existsSync, statSync } from 'node:fs';
import { referencesIn } from '../../../../src/model/schema.ts';
import { linksTo, placesMentioning } from '../uses.ts';
import type { Content } from '../../../../src/store/index.ts';
import { explainDeadLink } from '../../../../src/checks/links.ts';
import { explainFormerAddress } from '../../../../src/checks/redirects.ts';
import { explainSlug } from '../../../../src/model/slug.ts';
import { takenNames } from '../../../../src/model/taken-names.ts';
import { routeFiles } from '../../../../src/runtime/route-files.ts';
import type { ContentType } from '../../../../src/model/type.ts';
import { type Redirect, slugIn, withMove } from '../../../../src/redirects/redirects.ts';
import { redirects } from '../../../../src/types/site.ts';
import { types } from '../../../../src/types/index.ts';
import { readFileParts, writeFile } from '../../../documents/format.ts';
import type { Note } from '../../../protocol/review.ts';
import { existingSlugs } from '../validation.ts';
import { type Place, placeOf, recordPath } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { type EntryDocument, openDocument, withText } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import type { Changes } from '../../stores/content/fast-import.ts';
import { type PublishedRecord, recordText, type ReviewRecord } from './review-record.ts';

/** What a change of an entry's address needs: whether it is allowed, which links and references change with it. */

/** One entry's change of address. */
interface AddressChange {
  type: ContentType;
  from: string;
  to: string;
}

const redirectsPlace = (content: Content): Place =>
  placeOf(content, `content/data/${redirects.name}.yaml`) as Place;

/** The list of former addresses and the moves that they stand for. */
interface Redirects {
  items: readonly Redirect[];
  moves: readonly AddressChange[];
}

const cachedRedirects = new WeakMap<Content, Redirects & { stamp: string }>();

/** The published list; read again when the file has changed. */
function readRedirects(content: Content): Redirects {
  const file = statSync(content.dataFile(redirects.name), { throwIfNoEntry: false });
  const stamp = file ? `${file.mtimeMs}:${file.size}` : '';
  const cached = cachedRedirects.get(content);
  if (cached?.stamp === stamp) return cached;
  const { items } = content.list(redirects);
  const moves = items.flatMap(({ id, to }) =>
    types.flatMap((type) => {
      const [former, now] = [slugIn(type, id), slugIn(type, to)];
      return former && now ? { type, from: former, to: now } : [];
    }),
  );
  const read = { stamp, items, moves };
  cachedRedirects.set(content, read);
  return read;
}

/** The list's file with other items, and its path; what stays keeps its lines. */
function withRedirects(content: Content, items: readonly Redirect[]): [path: string, text: string] {
  const place = redirectsPlace(content);
  const before = readPlace(place)?.parsed;
  return [place.path, writeFile({ data: { items }, body: '' }, 'yaml', place.schema, before)];
}

/** Change of the list when an entry is deleted: its former addresses lead nowhere. */
export function withoutRedirectsTo({ content, type, slug }: Place): [path: string, text: string][] {
  const { items } = readRedirects(content);
  const kept = items.filter(({ to }) => to !== type?.address?.(slug));
  return kept.length === items.length ? [] : [withRedirects(content, kept)];
}

/** The place where an entry is now whose address was changed; undefined when it was not. */
export function movedPlace({ content, type, slug, format }: Place): Place | undefined {
  const address = type?.address?.(slug);
  const to = address && readRedirects(content).items.find(({ id }) => id === address)?.to;
  const now = type && to && slugIn(type, to);
  return now ? placeOf(content, `content/${type.name}/${now}.${format}`) : undefined;
}

/** Refuses a new entry at an address that redirects to another. */
export function refuseFormerAddress({ content, type, slug }: Place): void {
  const ids = new Set(readRedirects(content).items.map(({ id }) => id));
  const why = explainFormerAddress(type?.address?.(slug), { slugs: new Map([[redirects.name, ids]]) });
  if (why) throw new Refused(409, why);
}

/** Whether a slug occurs in a text as a whole word: a cheap test before the text is parsed. */
const mentions = (text: string, slug: string): boolean =>
  text.includes(slug) && new RegExp(`(?<![a-z0-9-])${slug}(?![a-z0-9-])`).test(text);

/** A text with its references and links to an entry changed to the entry's new address. */
function rewriteLinks(document: EntryDocument, { type, from, to }: AddressChange): EntryDocument {
  const { place, text } = document;
  if (!mentions(text, from)) return document;
  const { format, schema } = place;
  let next = text;
  try {
    const { parsed } = document;
    const { data, body } = readFileParts(parsed, format);
    const own = [...referencesIn(schema, data)].filter(
      (reference) => reference.to === type.name && reference.slug === from,
    );
    const changed = own.length > 0 ? structuredClone(data) : data;
    for (const { path } of own) setValueAt(changed, path, to);
    if (own.length > 0) next = writeFile({ data: changed, body }, format, schema, parsed);
  } catch {
    // A text that cannot be parsed has no references; `validate` reports why.
  }
  const [before = '', after = ''] = [type.address?.(from), type.address?.(to)];
  if (before) next = next.replace(linksTo(place.content, before), after.slice(0, -1));
  return withText(document, next);
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
const isEntry = (content: Content, { type, from }: AddressChange) =>
  existsSync(placeOf(content, `content/${type.name}/${from}.${type.format}`)?.file ?? '');

/**
 * A text with its links to entries that have moved since it was written changed to their current addresses; the same
 * document when there are none.
 */
export function rewriteMovedLinks(document: EntryDocument): EntryDocument {
  const { content } = document.place;
  return readRedirects(content).moves.reduce(
    (next, move) =>
      next.text.includes(move.from) && !isEntry(content, move) ? rewriteLinks(next, move) : next,
    document,
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
  others: EntryDocument[];
  /** The list of former addresses afterwards. */
  list: [path: string, text: string];
  /** A text with its links to the entry changed; the same document when it has none. */
  follow: (document: EntryDocument) => EntryDocument;
}

/**
 * Plans the change of an entry's slug.
 *
 * @param isDraft whether a path is that of a draft
 * @throws {Refused} when it is not allowed, with what to do instead
 */
export function planMove(place: Place, slug: string, isDraft: (path: string) => boolean): MovePlan {
  const { content, type } = place;
  if (!type?.address) throw new Refused(422, '这一类内容没有自己的网页，不用改地址');
  const why = explainSlug(slug) ?? takenNames(type.address, routeFiles())(slug);
  if (why) throw new Refused(422, `网址名${why}`);
  if (slug === place.slug) throw new Refused(422, '新的网址名和现在的一样');
  const target = placeOf(content, `content/${type.name}/${slug}.${type.format}`);
  if (!target) throw new Refused(422, '这个网址名用不了，请换一个');
  const [from, to] = [type.address(place.slug), type.address(slug)];
  const { items } = readRedirects(content);
  const former = items.find(({ id }) => id === to);
  // An entry may go back to an address that it had itself.
  if (former && former.to !== from)
    throw new Refused(409, `「${to}」是「${former.to}」的旧地址，打开会转到那里；请换一个网址名`);
  if (isDraft(target.path)) throw new Refused(409, `「${to}」已经有一篇草稿，请换一个网址名`);
  if (existsSync(target.file) || isOwnOfSite(content, to))
    throw new Refused(409, `「${to}」已经有别的页面，请换一个网址名`);
  const move: AddressChange = { type, from: place.slug, to: slug };
  const follow = (document: EntryDocument) => rewriteLinks(document, move);
  const others = [...placesMentioning(content, [place.slug])]
    .filter((other) => other.path !== place.path && other.kind !== redirects.name)
    .flatMap((other) => {
      const before = readPlace(other);
      const after = before && follow(before);
      return after && after !== before ? [after] : [];
    });
  const list: MovePlan['list'] = withRedirects(content, withMove(items, from, to));
  return { place: target, from, to, others, list, follow };
}

/** Whether the site itself answers at an address: a section, a page of the program, a folder of files. */
function isOwnOfSite(content: Content, address: string): boolean {
  // A former address of this very entry is no page.
  return explainDeadLink(address, { content, slugs: existingSlugs(content) }) === undefined;
}

/** The commits of a move. */
interface MoveChanges {
  /** To what is published. */
  onMain: Changes;
  /** To the draft of the entry, which moves with it. */
  onDraft: { document: EntryDocument; record: ReviewRecord; changes: Changes } | undefined;
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
    draft: { document: EntryDocument; record: ReviewRecord } | undefined;
    note: Note;
  },
): MoveChanges {
  /** The text of the entry at its new place. */
  const followed = ({ text }: EntryDocument) => follow(openDocument(target, text));
  const moved = (
    { text }: EntryDocument,
    kept: ReviewRecord | PublishedRecord,
  ): [string, string | null][] => [
    [place.path, null],
    [recordPath(place.path), null],
    [target.path, text],
    [recordPath(target.path), recordText(kept)],
  ];
  const live = readPlace(place);
  const document = live && followed(live);
  const notes = [...(record?.notes ?? []), note];
  const onMain = new Map<string, string | null>([
    ...(document ? moved(document, { ...record, notes }) : []),
    ...others.map((other): [string, string] => [other.path, other.text]),
    list,
  ]);
  if (!draft) return { onMain, onDraft: undefined };
  const next: ReviewRecord = {
    ...draft.record,
    base: document && draft.record.base === live?.version ? document.version : draft.record.base,
    notes: live ? draft.record.notes : [...draft.record.notes, note],
  };
  const written = followed(draft.document);
  return {
    onMain,
    onDraft: { document: written, record: next, changes: new Map(moved(written, next)) },
  };
}
