import type { Corpus } from '../../../../src/checks/corpus.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import type { Conflict } from '../../../protocol/entries.ts';
import { MOST_COMMENTS } from '../../../protocol/comments.ts';
import { ACTIONS, type Step, type ReviewRequest, type UrgentStep } from '../../../protocol/review.ts';
import { reviewedAfterwards, urgentOf } from './after-review.ts';
import { advance } from './review-rules.ts';
import type { Name, Person } from '../../../protocol/roles.ts';
import {
  authorsOf,
  newRecord,
  noteOf,
  type PublishedRecord,
  recordText,
  type ReviewRecord,
} from './review-record.ts';
import { inFormTerms } from '../validation.ts';
import { type Place, placeOf, recordPath } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { type EntryDocument, openDocument } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import { MAIN } from '../../stores/content/repository.ts';
import { titleOf, usesOf } from '../uses.ts';
import { type Draft, draftOf, draftTitle, refOf, withRecord } from './draft.ts';
import { type Texts, RetryRefusal } from './texts.ts';
import { rewriteMovedLinks } from './move-plan.ts';
import { refuseErrors, refuseUnseenWarnings } from './refusals.ts';
import { problemsOf } from './reading.ts';

/** From draft to site and back: steps of review, publishing at once and by the clock, unpublishing. */

const SYSTEM: Name = { name: '定时任务', login: 'clock' };

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

  /** Takes the next step of the review of what is public, or was taken off the site, already. */
  async reviewAfterwards(
    place: Place,
    draft: Draft | undefined,
    person: Person,
    request: ReviewRequest,
  ): Promise<void> {
    const texts = this.#texts;
    const published = texts.urgent.get(place.path);
    const urgent = published ?? draft?.record.urgent;
    if (!urgent) throw new Refused(404, '这一条没有要补的审核');
    const note = noteOf(request, person, published ? 'published' : 'draft', texts.now());
    const next = reviewedAfterwards(urgent, person);
    const message = `${ACTIONS.reviewed}：${place.slug}`;
    if (published) {
      const former = await texts.publishedRecord(place.path);
      const record = { ...former, notes: [...(former?.notes ?? []), note], urgent: next };
      const changes = new Map([[recordPath(place.path), recordText(record)]]);
      await texts.commitToMain(person, message, changes, { showsOnSite: false });
      texts.setUrgent(place.path, next);
    } else if (draft) {
      const record = { ...draft.record, notes: [...draft.record.notes, note], urgent: next };
      await texts.writeDrafts([{ path: draft.path, by: person, message, document: draft.document, record }]);
    }
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

  /** Unpublishes an entry whose time is over. */
  async expire(path: string): Promise<void> {
    const place = placeOf(this.#texts.content, path);
    if (place && readPlace(place))
      await this.#unpublishNow(place, SYSTEM, { action: 'unpublish', comment: '到了下线时间' }).catch(
        (error) => {
          console.error(error);
          throw new Error(`「${place.slug}」到时下线暂时没有做成，过一会儿自动再试`);
        },
      );
    this.#texts.setExpiry(path, undefined);
  }

  /** Unpublishes an entry; its text becomes a draft. Refused while something published refers to it. */
  async unpublish(place: Place, person: Name, request: ReviewRequest): Promise<void> {
    refuseUses(place);
    const { comment: reason = '' } = request;
    const step = { person, action: 'unpublish' as const, reason, authors: [], now: this.#texts.now() };
    // One other person says that it was right.
    await this.#unpublishNow(place, person, request, urgentOf({ ...step, pending: this.#steps().slice(-1) }));
  }

  async #unpublishNow(
    place: Place,
    person: Name,
    request: ReviewRequest,
    urgent?: UrgentStep,
  ): Promise<void> {
    const texts = this.#texts;
    const published = readPlace(place);
    if (!published) throw new Refused(404, '没有这条内容，可能已经删除');
    const former = texts.drafts.get(place.path);
    const noted = await texts.publishedRecord(place.path);
    const record = former?.record ?? newRecord(null, authorsOf(noted), noted?.notes);
    const now = texts.now();
    const note = noteOf(request, person, 'published', now);
    const document = former?.document ?? published;
    const next = { ...record, base: null, notes: [...record.notes, note], urgent };
    const message = `下线：${titleOf(published)}`;
    const [kept = '', main = ''] = await texts.repository.commitAll(
      [
        {
          from: former?.commit ?? texts.main,
          changes: withRecord(place.path, document.text, next),
        },
        {
          from: texts.main,
          changes: new Map([
            [place.path, null],
            [recordPath(place.path), null],
          ]),
        },
      ].map((commit) => ({ by: person, message, at: now.getTime(), ...commit })),
    );
    await texts.updateRefs([
      { ref: MAIN, from: texts.main, to: main },
      { ref: refOf(place.path), from: former?.commit ?? null, to: kept },
    ]);
    texts.setUrgent(place.path, undefined);
    texts.setDraft(draftOf({ path: place.path, commit: kept, document, record: next, at: now, by: person }));
    await texts.onMainMoved(main, person, message);
  }

  /** Records a comment on a published entry, or the time when it is unpublished. */
  async noteOnPublished(place: Place, person: Person, request: ReviewRequest): Promise<void> {
    const texts = this.#texts;
    const former = await texts.publishedRecord(place.path);
    const notes = [...(former?.notes ?? []), noteOf(request, person, 'published', texts.now())];
    const expireAt = request.action === 'expire' ? request.at || undefined : former?.expireAt;
    const message = `${ACTIONS[request.action]}：${place.slug}`;
    const changes = new Map([[recordPath(place.path), recordText({ ...former, notes, expireAt })]]);
    await texts.commitToMain(person, message, changes, { showsOnSite: false });
    texts.setExpiry(place.path, expireAt);
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

/** Refuses to remove an entry that something published refers to. */
export function refuseUses(place: Place): void {
  const uses = usesOf(place.content, place.kind, place.slug, '请先在那里去掉');
  if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着它，不能删除或下线`, uses);
}
