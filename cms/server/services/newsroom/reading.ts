import { existsSync } from 'node:fs';
import type { Texts } from './texts.ts';
import { types } from '../../../../src/types/index.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import type { Place } from '../../../documents/places.ts';
import type { StoredFile, ListedEntry } from '../../../protocol/entries.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';
import { listPublished, frontMatterOf } from '../../stores/content/front-matter.ts';
import { readPlace, readFolder } from '../../stores/content/published.ts';
import { CONTENT } from '../../stores/content/written-out.ts';
import { renderChecked } from '../body-check/index.ts';
import { planningProblems } from '../planning.ts';
import { existingSlugs, inFormTerms, validate } from '../validation.ts';
import { toStoredFile, asPublished, type Draft } from './draft.ts';
import { movedPlace, rewriteMovedLinks } from './move-plan.ts';
import { requirePlace } from './refusals.ts';
import { returnedFor } from './review-record.ts';

/** What the newsroom shows: drafts where there are any, else what is published. */

/** A draft where there is one, else what is published; undefined when there is neither. */
export function currentText(texts: Texts, place: Place): StoredFile | undefined {
  const draft = texts.drafts.get(place.path);
  if (draft) return toStoredFile(draft);
  const published = readPlace(place);
  return published && asPublished(published);
}

/** The document of the same. */
export const currentDocument = (texts: Texts, place: Place): EntryDocument | undefined =>
  texts.drafts.get(place.path)?.document ?? readPlace(place);

/** The place that a path stands for now: an entry's address may have changed since a form of it was opened. */
export function resolvePlace(texts: Texts, path: string): Place {
  const place = requirePlace(texts.content, path);
  if (!place.type || texts.drafts.has(path) || existsSync(place.file)) return place;
  return movedPlace(place) ?? place;
}

/** Every entry of `content/<type>`, drafts in place of what is published; undefined when there is no such type. */
export function readEntries(texts: Texts, name: string): StoredFile[] | undefined {
  const published = readFolder(texts.content, name);
  return published && withDrafts(texts, name, published.map(asPublished), toStoredFile);
}

/** The documents of the same. */
const readDocuments = (texts: Texts, name: string): EntryDocument[] =>
  withDrafts(texts, name, readFolder(texts.content, name) ?? [], ({ document }) => document);

/** The same without their bodies, for lists. */
export async function listEntries(texts: Texts, name: string): Promise<ListedEntry[] | undefined> {
  const type = types.find((one) => name === `${CONTENT}/${one.name}`);
  if (!type) return undefined;
  return withDrafts(texts, name, await listPublished(texts.content, type), ({ path, document, record }) => ({
    path,
    stage: record.stage,
    returned: returnedFor(record),
    ...frontMatterOf(document),
  }));
}

function withDrafts<Item extends { path: string }>(
  texts: Texts,
  name: string,
  published: readonly Item[],
  itemOf: (draft: Draft) => Item,
): Item[] {
  const drafts = new Map([...texts.drafts].filter(([path]) => path.startsWith(`${name}/`)));
  const items = published.map((item) => {
    const draft = drafts.get(item.path);
    drafts.delete(item.path);
    return draft ? itemOf(draft) : item;
  });
  return [...items, ...[...drafts.values()].map(itemOf)];
}

/** Paths that an entry had before, the latest first, and until when (milliseconds since 1970). */
export async function formerPaths(
  texts: Texts,
  { path, kind, format }: Place,
): Promise<{ path: string; until: number }[]> {
  const notes = [
    ...((await texts.publishedRecord(path))?.notes ?? []),
    ...(texts.drafts.get(path)?.record.notes ?? []),
  ];
  return notes
    .flatMap(({ at, formerly }) =>
      formerly ? [{ path: `${CONTENT}/${kind}/${formerly}.${format}`, until: Date.parse(at) }] : [],
    )
    .toReversed();
}

/**
 * All problems of a text, also those that it has together with the other stops of the schedule.
 *
 * @param slugs the existing slugs, when many texts are checked in a row
 */
export async function problemsOf(
  texts: Texts,
  written: EntryDocument,
  slugs = existingSlugs(texts.content),
): Promise<Problem[]> {
  const document = rewriteMovedLinks(written);
  const { parsed, place } = document;
  const body = place.format === 'mdx' ? await renderChecked(parsed.body) : undefined;
  const schedule = () => readDocuments(texts, `${CONTENT}/${document.place.kind}`);
  return inFormTerms(document, [...validate(document, slugs, body), ...planningProblems(document, schedule)]);
}
