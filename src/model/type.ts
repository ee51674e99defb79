import type { z } from 'zod';

/**
 * What a content type is. Everything else (Astro collection, Decap collection, gate messages, feeds, TypeScript
 * types) is derived from this one object.
 */
export interface ContentType<Schema extends z.ZodObject = z.ZodObject> {
  /** Folder under `content/` and collection name, e.g. `articles`. */
  readonly name: string;
  /** 栏目名，如「科普文章」。 */
  readonly label: string;
  /** 单数名，用于「新建…」。 */
  readonly singular: string;
  /** 一句话说明这一类写什么，显示在后台。 */
  readonly description: string;
  /** `mdx`: front matter and a body; `yaml`: data only. */
  readonly format: 'mdx' | 'yaml';
  readonly schema: Schema;
  /** Site address of an entry, without the base path, e.g. `/articles/<slug>/`; null when it has no page of its own. */
  readonly address: ((slug: string) => string) | null;
  /** Decap summary template in the entry list. */
  readonly summary?: string;
  /** Field names the editor's list can be filtered or sorted by. */
  readonly sortableFields?: readonly string[];
  /** Field whose day orders entries and dates them in feeds. */
  readonly dateField?: string;
  /** Whether entries are often written in Word first, so that the editor's list offers to import one. */
  readonly comesFromWord?: boolean;
}

/** A reference list kept in one YAML file, `content/data/<name>.yaml`, as `items: [...]`; each item has an `id`. */
export interface ReferenceList<Item extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly label: string;
  readonly singular: string;
  readonly description: string;
  readonly item: Item;
  readonly summary?: string;
}

/** A single YAML file of settings, `content/data/<name>.yaml`. */
export interface SettingsFile<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly schema: Schema;
  /** Address of the page that shows best what a change does; the editor draws it as a preview. */
  readonly page?: string;
}

/**
 * Declares a content type. See README「加一种内容」. The name stays a literal: collections are told apart by it; so does
 * whether entries have an address.
 */
export const defineType = <
  const Name extends string,
  S extends z.ZodObject,
  Address extends ContentType['address'],
>(
  type: ContentType<S> & { readonly name: Name; readonly address: Address },
): ContentType<S> & { readonly name: Name; readonly address: Address } => type;

/** Declares a reference list. */
export const defineList = <S extends z.ZodObject>(list: ReferenceList<S>): ReferenceList<S> => list;

/** Declares a settings file. */
export const defineSettings = <S extends z.ZodObject>(settings: SettingsFile<S>): SettingsFile<S> => settings;
