import type {
  Action,
  Stage,
  Step,
  MovePreview,
  ReviewState,
  ReviewRequest,
} from '../../../protocol/review.ts';
import type { Person, Name } from '../../../protocol/roles.ts';
import type { Place } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { listUploads, readPlace } from '../../stores/content/published.ts';
import { titleOf } from '../uses.ts';
import { deletePublished, discard, restore } from './bin.ts';
import { move, plannedMove } from './moving.ts';
import { Publishing, type PublishingOptions } from './publishing.ts';
import { conflictOf, known } from './refusals.ts';
import { saveData, SaveQueue } from './saving.ts';
import { allSetAside, type SetAside, textSetAside } from './set-aside.ts';
import { type Draft, draftTitle, isPublic, Texts, type TextsOptions } from './texts.ts';
import { type InTurn, takingTurns } from './turns.ts';
import { removeUpload, storeUpload } from './uploading.ts';
import type {
  HistoryItem,
  ListedEntry,
  StoredFile,
  SavedFile,
  SaveRequest,
} from '../../../protocol/entries.ts';
import type { StoredMedia } from '../../../protocol/media.ts';
import { allowedActions, check, ReviewRefusal } from './review-rules.ts';

/**
 * The newsroom: texts on their way from the first draft to the site. Every change is one commit by the person who made
 * it, one after the other; what is acknowledged is on the disk.
 */

type NewsroomOptions = TextsOptions & Omit<PublishingOptions, 'texts'>;

/** An entry that waits for somebody, for the desk. */
export interface Waiting {
  path: string;
  title: string;
  stage: Stage;
  authors: Name[];
  at: string;
  name: string;
  publishAt?: string | undefined;
  actions: readonly Action[];
}

export class Newsroom {
  readonly #texts: Texts;
  readonly #steps: () => readonly Step[];
  readonly #publishing: Publishing;
  readonly #inTurn: InTurn;
  readonly #saves: SaveQueue;

  private constructor(texts: Texts, { steps, revise }: NewsroomOptions) {
    this.#texts = texts;
    this.#steps = steps;
    this.#inTurn = takingTurns(() => texts.catchUp());
    this.#publishing = new Publishing({ texts, steps, revise });
    this.#saves = new SaveQueue(texts, this.#inTurn);
  }

  /** Opens the newsroom on a repository that has something published. */
  static async open(options: NewsroomOptions): Promise<Newsroom> {
    return new Newsroom(await Texts.open(options), options);
  }

  /** Commit of what is published. */
  get commit(): string {
    return this.#texts.main;
  }

  /** Whether a commit holds this file as it is published now, or neither has it. */
  async holdsPublished(commit: string, path: string): Promise<boolean> {
    const { main, repository } = this.#texts;
    if (commit === main) return true;
    const place = this.#texts.placeNow(path);
    const [then, now] = await Promise.all([commit, main].map((one) => repository.readText(one, place.path)));
    return then === now;
  }

  /** A draft where there is one, else what is published; undefined when there is neither. */
  read(path: string): StoredFile | undefined {
    return this.#texts.at(this.#texts.placeNow(path));
  }

  /** Every entry of `content/<type>`, drafts in place of what is published; undefined when there is no such type. */
  folder(name: string): StoredFile[] | undefined {
    return this.#texts.folder(name);
  }

  /** The same as lists show them, without their bodies. */
  list(name: string): Promise<ListedEntry[] | undefined> {
    return this.#texts.list(name);
  }

  /** Saves a text: an entry as a draft, a list or the settings at once. */
  async save(person: Person, request: SaveRequest): Promise<SavedFile> {
    const place = request.version === null ? known(request.path) : this.#texts.placeNow(request.path);
    return place.type
      ? this.#saves.save(place, person, { ...request, path: place.path })
      : this.#inTurn(() => saveData(this.#texts, place, person, request));
  }

  /** Where an entry stands and what a person may do with it. */
  async review(path: string, person: Person): Promise<ReviewState> {
    const texts = this.#texts;
    const place = texts.placeNow(path);
    const draft = texts.drafts.get(place.path);
    const published = readPlace(place);
    const former = await texts.publishedRecord(place.path);
    const text = draft?.text ?? published?.text;
    const isEntry = place.type !== undefined;
    return {
      stage: draft?.record.stage ?? 'published',
      isPublished: published !== undefined,
      authors: draft?.record.authors ?? [],
      notes: [...(former?.notes ?? []), ...(draft?.record.notes ?? [])],
      publishAt: draft?.record.publishAt,
      expireAt: draft ? draft.record.expireAt : former?.expireAt,
      actions: isEntry && text !== undefined ? allowedActions(draft?.record, person, this.#steps()) : [],
      steps: [...this.#steps()],
      problems: text === undefined ? [] : texts.problemsOf(place, text),
    };
  }

  /**
   * Takes a step with an entry. `version` is that of the text which the person has before them.
   *
   * @returns the path of the entry afterwards
   */
  async act(person: Person, path: string, version: string, request: ReviewRequest): Promise<string> {
    return this.#inTurn(async () => {
      const texts = this.#texts;
      const place = texts.placeNow(path);
      if (!place.type) throw new Refused(403, '名录和设置保存以后直接生效，不用审核');
      const draft = texts.drafts.get(place.path);
      const current = texts.at(place);
      if (!current) throw new Refused(404, '没有这条内容，可能已经删除');
      if (current.version !== version)
        throw new Refused(409, '这一条刚刚被改过，请先看过新的内容再操作', [], conflictOf(current));
      this.#refuseStep(draft, request, person);
      if (request.action === 'move') return move(texts, place, draft, person, request);
      await this.#take(place, draft, person, request);
      return place.path;
    });
  }

  async #take(place: Place, draft: Draft | undefined, person: Person, request: ReviewRequest): Promise<void> {
    const publishing = this.#publishing;
    if (request.action === 'unpublish') return publishing.unpublish(place, person, request);
    if (!draft) return publishing.noteOnPublished(place, person, request);
    if (request.action === 'publish') return publishing.publish(place, draft, person, request);
    if (request.action === 'schedule') return publishing.schedule(place, draft, person, request);
    if (request.action === 'discard') return discard(this.#texts, draft, person);
    return publishing.advance(draft, person, request);
  }

  /** Refuses a step that the rules of review do not allow. */
  #refuseStep(draft: Draft | undefined, request: ReviewRequest, person: Person): void {
    try {
      check(draft?.record, request, person, this.#steps(), this.#texts.now());
    } catch (error) {
      if (error instanceof ReviewRefusal) throw new Refused(403, error.message);
      throw error;
    }
  }

  /** What changing an entry's address would do, for whoever is about to; refused as the change itself would be. */
  async planMove(person: Person, path: string, to: string): Promise<MovePreview> {
    return this.#inTurn(async () => {
      const place = this.#texts.placeNow(path);
      const draft = this.#texts.drafts.get(place.path);
      this.#refuseStep(draft, { action: 'move', to }, person);
      const plan = plannedMove(this.#texts, place, draft, person, to);
      return {
        from: plan.from,
        to: plan.to,
        isPublic: isPublic(place, draft),
        others: plan.others.map(({ place: other, text }) =>
          other.list ? `「${other.list.label}」` : titleOf(other, text),
        ),
      };
    });
  }

  /** Deletes an entry: a draft is put aside, what is published is taken off the site. Both stay in the history. */
  async remove(person: Person, path: string): Promise<void> {
    await this.#inTurn(async () => {
      const place = this.#texts.placeNow(path);
      if (!place.type) throw new Refused(403, '名录和设置不能整个删除');
      const draft = this.#texts.drafts.get(place.path);
      if (readPlace(place)) return deletePublished(this.#texts, place, draft, person);
      if (!draft) throw new Refused(404, '没有这个文件');
      if (!allowedActions(draft.record, person, this.#steps()).includes('discard'))
        throw new Refused(403, '只有写这一稿的人或「发布」以上的人能放弃它；正在审核的请先撤回');
      return discard(this.#texts, draft, person);
    });
  }

  /** What was deleted or given up, the latest first: somebody's own, and everything for publishers. */
  async setAside(person: Person): Promise<SetAside[]> {
    return allSetAside(this.#texts.repository, person);
  }

  /** The text of something that was set aside; undefined when this person has no such. */
  async setAsideText(person: Person, id: string): Promise<(SetAside & { text: string }) | undefined> {
    return textSetAside(this.#texts.repository, person, id);
  }

  /** Makes a draft of something that was set aside; see `restore`. */
  async restore(person: Person, id: string): Promise<string> {
    return this.#inTurn(() => restore(this.#texts, person, id));
  }

  /** Every commit of an entry, newest first, those under its former addresses too. */
  async history(path: string): Promise<HistoryItem[]> {
    const { repository, drafts, main } = this.#texts;
    const place = this.#texts.placeNow(path);
    const tip = drafts.get(place.path)?.commit ?? main;
    const items = new Map<string, HistoryItem>();
    const add = (found: readonly HistoryItem[]) => {
      for (const item of found) if (!items.has(item.commit)) items.set(item.commit, item);
    };
    add(await repository.history(tip, place.path));
    for (const { path: former, until } of await this.#texts.formerPaths(place))
      // Whatever is there since then is another entry.
      add((await repository.history(tip, former)).filter(({ at }) => Date.parse(at) <= until));
    return [...items.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  /** The text of an entry in one of its commits. */
  async textAt(path: string, commit: string): Promise<string | undefined> {
    const place = this.#texts.placeNow(path);
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
    for (const at of [place.path, ...(await this.#texts.formerPaths(place)).map((former) => former.path)]) {
      const text = await this.#texts.repository.readText(commit, at);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Stores an upload, made safe and under a free safe name; says where. */
  async upload(person: Person, path: string, bytes: Uint8Array): Promise<StoredMedia> {
    return storeUpload(this.#texts, this.#inTurn, person, path, bytes);
  }

  /** Removes an upload that nothing shows. */
  async removeUpload(person: Person, path: string): Promise<void> {
    await removeUpload(this.#texts, this.#inTurn, person, path);
  }

  /** Every upload, newest first. */
  uploads() {
    return listUploads();
  }

  /** Everything that is not published yet, newest first, with what a person may do about it. */
  waiting(person: Person): Waiting[] {
    return [...this.#texts.drafts.values()]
      .map((draft) => ({
        path: draft.path,
        title: draftTitle(draft),
        stage: draft.record.stage,
        authors: draft.record.authors,
        at: draft.at,
        name: draft.name,
        publishAt: draft.record.publishAt,
        actions: allowedActions(draft.record, person, this.#steps()),
      }))
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** Does what is due by the clock, and takes up what somebody pushed. Problems are returned, one Chinese sentence each. */
  async tick(): Promise<string[]> {
    const texts = this.#texts;
    const failures: string[] = [];
    const now = texts.now().getTime();
    const isDue = (at: string | undefined) => at !== undefined && Date.parse(at) <= now;
    const attempt = (job: () => Promise<void>) =>
      this.#inTurn(job).catch((error: Error) => failures.push(error.message));
    await this.#inTurn(() => texts.takeUpPushed());
    for (const draft of [...texts.drafts.values()].filter(({ record }) => isDue(record.publishAt)))
      await attempt(() => this.#publishing.publishDue(draft));
    for (const [path] of [...texts.expiry].filter(([, at]) => isDue(at)))
      await attempt(() => this.#publishing.expire(path));
    return failures;
  }

  /** Packs the repository; changes go on meanwhile. */
  pack(): Promise<void> {
    return this.#texts.repository.pack();
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.#inTurn(async () => {}).catch(() => {});
  }
}
