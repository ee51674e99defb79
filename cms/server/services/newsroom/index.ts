import type { CommentRequest } from '../../../protocol/comments.ts';
import type { Recorded, Step, MovePreview, ReviewState, ReviewRequest } from '../../../protocol/review.ts';
import type { Name, Person } from '../../../protocol/roles.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import type { NameOf } from '../../../documents/compare/index.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { type EntryDocument, openDocument } from '../../stores/content/entry-document.ts';
import { listUploads, readPlace } from '../../stores/content/published.ts';
import { titleOf } from '../uses.ts';
import { replaceContent, type Replacement } from './beginning.ts';
import { deletePublished, discard, restore } from './deleting.ts';
import { move, previewMove } from './moving.ts';
import { Publishing, type PublishingOptions } from './publishing.ts';
import { mergeIntoFile, requirePlace } from './refusals.ts';
import { actAll, type BatchItem, type BatchOptions, type StepOutcome } from './batch.ts';
import { openForStep, refuseStep } from './opened.ts';
import { saveData, SaveQueue } from './saving.ts';
import { listDiscarded, type DiscardedText, readDiscarded } from './discarded.ts';
import { Texts, type TextsOptions } from './texts.ts';
import { expire, noteOnPublished, reviewAfterwards, unpublish } from './unpublishing.ts';
import { createMutex, type Queue } from '../../process/queue.ts';
import { removeUpload, storeUpload, storeUploadedBytes } from './uploading.ts';
import type {
  HistoryItem,
  ListedEntry,
  StoredFile,
  SavedFile,
  SaveRequest,
} from '../../../protocol/entries.ts';
import type { StoredMedia } from '../../../protocol/media.ts';
import { allowedActions } from './review-rules.ts';
import type { Draft } from './draft.ts';
import { historyOf, textAt } from './history.ts';
import { addOpinion, comment, type Opinion } from './commenting.ts';
import { namesIn, readForReview, type ReadEntry } from './compared.ts';
import type { ReviewEvent } from './events.ts';
import { waitsFor } from './staffing.ts';
import {
  type AfterReview,
  reviewsAfterwards,
  reviewStateOf,
  type Waiting,
  waitingDrafts,
} from './review-state.ts';

export type { AfterReview, BatchItem, BatchOptions, Opinion, ReadEntry, ReviewEvent, StepOutcome, Waiting };
import {
  resolvePlace,
  currentDocument,
  currentText,
  readEntries,
  listEntries,
  problemsOf,
} from './reading.ts';

/**
 * The newsroom: texts on their way from the first draft to the site. Each change is one commit by the person who made it;
 * changes are made one after the other, and a change that is acknowledged is on the disk.
 */

type NewsroomOptions = TextsOptions &
  Omit<PublishingOptions, 'texts'> & {
    /** The people with an open account, asked each time: who can take which step. */
    people?: (() => readonly Person[]) | undefined;
    /** Told of each step after it was taken. */
    onReviewed?: ((event: ReviewEvent) => void) | undefined;
  };

/** Who does what is due. */
const CLOCK: Name = { name: '定时任务', login: 'clock' };

export class Newsroom {
  readonly #texts: Texts;
  readonly #steps: () => readonly Step[];
  readonly #publishing: Publishing;
  /** Runs a change alone, on files that are up to date. */
  readonly #exclusively: Queue['run'];
  readonly #saves: SaveQueue;
  readonly #people: () => readonly Person[];
  readonly #tell: (event: ReviewEvent) => void;

  private constructor(texts: Texts, { steps, revise, people, onReviewed }: NewsroomOptions) {
    this.#texts = texts;
    this.#steps = steps;
    this.#people = people ?? (() => []);
    this.#tell = onReviewed ?? (() => {});
    const mutex = createMutex();
    this.#exclusively = (job) =>
      mutex.run(async () => {
        await texts.checkout();
        return job();
      });
    this.#publishing = new Publishing({ texts, steps, revise });
    this.#saves = new SaveQueue(texts, this.#exclusively);
  }

  /** Opens the newsroom on a repository that has something published. */
  static async open(options: NewsroomOptions): Promise<Newsroom> {
    return new Newsroom(await Texts.open(options), options);
  }

  /** Drafts and review records that could not be read, one Chinese sentence each. */
  get damaged(): string[] {
    return this.#texts.damage.list();
  }

  /** Commit of what is published. */
  get commit(): string {
    return this.#texts.main;
  }

  /** Whether a commit holds this file as it is published now, or neither has it. */
  async holdsPublished(commit: string, path: string): Promise<boolean> {
    const { main, repository } = this.#texts;
    if (commit === main) return true;
    const place = resolvePlace(this.#texts, path);
    const [then, now] = await Promise.all([commit, main].map((one) => repository.readText(one, place.path)));
    return then === now;
  }

  /** A draft where there is one, else what is published; undefined when there is neither. */
  read(path: string): StoredFile | undefined {
    return currentText(this.#texts, resolvePlace(this.#texts, path));
  }

  /** Title of the same in 「」, or the slug. */
  titleOf(path: string): string {
    const place = resolvePlace(this.#texts, path);
    const document = currentDocument(this.#texts, place);
    return document ? titleOf(document) : `「${place.slug}」`;
  }

  /** Every entry of `content/<type>`, drafts in place of what is published; undefined when there is no such type. */
  folder(name: string): StoredFile[] | undefined {
    return readEntries(this.#texts, name);
  }

  /** The same as lists show them, without their bodies. */
  list(name: string): Promise<ListedEntry[] | undefined> {
    return listEntries(this.#texts, name);
  }

  /** Saves a text: an entry as a draft, a list or the settings at once. */
  async save(person: Person, request: SaveRequest): Promise<SavedFile> {
    const place =
      request.version === null
        ? requirePlace(this.#texts.content, request.path)
        : resolvePlace(this.#texts, request.path);
    return place.type
      ? this.#saves.save(place, person, { ...request, path: place.path })
      : this.#exclusively(() => saveData(this.#texts, place, person, request));
  }

  /** What saving a text would report; nothing is saved. */
  async problemsIn({ path, text }: Pick<SaveRequest, 'path' | 'text'>): Promise<Problem[]> {
    const place = resolvePlace(this.#texts, path);
    return problemsOf(this.#texts, mergeIntoFile(place, text, currentDocument(this.#texts, place)));
  }

  /** Where an entry stands and what a person may do with it. */
  review(path: string, person: Person): Promise<ReviewState> {
    return reviewStateOf(this.#texts, path, person, this.#steps(), this.#people());
  }

  /** Everything that is not published yet, newest first, with what a person may do about it. */
  waiting(person: Person): Waiting[] {
    return waitingDrafts(this.#texts, person, this.#steps());
  }

  /** What was done before its review and still waits for that: what this person can review, then the oldest. */
  reviewsAfterwards(person: Person): AfterReview[] {
    return reviewsAfterwards(this.#texts, person);
  }

  /** An entry as it is now, compared with what its readers had before; undefined when there is none. */
  async readForReview(path: string): Promise<ReadEntry | undefined> {
    return readForReview(this.#texts, resolvePlace(this.#texts, path));
  }

  /** Titles of what the fields of entries refer to. */
  names(): Promise<NameOf> {
    return namesIn(this.#texts);
  }

  /** The draft of an entry as one commit holds it; undefined when there is none. */
  draftCommit(path: string): { path: string; commit: string; version: string } | undefined {
    const draft = this.#texts.drafts.get(resolvePlace(this.#texts, path).path);
    return draft && { path: draft.path, commit: draft.commit, version: draft.document.version };
  }

  /** An entry as a commit holds it; undefined when it does not. */
  async documentAt(path: string, commit: string): Promise<EntryDocument | undefined> {
    const text = await textAt(this.#texts, path, commit);
    return text === undefined ? undefined : openDocument(resolvePlace(this.#texts, path), text);
  }

  /** Makes, answers or settles a comment on a draft. */
  async comment(person: Person, path: string, request: CommentRequest): Promise<void> {
    await this.#exclusively(async () => {
      const draft = await comment(this.#texts, resolvePlace(this.#texts, path), person, request);
      if (request.do === 'add' || request.do === 'reply') this.#announce(draft.path, 'comment', person);
    });
  }

  /** Records what somebody without an account says of a draft; it counts as no step of review. */
  async addOpinion(path: string, opinion: Opinion): Promise<void> {
    await this.#exclusively(async () => {
      const draft = await addOpinion(this.#texts, resolvePlace(this.#texts, path), opinion);
      this.#announce(draft.path, 'opinion', { name: '外部', login: '' });
    });
  }

  /** Tells of a step that was taken. */
  #announce(
    path: string,
    action: Recorded,
    by: Name,
    { authors = [], formerly }: { authors?: readonly Name[]; formerly?: string } = {},
  ): void {
    const { content, drafts } = this.#texts;
    const record = drafts.get(path)?.record;
    this.#tell({
      ...{ path, action, by, formerly },
      kind: placeOf(content, path)?.type?.singular ?? '内容',
      stage: record?.stage ?? 'published',
      authors: record?.authors ?? authors,
      waitsFor: record ? waitsFor(record, this.#people()) : [],
    });
  }

  /**
   * Takes a step with an entry. `version` is that of the text which the person has before them.
   *
   * @returns the path of the entry afterwards
   */
  async act(person: Person, path: string, version: string, request: ReviewRequest): Promise<string> {
    return this.#exclusively(async () => {
      const texts = this.#texts;
      const { place, draft } = openForStep(texts, this.#steps(), person, { path, version }, request);
      if (request.action === 'move') {
        const moved = await move(texts, place, draft, person, request);
        this.#announce(moved, 'move', person, { formerly: place.path });
        return moved;
      }
      await this.#take(place, draft, person, request);
      this.#announce(place.path, request.action, person, draft?.record);
      return place.path;
    });
  }

  async #take(place: Place, draft: Draft | undefined, person: Person, request: ReviewRequest): Promise<void> {
    const texts = this.#texts;
    const publishing = this.#publishing;
    if (request.action === 'reviewed') return reviewAfterwards(texts, place, draft, person, request);
    if (request.action === 'unpublish') return unpublish(texts, this.#steps(), place, person, request);
    if (!draft) return noteOnPublished(texts, place, person, request);
    if (request.action === 'submit') return publishing.submit(draft, person, request);
    if (request.action === 'publish' || request.action === 'urgent')
      return publishing.publish(place, draft, person, request);
    if (request.action === 'schedule') return publishing.schedule(draft, person, request);
    if (request.action === 'discard') return discard(texts, draft, person);
    return publishing.advance(draft, person, request);
  }

  /** Takes the same step with many entries, each by its own rules; what is published goes live at once. See `batch.ts`. */
  async actAll(person: Person, items: readonly BatchItem[], options: BatchOptions): Promise<StepOutcome[]> {
    const announce = ({ path, record }: Draft) => this.#announce(path, options.action, person, record);
    const shared = { texts: this.#texts, publishing: this.#publishing, steps: this.#steps };
    return actAll({ ...shared, exclusively: this.#exclusively, announce }, person, items, options);
  }

  /** What a change of an entry's address would do; refused when the change itself would be. */
  async planMove(person: Person, path: string, to: string): Promise<MovePreview> {
    return this.#exclusively(async () => {
      const place = resolvePlace(this.#texts, path);
      const draft = this.#texts.drafts.get(place.path);
      refuseStep(draft, { action: 'move', to }, person, this.#steps(), this.#texts.now());
      return previewMove(this.#texts, place, draft, person, to);
    });
  }

  /** Deletes an entry: a draft is discarded, what is published is taken off the site. Both can be restored. */
  async remove(person: Person, path: string): Promise<void> {
    await this.#exclusively(async () => {
      const place = resolvePlace(this.#texts, path);
      if (!place.type) throw new Refused(403, '名录和设置不能整个删除');
      const draft = this.#texts.drafts.get(place.path);
      if (readPlace(place)) return deletePublished(this.#texts, place, draft, person);
      if (!draft) throw new Refused(404, '没有这个文件');
      if (!allowedActions(draft.record, person, this.#steps()).includes('discard'))
        throw new Refused(403, '只有写这一稿的人或「发布」以上的人能放弃它；正在审核的请先撤回');
      return discard(this.#texts, draft, person);
    });
  }

  /** Discarded texts, the latest first: a person's own, or all of them for publishers. */
  async listDiscarded(person: Person): Promise<DiscardedText[]> {
    return listDiscarded(this.#texts, person);
  }

  /** A discarded text; undefined when there is none that this person may see. */
  async readDiscarded(
    person: Person,
    id: string,
  ): Promise<(DiscardedText & { document: EntryDocument }) | undefined> {
    return readDiscarded(this.#texts, person, id);
  }

  /** Makes a draft of a discarded text; see `restore`. */
  async restore(person: Person, id: string): Promise<string> {
    return this.#exclusively(() => restore(this.#texts, person, id));
  }

  /** Replaces everything that is published; see `replaceContent`. */
  async replaceContent(person: Person, message: string, replacement: Replacement): Promise<void> {
    await this.#exclusively(() => replaceContent(this.#texts, person, message, replacement));
  }

  /** Every commit of an entry, newest first, including those under its former addresses. */
  history(path: string): Promise<HistoryItem[]> {
    return historyOf(this.#texts, path);
  }

  /** The text of an entry in one of its commits. */
  textAt(path: string, commit: string): Promise<string | undefined> {
    return textAt(this.#texts, path, commit);
  }

  /** Stores an upload, see `storeUpload`. */
  async upload(person: Person, path: string, file: string): Promise<StoredMedia> {
    return storeUpload(this.#texts, this.#exclusively, person, path, file);
  }

  /** The same for a file in memory, from a form. */
  async uploadBytes(person: Person, path: string, bytes: Uint8Array): Promise<StoredMedia> {
    return storeUploadedBytes(this.#texts, this.#exclusively, person, path, bytes);
  }

  /** Removes an upload that no entry uses. */
  async removeUpload(person: Person, path: string): Promise<void> {
    await removeUpload(this.#texts, this.#exclusively, person, path);
  }

  /** Every upload, newest first. */
  uploads() {
    return listUploads(this.#texts.content);
  }

  /**
   * Takes over pushed commits and does what is due by the clock.
   *
   * @param options.isClockTrusted otherwise nothing is due
   * @returns problems, one Chinese sentence each
   */
  async tick({ isClockTrusted = true } = {}): Promise<string[]> {
    const texts = this.#texts;
    const failures: string[] = [];
    const now = texts.now().getTime();
    const isDue = (at: string | undefined) => isClockTrusted && at !== undefined && Date.parse(at) <= now;
    const attempt = (job: () => Promise<void>) =>
      this.#exclusively(job).catch((error: Error) => failures.push(error.message));
    await this.#exclusively(() => texts.fetchPushed());
    for (const draft of [...texts.drafts.values()].filter(({ record }) => isDue(record.publishAt)))
      await attempt(async () => {
        await this.#publishing.publishDue(draft).finally(() => {
          const stage = texts.drafts.get(draft.path)?.record.stage;
          const action = stage === undefined ? 'publish' : stage === 'draft' ? 'return' : undefined;
          if (action) this.#announce(draft.path, action, CLOCK, draft.record);
        });
      });
    for (const [path] of [...texts.expiry].filter(([, at]) => isDue(at)))
      await attempt(() => expire(texts, path));
    return failures;
  }

  /** Packs the repository; changes go on meanwhile. */
  pack(signal?: AbortSignal): Promise<void> {
    return this.#texts.repository.pack(signal);
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.#exclusively(async () => {}).catch(() => {});
  }
}
