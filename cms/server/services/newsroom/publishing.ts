import type { Corpus } from '../../../../src/checks/corpus.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import type { Conflict } from '../../../protocol/entries.ts';
import { MOST_COMMENTS } from '../../../protocol/comments.ts';
import { ACTIONS, type Step, type ReviewRequest, type UrgentStep } from '../../../protocol/review.ts';
import { urgentOf } from './after-review.ts';
import { advance } from './review-rules.ts';
import type { Name, Person } from '../../../protocol/roles.ts';
import { noteOf, type PublishedRecord, type ReviewRecord } from './review-record.ts';
import { inFormTerms } from '../validation.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { type EntryDocument, openDocument } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import { titleOf } from '../uses.ts';
import { type Draft, draftTitle, withRecord } from './draft.ts';
import { type Texts, RetryRefusal } from './texts.ts';
import { rewriteMovedLinks } from './move-plan.ts';
import { refuseErrors, refuseUnseenWarnings } from './refusals.ts';
import { problemsOf } from './reading.ts';

/** From draft to site: steps of review, publishing at once and by the clock. */

export const SYSTEM: Name = { name: '定时任务', login: 'clock' };

/** Changes a text when it is published, e.g. its history of changes; `previous` is what was published before. */
export type Revise = (
  previous: EntryDocument | undefined,
  next: EntryDocument,
  now: Date,
) => { document: EntryDocument; problems: Problem[] };

export interface PublishingOptions {
  texts: Texts;
  /** Steps of review of this office. */
  steps: () => readonly Step[];
  revise?: Revise | undefined;
}

/** A draft that may be published, as it will be. */
export interface Ready {
  draft: Draft;
  document: EntryDocument;
  record: PublishedRecord;
}

export class Publishing {
  readonly #texts: Texts;
  readonly #steps: () => readonly Step[];
  readonly #revise: Revise;

  constructor({
    texts,
    steps,
    revise = (_previous, document) => ({ document, problems: [] }),
  }: PublishingOptions) {
    this.#texts = texts;
    this.#steps = steps;
    this.#revise = revise;
  }

  /** Hands a draft to its first reviewer, who need not read what cannot be published. */
  async submit(draft: Draft, person: Person, request: ReviewRequest): Promise<void> {
    refuseErrors(await problemsOf(this.#texts, draft.document));
    await this.advance(draft, person, request);
  }

  /** A step of review that leaves the text a draft. */
  async advance(draft: Draft, person: Person, request: ReviewRequest): Promise<void> {
    const record = advance(draft.record, request, person, this.#steps(), this.#texts.now());
    const { path, document } = draft;
    const message = `${ACTIONS[request.action]}：${draftTitle(draft)}`;
    await this.#texts.writeDrafts([{ path, by: person, message, document, record }]);
  }

  /** Lets the clock publish a draft. */
  async schedule(draft: Draft, person: Person, request: ReviewRequest): Promise<void> {
    const problems = await problemsOf(this.#texts, draft.document);
    refuseErrors(problems);
    const accepted = refuseUnseenWarnings(problems, request.accepted);
    await this.advance(draft, person, { ...request, accepted });
  }

  /**
   * Publishes a draft.
   *
   * @param isDue it was scheduled: its warnings were accepted then
   * @throws {Refused} 409 when what is published has changed since the draft began, 422 when something has to be corrected
   */
  async publish(
    place: Place,
    draft: Draft,
    person: Name,
    request: ReviewRequest,
    isDue = false,
  ): Promise<void> {
    await this.publishTogether([await this.prepare(place, draft, person, request, { isDue })], person);
  }

  /**
   * What a draft becomes when it is published; nothing is changed yet. Refused as `publish` is.
   *
   * @param options.slugs what exists, where drafts that are published together refer to one another
   */
  async prepare(
    place: Place,
    draft: Draft,
    person: Name,
    request: ReviewRequest,
    { isDue = false, slugs }: { isDue?: boolean; slugs?: Corpus['slugs'] | undefined } = {},
  ): Promise<Ready> {
    const texts = this.#texts;
    const published = readPlace(place);
    if (
      (published?.version ?? null) !== draft.record.base &&
      !(await this.#differsOnlyByMovedLinks(place, draft.record.base, published))
    )
      throw new Refused(
        409,
        '这一稿写好以前，已发布的内容被别人改过，所以没有发布。请对照两边的内容，改好再保存一次',
        [],
        published && (await this.#publishedConflict(published)),
      );
    const revised = this.#revise(published, rewriteMovedLinks(draft.document), texts.now());
    const problems = [
      ...(await problemsOf(texts, revised.document, slugs)),
      ...inFormTerms(revised.document, revised.problems),
    ];
    refuseErrors(problems);
    const accepted = isDue ? [] : refuseUnseenWarnings(problems, request.accepted);
    const former = await texts.publishedRecord(draft.path);
    const note = noteOf({ ...request, accepted }, person, draft.record.stage, texts.now());
    const record: PublishedRecord = {
      notes: [...(former?.notes ?? []), ...draft.record.notes, note],
      authors: draft.record.authors,
      expireAt: draft.record.expireAt ?? former?.expireAt,
      comments: keptComments(former, draft.record),
      urgent: request.action === 'urgent' ? this.#urgentChange(draft, person, request) : undefined,
    };
    return { draft, document: revised.document, record };
  }

  /** Publishes drafts in one commit, so that they go live at once: all or none. */
  async publishTogether(ready: readonly Ready[], person: Name): Promise<void> {
    const [first] = ready;
    if (!first) return;
    const texts = this.#texts;
    const titles = ready.map(({ document }) => titleOf(document));
    const several = `发布 ${ready.length} 条：${titles.slice(0, 3).join('、')}${ready.length > 3 ? '等' : ''}`;
    const message = ready.length === 1 ? `发布：${titles[0]}` : several;
    const changes = new Map(
      ready.flatMap(({ draft, document, record }) => [...withRecord(draft.path, document.text, record)]),
    );
    await texts.commitToMain(person, message, changes, { drafts: ready.map(({ draft }) => draft) });
    for (const { draft, record } of ready) {
      texts.setExpiry(draft.path, record.expireAt);
      texts.setUrgent(draft.path, record.urgent);
    }
  }

  /** What remains to be reviewed of a draft that goes to the site at once. */
  #urgentChange({ record }: Draft, person: Name, { comment = '' }: ReviewRequest): UrgentStep | undefined {
    const taken = new Set(record.approvals.map(({ step }) => step));
    const pending = this.#steps().filter((step) => !taken.has(step));
    const { authors } = record;
    return urgentOf({ person, action: 'urgent', reason: comment, authors, pending, now: this.#texts.now() });
  }

  /** Whether what is published differs from the text that a draft began with only by links to entries that have moved. */
  async #differsOnlyByMovedLinks(
    place: Place,
    base: string | null,
    published: EntryDocument | undefined,
  ): Promise<boolean> {
    const { repository, main } = this.#texts;
    for (const { commit } of await repository.history(main, place.path)) {
      const text = await repository.readText(commit, place.path);
      const document = text === undefined ? undefined : openDocument(place, text);
      if (document?.version === base) return rewriteMovedLinks(document).text === published?.text;
    }
    return false;
  }

  async #publishedConflict({ path, text, version }: EntryDocument): Promise<Conflict> {
    const { repository, main } = this.#texts;
    const [last] = await repository.history(main, path, 1);
    return { text, version, name: last?.name, at: last?.at };
  }

  /** Publishes a draft whose time has come; one with errors goes back to its author with the reason. */
  async publishDue(draft: Draft): Promise<void> {
    const texts = this.#texts;
    const place = placeOf(texts.content, draft.path);
    // The draft may have been withdrawn meanwhile.
    if (!place || texts.drafts.get(draft.path) !== draft) return;
    const scheduler = draft.record.notes.findLast(({ action }) => action === 'schedule') ?? SYSTEM;
    try {
      await this.publish(place, draft, scheduler, { action: 'publish', comment: '按定时发布' }, true);
    } catch (error) {
      if (!(error instanceof Refused) || error instanceof RetryRefusal) {
        console.error(error);
        throw new Error(`${draftTitle(draft)}定时发布暂时没有做成，过一会儿自动再试`);
      }
      const comment = `定时发布没有成功：${error.message}`;
      const note = noteOf({ action: 'return', comment }, SYSTEM, 'scheduled', texts.now());
      const record = { ...draft.record, stage: 'draft' as const, approvals: [], publishAt: undefined };
      const { path, document } = draft;
      const next = { ...record, notes: [...record.notes, note] };
      await texts.writeDrafts([{ path, by: SYSTEM, message: comment, document, record: next }]);
      throw new Error(`${draftTitle(draft)}${comment}`);
    }
  }
}

/** The comments of what is published, the latest of them: publishing has answered them. */
function keptComments(
  former: PublishedRecord | undefined,
  { comments = [] }: ReviewRecord,
): PublishedRecord['comments'] {
  const own = new Set(comments.map(({ id }) => id));
  const all = [...(former?.comments ?? []).filter(({ id }) => !own.has(id)), ...comments];
  return all.length > 0 ? all.slice(-MOST_COMMENTS) : undefined;
}
