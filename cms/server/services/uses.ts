import { existsSync } from 'node:fs';
import { settingsFiles, lists, typeNamed, types } from '../../../src/types/index.ts';
import { type Content, readText } from '../../../src/store/index.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { labelOfPath, referencesIn } from '../../../src/model/schema.ts';
import type { ContentType, ReferenceList } from '../../../src/model/type.ts';
import { settings } from '../../../src/types/site.ts';
import type { Names } from '../../protocol/entries.ts';
import { titleFieldOf } from '../../documents/names.ts';
import { slugOfPath } from '../../documents/slug.ts';
import { type Place, placeOf } from '../../documents/places.ts';
import type { EntryDocument } from '../stores/content/entry-document.ts';
import { publishedFrontMatter, listPublished } from '../stores/content/front-matter.ts';
import { readPlace } from '../stores/content/published.ts';
import { wordsIn } from '../stores/content/words.ts';

/** References between entries: nothing is deleted that another entry refers to, and ids are shown as titles. */

/**
 * Every published entry, list and settings file.
 *
 * @param isMeant which files; a cheap test before the place of a file is looked up
 */
export function* allPlaces(
  content: Content,
  isMeant: (file: string) => boolean = () => true,
): Generator<Place> {
  for (const type of types)
    for (const { slug, path: file } of content.filesOf(type).files) {
      const place = isMeant(file) && placeOf(content, `content/${type.name}/${slug}.${type.format}`);
      if (place) yield place;
    }
  for (const { name } of [...lists, ...settingsFiles]) {
    const file = content.dataFile(name);
    const place = existsSync(file) && isMeant(file) && placeOf(content, `content/data/${name}.yaml`);
    if (place) yield place;
  }
}

/** Every published place whose text has one of these slugs as a word: few, and only they need to be read. */
export function placesMentioning(content: Content, slugs: Iterable<string>): Generator<Place> {
  const sought = new Set(slugs);
  return allPlaces(content, (file) => wordsIn(file).some((word) => sought.has(word)));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** An address where it is a link: in Markdown, in an attribute, or after the site's own `https://…`. */
export function linksTo(content: Content, address: string): RegExp {
  const site = content.settings(settings).data?.url.replace(/\/$/, '');
  const before = [String.raw`\]\(<?`, String.raw`\]:\s<?`, `=["']`, ...(site ? [escaped(site)] : [])];
  return new RegExp(`(?<=${before.join('|')})${escaped(address.slice(0, -1))}(?=[/)>"'#?\\s]|$)`, 'g');
}

/** Every place that refers to an entry or list item, as problems that say so. */
export const usesOf = (content: Content, kind: string, slug: string, advice: string): Problem[] =>
  usesOfAny(content, kind, [slug], () => advice);

/** The same for several entries of a type or items of a list. */
export function usesOfAny(
  content: Content,
  kind: string,
  slugs: readonly string[],
  adviceOf: (slug: string) => string,
): Problem[] {
  const type = typeNamed(kind);
  const links = slugs.flatMap((slug) => {
    const address = type?.address?.(slug);
    return address ? { slug, link: linksTo(content, address) } : [];
  });
  const sought = new Set(slugs);
  const problems: Problem[] = [];
  for (const place of placesMentioning(content, slugs)) {
    const isOwn = (slug: string) => place.kind === kind && place.slug === slug;
    const file = content.shownPath(place.file);
    const { data = {} } = publishedFrontMatter(place) ?? {};
    const who = `${titleIn(place, data)}（${file}）`;
    for (const { path, to, slug } of referencesIn(place.schema, data))
      if (to === kind && sought.has(slug) && !isOwn(slug))
        problems.push({
          severity: 'error',
          file,
          field: labelOfPath(place.schema, path),
          message: `${who}还用着它；${adviceOf(slug)}`,
        });
    const text = links.length > 0 ? readText(place.file) : '';
    for (const { slug, link } of links)
      if (!isOwn(slug) && text.search(link) >= 0)
        problems.push({ severity: 'error', file, message: `${who}的正文里有链接；${adviceOf(slug)}` });
  }
  return problems;
}

/** Every file that names an upload, as problems that say so. */
export function usesOfUpload(content: Content, address: string): Problem[] {
  const problems: Problem[] = [];
  const name = /[a-z0-9-]+/.exec(address.slice(address.lastIndexOf('/')))?.[0] ?? '';
  for (const place of placesMentioning(content, [name])) {
    const document = readPlace(place);
    if (!document?.text.includes(address)) continue;
    const file = content.shownPath(place.file);
    const message = `${titleOf(document)}（${file}）还用着它；请先在那里换掉`;
    problems.push({ severity: 'error', file, message });
  }
  return problems;
}

/** A text's title in 「」, or its slug. */
export const titleOf = ({ place, data }: EntryDocument) => titleIn(place, data);

function titleIn({ schema, slug }: Place, data: EntryDocument['data']): string {
  const title = data[titleFieldOf(schema)];
  return `「${typeof title === 'string' ? title : slug}」`;
}

/** Titles of all entries and list items, by type or list and slug. */
export async function allNames(content: Content): Promise<Names> {
  const names: Names = {};
  for (const type of types) names[type.name] = await entryTitles(content, type);
  for (const list of lists) {
    const place =
      existsSync(content.dataFile(list.name)) && placeOf(content, `content/data/${list.name}.yaml`);
    if (place) names[list.name] = itemTitles(place, list);
  }
  return names;
}

async function entryTitles(content: Content, type: ContentType): Promise<Record<string, string>> {
  const field = titleFieldOf(type.schema);
  const titles = (await listPublished(content, type)).map(({ path, data }): [string, string] => {
    const slug = slugOfPath(path);
    return [slug, String(data?.[field] ?? slug)];
  });
  return Object.fromEntries(titles);
}

function itemTitles(place: Place, list: ReferenceList): Record<string, string> {
  const { items = [] } = (publishedFrontMatter(place)?.data ?? {}) as { items?: Record<string, unknown>[] };
  const field = titleFieldOf(list.item);
  return Object.fromEntries(items.map((item) => [String(item?.id), String(item?.[field] ?? item?.id)]));
}
