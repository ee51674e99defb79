import type { Person, Name } from '../../../protocol/roles.ts';
import type { Action, ReviewState, Stage, Step, UrgentStep } from '../../../protocol/review.ts';
import { placeOf } from '../../../documents/places.ts';
import { titleOf } from '../uses.ts';
import { objectionAfterwards } from './after-review.ts';
import { readPlace } from '../../stores/content/published.ts';
import { draftTitle } from './draft.ts';
import { currentDocument, problemsOf, resolvePlace } from './reading.ts';
import { returnedFor } from './review-record.ts';
import { allowedActions } from './review-rules.ts';
import { stuckSteps, waitsFor } from './staffing.ts';
import type { Texts } from './texts.ts';

/** Where entries stand in the review, for the editor and the desk. */

/** Where an entry stands and what a person may do with it. */
export async function reviewStateOf(
  texts: Texts,
  path: string,
  person: Person,
  steps: readonly Step[],
  people: readonly Person[],
): Promise<ReviewState> {
  const place = resolvePlace(texts, path);
  const draft = texts.drafts.get(place.path);
  const published = readPlace(place);
  const former = await texts.publishedRecord(place.path);
  const document = draft?.document ?? published;
  const isEntry = place.type !== undefined;
  const record = draft?.record;
  const urgent = texts.urgent.get(place.path) ?? record?.urgent;
  return {
    stage: draft?.record.stage ?? 'published',
    isPublished: published !== undefined,
    authors: draft?.record.authors ?? [],
    notes: [...(former?.notes ?? []), ...(draft?.record.notes ?? [])],
    publishAt: draft?.record.publishAt,
    expireAt: draft ? draft.record.expireAt : former?.expireAt,
    actions: isEntry && document ? allowedActions(record, person, steps, urgent) : [],
    steps: [...steps],
    problems: document ? await problemsOf(texts, document) : [],
    returned: record && returnedFor(record),
    comments: record?.comments ?? [],
    waitsFor: record ? waitsFor(record, people) : [],
    stuck: record ? stuckSteps(record, steps, people) : [],
    urgent,
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
  /** Why it was sent back, while it waits for its authors. */
  returned?: string | undefined;
  /** Of its text, for a step that is taken with it. */
  version: string;
}

/** What is public, or was taken off the site, and still to be reviewed. */
export interface AfterReview {
  path: string;
  title: string;
  urgent: UrgentStep;
  /** Whether this person can take the next step. */
  isMine: boolean;
}

/** Everything that was done before its review and still waits for that: what this person can review, then the oldest. */
export function reviewsAfterwards(texts: Texts, person: Person): AfterReview[] {
  const ofDrafts = [...texts.drafts.values()].flatMap(({ path, record: { urgent } }) =>
    urgent ? [[path, urgent] as const] : [],
  );
  return [...texts.urgent, ...ofDrafts]
    .flatMap(([path, urgent]) => {
      const place = placeOf(texts.content, path);
      const document = place && (texts.urgent.has(path) ? readPlace(place) : currentDocument(texts, place));
      if (!document) return [];
      const isMine = objectionAfterwards(urgent, person) === undefined;
      return { path, title: titleOf(document), urgent, isMine };
    })
    .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.urgent.at.localeCompare(b.urgent.at));
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
      returned: returnedFor(draft.record),
      version: draft.document.version,
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
