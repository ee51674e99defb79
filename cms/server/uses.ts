import { existsSync, readFileSync } from 'node:fs';
import { dataFile, filesOf, readSettings, shownPath } from '../../src/loader/files.ts';
import type { Problem } from '../../src/model/problems.ts';
import { labelOfPath, referencesIn } from '../../src/model/schema.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../src/model/type.ts';
import { settings } from '../../src/site/type.ts';
import { lists, settingsFiles, types } from '../../src/types.ts';
import type { Names } from '../admin/api.ts';
import { titleFieldOf } from '../config.ts';
import { readFileParts } from '../format.ts';
import { slugOfPath } from '../slug.ts';
import { type Place, placeOf } from './places.ts';
import { publishedHead, publishedHeads } from './store/heads.ts';

/** Who refers to whom, so that nothing is deleted that something else needs, and ids can be shown as titles. */

/** Every published entry, list and settings file. */
export function* allPlaces(): Generator<Place> {
  for (const type of types as readonly ContentType[])
    for (const { slug } of filesOf(type).files) {
      const place = placeOf(`content/${type.name}/${slug}.${type.format}`);
      if (place) yield place;
    }
  for (const { name } of [...lists, ...settingsFiles] as readonly (ReferenceList | SettingsFile)[]) {
    const place = existsSync(dataFile(name)) && placeOf(`content/data/${name}.yaml`);
    if (place) yield place;
  }
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
  const site = readSettings(settings).data?.url.replace(/\/$/, '');
  const before = [String.raw`\]\(<?`, String.raw`\]:\s<?`, `=["']`, ...(site ? [escaped(site)] : [])];
  return new RegExp(`(?<=${before.join('|')})${escaped(address.slice(0, -1))}(?=[/)>"'#?\\s]|$)`, 'g');
}

/** Every place that refers to an entry or list item, as problems that say so. */
export function usesOf(kind: string, slug: string, advice: string): Problem[] {
  const address = (types as readonly ContentType[]).find(({ name }) => name === kind)?.address?.(slug);
  const links = address && linksTo(address);
  const problems: Problem[] = [];
  for (const place of allPlaces()) {
    if (place.kind === kind && place.slug === slug) continue;
    const text = readFileSync(place.file, 'utf8');
    if (!text.includes(slug)) continue;
    const file = shownPath(place.file);
    for (const reference of referencesIn(place.schema, dataOf(place, text)))
      if (reference.to === kind && reference.slug === slug)
        problems.push({
          severity: 'error',
          file,
          field: labelOfPath(place.schema, reference.path),
          message: `${titleOf(place, text)}（${file}）还用着它；${advice}`,
        });
    if (links && text.search(links) >= 0)
      problems.push({
        severity: 'error',
        file,
        message: `${titleOf(place, text)}（${file}）的正文里有链接；${advice}`,
      });
  }
  return problems;
}

/** Every file that names an upload, as problems that say so. */
export function usesOfUpload(address: string): Problem[] {
  const problems: Problem[] = [];
  for (const place of allPlaces()) {
    const text = readFileSync(place.file, 'utf8');
    if (!text.includes(address)) continue;
    const file = shownPath(place.file);
    const message = `${titleOf(place, text)}（${file}）还用着它；请先在那里换掉`;
    problems.push({ severity: 'error', file, message });
  }
  return problems;
}

/** A text's title in 「」, or its slug. */
export const titleOf = (place: Place, text: string) => {
  const title = dataOf(place, text)[titleFieldOf(place.schema)];
  return `「${typeof title === 'string' ? title : place.slug}」`;
};

/** Titles of all entries and list items, by type or list and slug. */
export async function allNames(): Promise<Names> {
  const names: Names = {};
  for (const type of types as readonly ContentType[]) names[type.name] = await entryTitles(type);
  for (const list of lists as readonly ReferenceList[]) {
    const place = existsSync(dataFile(list.name)) && placeOf(`content/data/${list.name}.yaml`);
    if (place) names[list.name] = itemTitles(place, list);
  }
  return names;
}

async function entryTitles(type: ContentType): Promise<Record<string, string>> {
  const field = titleFieldOf(type.schema);
  const titles = (await publishedHeads(type)).map(({ path, data }): [string, string] => {
    const slug = slugOfPath(path);
    return [slug, String(data?.[field] ?? slug)];
  });
  return Object.fromEntries(titles);
}

function itemTitles(place: Place, list: ReferenceList): Record<string, string> {
  const { items = [] } = (publishedHead(place)?.data ?? {}) as { items?: Record<string, unknown>[] };
  const field = titleFieldOf(list.item);
  return Object.fromEntries(items.map((item) => [String(item?.id), String(item?.[field] ?? item?.id)]));
}

/** The same for a path, as the audit log names what somebody worked on; the path itself for lists and settings. */
export function titleOfPath(path: string, text: string): string {
  const place = placeOf(path);
  return place?.type ? `${titleOf(place, text)}（${path}）` : path;
}
