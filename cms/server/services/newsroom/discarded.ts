import { hasRole, type Person } from '../../../protocol/roles.ts';
import { placeOfStem, stemOf } from '../../../documents/places.ts';
import type { Repository } from '../../stores/content/repository.ts';

/**
 * Where deleted texts stay: each has a reference of its own, `refs/discarded/<type>/<slug>/<milliseconds>-<login>`, on the
 * commit that held it last. So they are listed without walking the history, come along with a clone, and are never packed
 * away.
 */
export const DISCARDED = 'refs/discarded/';

/** A text that was deleted or given up. */
export interface DiscardedText {
  /** Its reference without `refs/discarded/`; names it to the desk. */
  id: string;
  /** Where the entry was, `content/<type>/<slug>.mdx`. */
  path: string;
  /** When, ISO 8601. */
  at: string;
  /** Login of whoever did it. */
  login: string;
  commit: string;
}

export const discardedRef = (path: string, at: Date, login: string): string =>
  `${DISCARDED}${stemOf(path)}/${at.getTime()}-${asRefPart(login)}`;

/** Git knows dots in names of references (`..`, `.lock`) as something else. */
const asRefPart = (login: string) => login.replaceAll('%', '%25').replaceAll('.', '%2E');

const listings = new WeakMap<Repository, Promise<Map<string, string>>>();

/** What is set aside; one look at the repository for all who ask in one go, as a page does for each of its rows. */
function listing(repository: Repository): Promise<Map<string, string>> {
  const begun = listings.get(repository) ?? repository.listRefs(DISCARDED);
  listings.set(repository, begun);
  // Who asks later may know of something newer.
  queueMicrotask(() => listings.delete(repository));
  return begun;
}

const maySee = (person: Person, { login }: DiscardedText): boolean =>
  login === person.login || hasRole(person, 'publisher');

/** Somebody's own, and everything for publishers, the latest first. */
export async function listDiscarded(repository: Repository, person: Person): Promise<DiscardedText[]> {
  return [...(await listing(repository))]
    .flatMap(([ref, commit]) => discardedOf(ref, commit) ?? [])
    .filter((item) => maySee(person, item))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** One of them with its text; undefined when this person has no such. */
export async function readDiscarded(
  repository: Repository,
  person: Person,
  id: string,
): Promise<(DiscardedText & { text: string }) | undefined> {
  const ref = `${DISCARDED}${id}`;
  const commit = (await listing(repository)).get(ref);
  const item = commit && discardedOf(ref, commit);
  if (!item || !maySee(person, item)) return undefined;
  const text = await repository.readText(commit, item.path);
  return text === undefined ? undefined : { ...item, text };
}

/** What a reference names; undefined for what is not one of these, or of a type that there is not any more. */
function discardedOf(ref: string, commit: string): DiscardedText | undefined {
  const [, id = '', stem = '', time = '', login = ''] =
    /^refs\/discarded\/(([\w-]+\/[\w-]+)\/(\d+)-(.+))$/.exec(ref) ?? [];
  const place = placeOfStem(stem);
  if (!place?.type) return undefined;
  return {
    id,
    path: place.path,
    at: new Date(Number(time)).toISOString(),
    login: decodeURIComponent(login),
    commit,
  };
}
