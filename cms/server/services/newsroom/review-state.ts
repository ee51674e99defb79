import type { Person, Name } from '../../../protocol/roles.ts';
import type { Action, ReviewState, Stage, Step } from '../../../protocol/review.ts';
import { readPlace } from '../../stores/content/published.ts';
import { draftTitle } from './draft.ts';
import { problemsOf, resolvePlace } from './reading.ts';
import { allowedActions } from './review-rules.ts';
import type { Texts } from './texts.ts';

/** Where entries stand in the review, for the editor and the desk. */

/** Where an entry stands and what a person may do with it. */
export async function reviewStateOf(
  texts: Texts,
  path: string,
  person: Person,
  steps: readonly Step[],
): Promise<ReviewState> {
  const place = resolvePlace(texts, path);
  const draft = texts.drafts.get(place.path);
  const published = readPlace(place);
  const former = await texts.publishedRecord(place.path);
  const document = draft?.document ?? published;
  const isEntry = place.type !== undefined;
  return {
    stage: draft?.record.stage ?? 'published',
    isPublished: published !== undefined,
    authors: draft?.record.authors ?? [],
    notes: [...(former?.notes ?? []), ...(draft?.record.notes ?? [])],
    publishAt: draft?.record.publishAt,
    expireAt: draft ? draft.record.expireAt : former?.expireAt,
    actions: isEntry && document ? allowedActions(draft?.record, person, steps) : [],
    steps: [...steps],
    problems: document ? await problemsOf(texts, document) : [],
  };
}

/** An entry that is not published yet, as the desk lists it. */
export interface Waiting {
  path: string;
  title: string;
  stage: Stage;
  authors: Name[];
  at: string;
  name: string;
  publishAt?: string | undefined;
  actions: readonly Action[];
  /** Of its text, for a step that is taken with it. */
  version: string;
}

/** Everything that is not published yet, newest first, with what a person may do about it. */
export function waitingDrafts(texts: Texts, person: Person, steps: readonly Step[]): Waiting[] {
  return [...texts.drafts.values()]
    .map((draft) => ({
      path: draft.path,
      title: draftTitle(draft),
      stage: draft.record.stage,
      authors: draft.record.authors,
      at: draft.at,
      name: draft.name,
      publishAt: draft.record.publishAt,
      actions: allowedActions(draft.record, person, steps),
      version: draft.document.version,
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
