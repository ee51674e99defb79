import type { z } from 'zod';
import type { Body } from '../body/index.ts';
import type { ReferenceList } from '../model/type.ts';
import { siteSettingsOf } from '../types/site-settings.ts';
import { typeNamed, type TypeName, type TypeNamed } from '../types/index.ts';
import { compareKnownDates, type Dated } from '../calendar/precision.ts';
import type { Picture } from '../model/block.ts';
import { once, onceEach } from '../runtime/current.ts';
import { currentContent } from '../store/index.ts';

/**
 * How pages read content. From our own store, not from Astro's: Astro bundles that one into the templates, which are kept
 * and used again when only content has changed.
 */

/** An entry of the content type of that name; its body lies in the cache under `digest`. */
export type EntryOf<Name extends TypeName> = Name extends TypeName
  ? { id: string; collection: Name; data: z.output<TypeNamed<Name>['schema']>; digest: string }
  : never;

export type AnyEntry = EntryOf<TypeName>;

const collections = onceEach((name: TypeName) => Promise.resolve(sortedEntries(name)));

/** All entries of a type, newest first by the type's date field. */
export const entries = <Name extends TypeName>(name: Name): Promise<EntryOf<Name>[]> =>
  collections(name) as Promise<EntryOf<Name>[]>;

function sortedEntries<Name extends TypeName>(name: Name): EntryOf<Name>[] {
  const type = typeNamed(name);
  if (!type) return [];
  // A note on dates means an inexact day only where the type can say how exact its day is.
  const isDated = 'datePrecision' in type.schema.shape;
  const datedOf = ({ data }: { data: Record<string, unknown> }) => ({
    ...(isDated ? (data as Dated) : {}),
    day: String(data[type.dateField ?? ''] ?? ''),
  });
  return currentContent()
    .entries(type)
    .entries.map(({ id, data, digest }) => ({ id, data, digest, collection: name }))
    .sort(
      (a, b) => compareKnownDates(datedOf(b), datedOf(a)) || a.id.localeCompare(b.id),
    ) as unknown as EntryOf<Name>[];
}

const indexes = new WeakMap<object, Map<string, AnyEntry>>();

async function byId<Name extends TypeName>(name: Name): Promise<Map<string, EntryOf<Name>>> {
  const all = await entries(name);
  const known = indexes.get(all) ?? new Map(all.map((entry) => [entry.id, entry]));
  indexes.set(all, known);
  return known as Map<string, EntryOf<Name>>;
}

/** One entry, or undefined when there is none of that slug. */
export async function entryOf<Name extends TypeName>(
  name: Name,
  slug: string | undefined,
): Promise<EntryOf<Name> | undefined> {
  return slug === undefined ? undefined : (await byId(name)).get(slug);
}

/** The entries that a list of slugs names, in that order; slugs of missing entries are passed over. */
export async function entriesNamed<Name extends TypeName>(name: Name, slugs: readonly string[]) {
  const known = await byId(name);
  return slugs.flatMap((slug) => known.get(slug) ?? []);
}

const NO_BODY: Body = { html: '', headings: [], blocks: [], text: '', problems: [] };

/** The compiled body of an entry. */
export const bodyOf = ({ digest }: { digest: string }): Body => currentContent().body(digest) ?? NO_BODY;

const lists = onceEach((list: ReferenceList) => currentContent().list(list).items);

/** Items of a reference list, in the editors' order. */
export const itemsOf = <S extends z.ZodObject>(list: ReferenceList<S>): z.output<S>[] =>
  lists(list as unknown as ReferenceList) as z.output<S>[];

/** One item of a reference list, or undefined when there is none of that id. */
export const itemOf = <S extends z.ZodObject>(
  list: ReferenceList<S>,
  id: string | undefined,
): z.output<S> | undefined => itemsOf(list).find((item) => item.id === id);

/** The site's settings, with sensible values where the file is missing. */
export const siteSettings = once(() => siteSettingsOf(currentContent()));

/** Size and encoded variants of an uploaded picture; undefined when there is no such file. */
export const pictureOf = (src: string): Picture | undefined => currentContent().pictures.find(src);
