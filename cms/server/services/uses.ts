import { existsSync, readFileSync } from 'node:fs';
import { settingsFiles, lists, typeNamed, types } from '../../../src/types/index.ts';
import { currentContent } from '../../../src/store/index.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { labelOfPath, referencesIn } from '../../../src/model/schema.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../../src/model/type.ts';
import { settings } from '../../../src/types/site.ts';
import type { Names } from '../../protocol/entries.ts';
import { titleFieldOf } from '../../documents/names.ts';
import { readFileParts } from '../../documents/format.ts';
import { slugOfPath } from '../../documents/slug.ts';
import { type Place, placeOf } from '../../documents/places.ts';
import { publishedFrontMatter, listPublished } from '../stores/content/front-matter.ts';
import { wordsIn } from '../stores/content/words.ts';

/** References between entries: nothing is deleted that another entry refers to, and ids are shown as titles. */

/**
 * Every published entry, list and settings file.
 *
 * @param isMeant which files; a cheap test before the place of a file is looked up
 */
export function* allPlaces(isMeant: (file: string) => boolean = () => true): Generator<Place> {
  for (const type of types)
    for (const { slug, path: file } of currentContent().filesOf(type).files) {
      const place = isMeant(file) && placeOf(`content/${type.name}/${slug}.${type.format}`);
      if (place) yield place;
    }
  for (const { name } of [...lists, ...settingsFiles] as readonly (ReferenceList | SettingsFile)[]) {
    const file = currentContent().dataFile(name);
    const place = existsSync(file) && isMeant(file) && placeOf(`content/data/${name}.yaml`);
    if (place) yield place;
  }
}

/** Every published place whose text has one of these slugs as a word: few, and only they need to be read. */
export function placesMentioning(slugs: Iterable<string>): Generator<Place> {
  const sought = new Set(slugs);
  return allPlaces((file) => wordsIn(file).some((word) => sought.has(word)));
}

const dataOf = ({ format }: Place, text: string): Record<string, unknown> => {
  try {
    return readFileParts(text, format).data;
  } catch {
    return {};
  }
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** An address where it is a link: in Markdown, in an attribute, or after the site's own `https://…`. */
export function linksTo(address: string): RegExp {
  const site = currentContent().settings(settings).data?.url.replace(/\/$/, '');
  const before = [String.raw`\]\(<?`, String.raw`\]:\s<?`, `=["']`, ...(site ? [escaped(site)] : [])];
  return new RegExp(`(?<=${before.join('|')})${escaped(address.slice(0, -1))}(?=[/)>"'#?\\s]|$)`, 'g');
}

/** Every place that refers to an entry or list item, as problems that say so. */
export const usesOf = (kind: string, slug: string, advice: string): Problem[] =>
  usesOfAny(kind, [slug], () => advice);

/** The same for several entries of a type or items of a list. */
export function usesOfAny(
  kind: string,
  slugs: readonly string[],
  adviceOf: (slug: string) => string,
): Problem[] {
  const type = typeNamed(kind);
  const links = slugs.flatMap((slug) => {
    const address = type?.address?.(slug);
    return address ? { slug, link: linksTo(address) } : [];
  });
  const sought = new Set(slugs);
  const problems: Problem[] = [];
  for (const place of placesMentioning(slugs)) {
    const isOwn = (slug: string) => place.kind === kind && place.slug === slug;
    const file = currentContent().shownPath(place.file);
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
    const text = links.length > 0 ? readFileSync(place.file, 'utf8') : '';
    for (const { slug, link } of links)
      if (!isOwn(slug) && text.search(link) >= 0)
        problems.push({ severity: 'error', file, message: `${who}的正文里有链接；${adviceOf(slug)}` });
  }
  return problems;
}

/** Every file that names an upload, as problems that say so. */
export function usesOfUpload(address: string): Problem[] {
  const problems: Problem[] = [];
  const name = /[a-z0-9-]+/.exec(address.slice(address.lastIndexOf('/')))?.[0] ?? '';
  for (const place of placesMentioning([name])) {
    const text = readFileSync(place.file, 'utf8');
    if (!text.includes(address)) continue;
    const file = currentContent().shownPath(place.file);
    const message = `${titleOf(place, text)}（${file}）还用着它；请先在那里换掉`;
    problems.push({ severity: 'error', file, message });
  }
  return problems;
}

/** A text's title in 「」, or its slug. */
export const titleOf = (place: Place, text: string) => titleIn(place, dataOf(place, text));

function titleIn({ schema, slug }: Place, data: Record<string, unknown>): string {
  const title = data[titleFieldOf(schema)];
  return `「${typeof title === 'string' ? title : slug}」`;
}

/** Titles of all entries and list items, by type or list and slug. */
export async function allNames(): Promise<Names> {
  const names: Names = {};
  for (const type of types) names[type.name] = await entryTitles(type);
  for (const list of lists as readonly ReferenceList[]) {
    const place =
      existsSync(currentContent().dataFile(list.name)) && placeOf(`content/data/${list.name}.yaml`);
    if (place) names[list.name] = itemTitles(place, list);
  }
  return names;
}

async function entryTitles(type: ContentType): Promise<Record<string, string>> {
  const field = titleFieldOf(type.schema);
  const titles = (await listPublished(type)).map(({ path, data }): [string, string] => {
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

/** The same for a path, as the audit log names the object of an action; the path itself for lists and settings. */
export function titleOfPath(path: string, text: string): string {
  const place = placeOf(path);
  return place?.type ? `${titleOf(place, text)}（${path}）` : path;
}
