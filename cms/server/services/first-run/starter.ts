import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { metaOf, shapeOf } from '../../../../src/model/schema.ts';
import type { ReferenceList } from '../../../../src/model/type.ts';
import { articles, topics } from '../../../../src/types/articles.ts';
import { holidays } from '../../../../src/types/holidays.ts';
import { reportOutline } from '../../../../src/types/report.ts';
import { settings, synonyms } from '../../../../src/types/site.ts';
import { standards } from '../../../../src/types/standards.ts';
import { indicators } from '../../../../src/types/statistics.ts';
import { organisations, townships } from '../../../../src/types/townships.ts';
import { type Content, readText } from '../../../../src/store/index.ts';
import { readFileParts, writeFile } from '../../../documents/format.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import { validate } from '../validation.ts';

/** What a new county takes over from the content that came with the program: what is true everywhere. */

/** Lists and outlines that are no county's own. */
const SHARED_LISTS: readonly ReferenceList[] = [topics, indicators, synonyms, standards, holidays];
const SHARED = [...SHARED_LISTS, reportOutline];

/** How articles name who wrote and drew them, in place of the demo county's editors. */
const AUTHOR = '科普门户编写组';

export interface Starter {
  /** Text of each file by its path in the repository. */
  files: Map<string, string>;
  /** Slugs of the articles among them. */
  articles: string[];
  /** Titles of articles that are not: they speak of the demo county, or rely on what it alone has. */
  left: string[];
}

interface Candidate {
  place: Place;
  title: string;
  text: string;
}

/** The shared lists of a content, those that it has. */
export function sharedLists(starter: Content): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name } of SHARED) {
    const file = starter.dataFile(name);
    if (existsSync(file)) files.set(`content/data/${name}.yaml`, readText(file));
  }
  return files;
}

/** The demo county's own words: an article with one of them is about that county. */
function ownWords(starter: Content): string[] {
  const site = starter.settings(settings).data;
  return [
    site?.county,
    ...starter.list(townships).items.map(({ name }) => name),
    ...starter.list(organisations).items.map(({ name }) => name),
  ].filter((word) => word !== undefined);
}

/**
 * The files that a county begins with.
 *
 * @param starter the content that came with the program
 * @param today `YYYY-MM-DD`: from that day the desk lists the articles for a review by this county's own experts
 */
export function starterOf(
  starter: Content,
  { withArticles, today }: { withArticles: boolean; today: string },
): Starter {
  const files = sharedLists(starter);
  if (!withArticles) return { files, articles: [], left: [] };
  const words = ownWords(starter);
  const left: string[] = [];
  let kept: Candidate[] = [];
  for (const { slug, path } of starter.filesOf(articles).files) {
    const place = placeOf(starter, `content/${articles.name}/${slug}.${articles.format}`);
    if (!place) continue;
    const candidate = takenOver(place, readText(path), today);
    if (words.some((word) => candidate.text.includes(word))) left.push(candidate.title);
    else kept.push(candidate);
  }
  // One that is left out can leave a dead link in another.
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    const known = knownSlugs(starter, files, kept);
    kept = kept.flatMap((candidate) => {
      const text = withoutReferences(candidate, known);
      const hasErrors = validate(openDocument(candidate.place, text), known).some(
        ({ severity }) => severity === 'error',
      );
      if (hasErrors) left.push(candidate.title);
      return hasErrors ? [] : [{ ...candidate, text }];
    });
  }
  for (const { place, text } of kept) files.set(place.path, text);
  return { files, articles: kept.map(({ place }) => place.slug), left };
}

/** An article without who reviewed it elsewhere; it is due for review at once. */
function takenOver(place: Place, source: string, today: string): Candidate {
  const { data, body } = readFileParts(source, place.format);
  const { reviewer: _, reviewed: __, ...rest } = data;
  const cover = rest.cover as { license?: string } | undefined;
  const written = {
    ...rest,
    author: AUTHOR,
    nextReview: today,
    ...(cover?.license ? { cover: { ...cover, license: cover.license.replace(/^本站/, '科普门户') } } : {}),
  };
  return {
    place,
    title: String(data.title ?? place.slug),
    text: writeFile({ data: written, body }, place.format, place.schema, source),
  };
}

function knownSlugs(starter: Content, files: ReadonlyMap<string, string>, kept: readonly Candidate[]) {
  const known = new Map<string, Set<string>>();
  for (const list of SHARED_LISTS)
    if (files.has(`content/data/${list.name}.yaml`))
      known.set(list.name, new Set(starter.list(list).items.map((item) => String(item.id))));
  known.set(articles.name, new Set(kept.map(({ place }) => place.slug)));
  return known;
}

/** Without references to entries that are not taken over. */
function withoutReferences({ place, text }: Candidate, known: ReadonlyMap<string, Set<string>>): string {
  const { data, body } = readFileParts(text, place.format);
  const has = (to: string, slug: unknown) => known.get(to)?.has(String(slug)) ?? false;
  const rest = { ...data };
  for (const [name, field] of Object.entries(shapeOf(place.schema))) {
    const to = metaOf(field as z.ZodType)?.to;
    const value = rest[name];
    if (!to || value === undefined) continue;
    if (Array.isArray(value)) rest[name] = value.filter((slug) => has(to, slug));
    else if (!has(to, value)) delete rest[name];
  }
  return writeFile({ data: rest, body }, place.format, place.schema, text);
}
