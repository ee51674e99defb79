import { hasRole, type Person } from '../../../protocol/roles.ts';
import type { Content } from '../../../../src/store/index.ts';
import { type Place, placeOfStem, stemOf } from '../../../documents/places.ts';
import { type EntryDocument, openDocument } from '../../stores/content/entry-document.ts';
import type { Repository } from '../../stores/content/repository.ts';

/**
 * Deleted entries and discarded drafts. Each has a reference of its own, `refs/discarded/<type>/<slug>/<milliseconds>-<login>`,
 * on the last commit that held it. So they are listed without walking the history, are part of a clone, and survive
 * `git gc`.
 */
export const DISCARDED = 'refs/discarded/';

/** A text that was deleted or discarded. */
export interface DiscardedText {
  /** Its reference without `refs/discarded/`; names it to the desk. */
  id: string;
  /** Where the entry was. */
  place: Place;
  /** The same as the editor names it, `content/<type>/<slug>.mdx`. */
  path: string;
  /** When, ISO 8601. */
  at: string;
  /** Login of the person who discarded it. */
  login: string;
  commit: string;
}

export const discardedRef = (path: string, at: Date, login: string): string =>
  `${DISCARDED}${stemOf(path)}/${at.getTime()}-${asRefPart(login)}`;

/** Dots have a meaning in names of references (`..`, `.lock`), see git-check-ref-format. */
const asRefPart = (login: string) => login.replaceAll('%', '%25').replaceAll('.', '%2E');

const listings = new WeakMap<Repository, Promise<Map<string, string>>>();

/** All references of discarded texts. Calls of the same tick share one listing: a page asks once for each of its rows. */
function listing(repository: Repository): Promise<Map<string, string>> {
  const begun = listings.get(repository) ?? repository.listRefs(DISCARDED);
  listings.set(repository, begun);
  // Later calls must see newer references.
  queueMicrotask(() => listings.delete(repository));
  return begun;
}

/** Where discarded texts are. */
interface Discarded {
  repository: Repository;
  content: Content;
}

const maySee = (person: Person, { login }: DiscardedText): boolean =>
  login === person.login || hasRole(person, 'publisher');

/** A person's own discarded texts, or all of them for publishers, the latest first. */
export async function listDiscarded(
  { repository, content }: Discarded,
  person: Person,
): Promise<DiscardedText[]> {
  return [...(await listing(repository))]
    .flatMap(([ref, commit]) => discardedOf(content, ref, commit) ?? [])
    .filter((item) => maySee(person, item))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** One of them with its text; undefined when there is none that this person may see. */
export async function readDiscarded(
  { repository, content }: Discarded,
  person: Person,
  id: string,
): Promise<(DiscardedText & { document: EntryDocument }) | undefined> {
  const ref = `${DISCARDED}${id}`;
  const commit = (await listing(repository)).get(ref);
  const item = commit && discardedOf(content, ref, commit);
  if (!item || !maySee(person, item)) return undefined;
  const text = await repository.readText(commit, item.path);
  return text === undefined ? undefined : { ...item, document: openDocument(item.place, text) };
}

/** The discarded text of a reference; undefined for other references, and for types that no longer exist. */
function discardedOf(content: Content, ref: string, commit: string): DiscardedText | undefined {
  const [, id = '', stem = '', time = '', login = ''] =
    /^refs\/discarded\/(([\w-]+\/[\w-]+)\/(\d+)-(.+))$/.exec(ref) ?? [];
  const place = placeOfStem(content, stem);
  if (!place?.type) return undefined;
  return {
    id,
    place,
    path: place.path,
    at: new Date(Number(time)).toISOString(),
    login: decodeURIComponent(login),
    commit,
  };
}
