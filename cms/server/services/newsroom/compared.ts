import { compareEntries, type Comparison, type NameOf } from '../../../documents/compare/index.ts';
import type { Place } from '../../../documents/places.ts';
import type { Stage } from '../../../protocol/review.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import { allNames } from '../uses.ts';
import type { Texts } from './texts.ts';

/** An entry as it is now beside what its readers had before. */

export interface ReadEntry {
  document: EntryDocument;
  stage: Stage;
  /** What it is compared with: what is on the site; of what is on the site, the version before; nothing. */
  against: 'live' | 'previous' | 'nothing';
  comparison: Comparison;
}

/** Titles of what fields refer to. */
export async function namesIn({ content }: Texts): Promise<NameOf> {
  const names = await allNames(content);
  return (to, slug) => names[to]?.[slug];
}

/** An entry for reading; undefined when there is none. */
export async function readForReview(texts: Texts, place: Place): Promise<ReadEntry | undefined> {
  const draft = texts.drafts.get(place.path);
  const published = readPlace(place);
  const document = draft?.document ?? published;
  if (!document) return undefined;
  const before = draft ? published?.text : await previouslyPublished(texts, document);
  const against = before === undefined ? 'nothing' : draft ? 'live' : 'previous';
  const { format, schema } = place;
  const nameOf = await namesIn(texts);
  const comparison = compareEntries({ format, schema, before, after: document.text, nameOf });
  return { document, stage: draft?.record.stage ?? 'published', against, comparison };
}

/** Versions of the past that are looked at: most of them differ, some are only notes in the record. */
const MOST_LOOKED_AT = 30;

/** The text that the site had before the present one. */
async function previouslyPublished(
  { repository, main }: Texts,
  { path, text }: EntryDocument,
): Promise<string | undefined> {
  for (const { commit } of await repository.publishedHistory(main, path, MOST_LOOKED_AT)) {
    const former = await repository.readText(commit, path);
    if (former !== undefined && former !== text) return former;
  }
  return undefined;
}
