import type { CollectionEntry, CollectionKey } from 'astro:content';
import type { z } from 'zod';
import type { Body } from '../body/index.ts';
import type { ContentType, ReferenceList } from '../model/type.ts';
import { defaultSettings } from '../settings/defaults.ts';
import { settings } from '../types/site.ts';
import { types } from '../types/index.ts';
import { readBody } from './bodies.ts';
import { readEntries } from './entries.ts';
import { readList, readSettings } from './files.ts';
import { once, onceEach } from '../runtime/reads.ts';

/**
 * How pages read content. From our own store, not from Astro's: Astro bundles that one into the templates, which are kept
 * and used again when only content has changed.
 */

const collections = onceEach((name: CollectionKey) => Promise.resolve(sortedEntries(name)));

/** All entries of a type, newest first by the type's date field. */
export const entries = <Name extends CollectionKey>(name: Name): Promise<CollectionEntry<Name>[]> =>
  collections(name) as Promise<CollectionEntry<Name>[]>;

function sortedEntries<Name extends CollectionKey>(name: Name): CollectionEntry<Name>[] {
  const type = (types as readonly ContentType[]).find((one) => one.name === name);
  if (!type) return [];
  const dayOf = ({ data }: { data: Record<string, unknown> }) => String(data[type.dateField ?? ''] ?? '');
  return readEntries(type)
    .entries.map(({ id, data, digest }) => ({ id, data, digest, collection: name }))
    .sort(
      (a, b) => dayOf(b).localeCompare(dayOf(a)) || a.id.localeCompare(b.id),
    ) as unknown as CollectionEntry<Name>[];
}

const indexes = new WeakMap<object, Map<string, CollectionEntry<CollectionKey>>>();

async function byId<Name extends CollectionKey>(name: Name): Promise<Map<string, CollectionEntry<Name>>> {
  const all = await entries(name);
  const known = indexes.get(all) ?? new Map(all.map((entry) => [entry.id, entry]));
  indexes.set(all, known);
  return known as Map<string, CollectionEntry<Name>>;
}

/** One entry, or undefined when there is none of that slug. */
export async function entryOf<Name extends CollectionKey>(
  name: Name,
  slug: string | undefined,
): Promise<CollectionEntry<Name> | undefined> {
  return slug === undefined ? undefined : (await byId(name)).get(slug);
}

/** The entries that a list of slugs names, in that order; slugs of missing entries are passed over. */
export async function entriesNamed<Name extends CollectionKey>(name: Name, slugs: readonly string[]) {
  const known = await byId(name);
  return slugs.flatMap((slug) => known.get(slug) ?? []);
}

const NO_BODY: Body = { html: '', headings: [], blocks: [], text: '', problems: [] };

/** The compiled body of an entry. Astro types a digest as text or number; ours is text. */
export const bodyOf = (entry: { digest?: string | number | undefined }): Body =>
  (entry.digest && readBody(String(entry.digest))) || NO_BODY;

const lists = onceEach((list: ReferenceList) => readList(list).items);

/** Items of a reference list, in the editors' order. */
export const itemsOf = <S extends z.ZodObject>(list: ReferenceList<S>): z.output<S>[] =>
  lists(list as unknown as ReferenceList) as z.output<S>[];

/** The site's settings, with sensible values where the file is missing. */
export const siteSettings = once(() => readSettings(settings).data ?? defaultSettings);
