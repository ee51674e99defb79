import type { UrgentStep } from '../../../protocol/review.ts';
import type { Name } from '../../../protocol/roles.ts';
import type { Content } from '../../../../src/store/index.ts';
import { lostDraft, openDamageReport, recordInPlaceOf } from './damaged-record.ts';
import { newRecord, type PublishedRecord, readPublishedRecord, readRecord } from './review-record.ts';
import { placeOfStem, recordPath } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import type { Changes } from '../../stores/content/fast-import.ts';
import { MAIN, type Repository, RefConflict } from '../../stores/content/repository.ts';
import { writeOut } from '../../stores/content/written-out.ts';
import { type Draft, draftOf, DRAFTS, type DraftWrite, refOf, withRecord } from './draft.ts';
import type { RefUpdate } from '../../stores/content/journal.ts';

/** The state of the content: what is published, the drafts, and the transactions that change them. */

/** What else a commit to main does in its transaction. */
interface CommitOptions {
  /** Drafts that are published or deleted by it. */
  drafts?: readonly Draft[] | undefined;
  /** References that keep discarded texts. */
  discards?: readonly RefUpdate[];
  /** Whether the site has to be built again; default true. */
  showsOnSite?: boolean;
}

export interface TextsOptions {
  repository: Repository;
  /** The published content, as it is written out. */
  content: Content;
  now: () => Date;
  /** Called when what is published has changed and is written out. */
  onPublished: (change: { commit: string; by: Name; why: string }) => void;
}

export class Texts {
  readonly repository: Repository;
  readonly content: Content;
  readonly now: () => Date;
  /** By path. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** When published entries are unpublished by the clock, by path. */
  readonly expiry: ReadonlyMap<string, string>;
  /** What is published and still to be reviewed, by path. */
  readonly urgent: ReadonlyMap<string, UrgentStep>;
  /** What could not be read. */
  readonly damage = openDamageReport();
  readonly #options: TextsOptions;
  readonly #drafts = new Map<string, Draft>();
  readonly #expiry = new Map<string, string>();
  readonly #urgent = new Map<string, UrgentStep>();
  #main = '';
  /** Commits that are on main and not written out yet. */
  #notCheckedOut: { by: Name; why: string; showsOnSite: boolean }[] = [];

  private constructor(options: TextsOptions) {
    this.#options = options;
    this.repository = options.repository;
    this.content = options.content;
    this.now = options.now;
    this.drafts = this.#drafts;
    this.expiry = this.#expiry;
    this.urgent = this.#urgent;
  }

  /** Reads the state of a repository that has something published. */
  static async open(options: TextsOptions): Promise<Texts> {
    const texts = new Texts(options);
    await texts.#load();
    return texts;
  }

  async #load(): Promise<void> {
    const { repository, content } = this;
    const main = await repository.resolve(MAIN);
    if (!main) throw new Error('内容库里没有已发布的内容');
    this.#main = main;
    await writeOut(repository, main, content.contentDir);
    for (const [ref, commit] of await repository.listRefs(DRAFTS)) await this.#tryToLoadDraft(ref, commit);
    for (const path of await repository.grepPaths(main, '"expireAt"', 'reviews'))
      await this.#loadExpiry(path);
    for (const path of await repository.grepPaths(main, '"urgent":', 'reviews')) await this.#loadUrgent(path);
  }

  /** One draft that is damaged must not keep the others away. */
  async #tryToLoadDraft(ref: string, commit: string): Promise<void> {
    await this.#loadDraft(ref, commit).catch((error: Error) => this.damage.tell(ref, lostDraft(ref, error)));
  }

  async #loadDraft(ref: string, commit: string): Promise<void> {
    const { repository } = this;
    const place = placeOfStem(this.content, ref.slice(DRAFTS.length));
    if (!place) return;
    const [text, record, [last]] = await Promise.all([
      repository.readText(commit, place.path),
      repository.readText(commit, recordPath(place.path)),
      repository.history(commit, '.', 1),
    ]);
    if (text === undefined) throw new Error(`没有 ${place.path} 的文字`);
    const read = record === undefined ? newRecord(null, []) : readRecord(record);
    if (!read)
      this.damage.tell(
        place.path,
        `「${place.path}」的审核记录坏了：草稿还在，审核要从头来过。请作者打开看一遍，再提交一次；原来定时的要重新定时。`,
      );
    this.#drafts.set(place.path, {
      path: place.path,
      commit,
      document: openDocument(place, text),
      record: read ?? (await recordInPlaceOf({ repository, main: this.#main, commit, place })),
      at: last ? new Date(last.at).toISOString() : '',
      name: last?.name ?? '',
    });
  }

  async #loadExpiry(record: string): Promise<void> {
    const path = placeOfStem(this.content, record.replace(/^reviews\/|\.json$/g, ''))?.path;
    const expireAt = path && (await this.publishedRecord(path))?.expireAt;
    if (path && expireAt) this.#expiry.set(path, expireAt);
  }

  async #loadUrgent(record: string): Promise<void> {
    const path = placeOfStem(this.content, record.replace(/^reviews\/|\.json$/g, ''))?.path;
    if (path) this.setUrgent(path, (await this.publishedRecord(path))?.urgent);
  }

  /** Commit of what is published. */
  get main(): string {
    return this.#main;
  }

  /** Review record of a published entry. */
  async publishedRecord(path: string): Promise<PublishedRecord | undefined> {
    const source = await this.repository.readText(this.#main, recordPath(path));
    if (source === undefined) return undefined;
    const record = readPublishedRecord(source);
    if (!record)
      this.damage.tell(
        path,
        `「${path}」的审核记录坏了：网站上的不受影响，以前的意见看不到了。原来设了下线时间的要重新设。`,
      );
    return record ?? { notes: [] };
  }

  /** Commits drafts of different entries and updates their references, all or none. */
  async writeDrafts(writes: readonly DraftWrite[]): Promise<Draft[]> {
    if (writes.length === 0) return [];
    const at = this.now();
    const formerly = writes.map(({ path }) => this.#drafts.get(path)?.commit);
    const commits = await this.repository.commitAll(
      writes.map(({ path, by, message, document, record }, index) => ({
        by,
        message,
        at: at.getTime(),
        from: formerly[index] ?? this.#main,
        changes: withRecord(path, document.text, record),
      })),
    );
    const drafts = writes.map(({ path, by, document, record }, index) =>
      draftOf({ path, commit: commits[index] as string, document, record, at, by }),
    );
    await this.updateRefs(
      drafts.map(({ path, commit }, index) => ({
        ref: refOf(path),
        from: formerly[index] ?? null,
        to: commit,
      })),
    );
    for (const draft of drafts) this.setDraft(draft);
    return drafts;
  }

  /** Notes a draft whose reference has been updated. */
  setDraft(draft: Draft): void {
    this.#drafts.set(draft.path, draft);
  }

  /** Notes that the reference of a draft has been deleted. */
  removeDraft(path: string): void {
    this.#drafts.delete(path);
  }

  setExpiry(path: string, at: string | undefined): void {
    if (at) this.#expiry.set(path, at);
    else this.#expiry.delete(path);
  }

  setUrgent(path: string, urgent: UrgentStep | undefined): void {
    if (urgent) this.#urgent.set(path, urgent);
    else this.#urgent.delete(path);
  }

  /** Commits to what is published, together with the references that change with it. */
  async commitToMain(
    by: Name,
    message: string,
    changes: Changes,
    { drafts = [], discards = [], showsOnSite = true }: CommitOptions = {},
  ): Promise<void> {
    const commit = await this.repository.commit({
      by,
      message,
      at: this.now().getTime(),
      from: this.#main,
      merge: drafts.map(({ commit: tip }) => tip),
      changes,
    });
    await this.updateRefs([
      { ref: MAIN, from: this.#main, to: commit },
      ...drafts.map(({ path, commit: tip }) => ({ ref: refOf(path), from: tip, to: null })),
      ...discards,
    ]);
    for (const { path } of drafts) this.removeDraft(path);
    await this.onMainMoved(commit, by, message, showsOnSite);
  }

  /** Updates references, all or none. On failure the state is read again from the repository. */
  async updateRefs(updates: readonly RefUpdate[]): Promise<void> {
    await this.repository.updateRefs(updates).catch(async (error: Error) => {
      await this.#reload().catch((also: Error) => console.warn(also));
      throw error instanceof RefConflict ? new RetryRefusal() : error;
    });
  }

  /** Reads references that were pushed, or that a failing disk left half updated. */
  async #reload(): Promise<void> {
    await this.fetchPushed();
    const references = await this.repository.listRefs(DRAFTS);
    for (const path of [...this.#drafts.keys()]) if (!references.has(refOf(path))) this.removeDraft(path);
    const loaded = new Map([...this.#drafts.values()].map(({ path, commit }) => [refOf(path), commit]));
    for (const [ref, commit] of references)
      if (loaded.get(ref) !== commit) await this.#loadDraft(ref, commit);
  }

  /** Takes over a new commit of main, which counts as published even if it cannot be written out at once. */
  async onMainMoved(commit: string, by: Name, why: string, showsOnSite = true): Promise<void> {
    this.#main = commit;
    this.#notCheckedOut.push({ by, why, showsOnSite });
    await this.checkout().catch((error: Error) => console.error('内容写不出来，过一会儿再试：', error));
  }

  /** Writes out commits of main that could not be written out before: changes must not be based on outdated files. */
  async checkout(): Promise<void> {
    if (this.#notCheckedOut.length === 0) return;
    const { content, onPublished } = this.#options;
    await writeOut(this.repository, this.#main, content.contentDir);
    for (const { by, why, showsOnSite } of this.#notCheckedOut.splice(0))
      if (showsOnSite) onPublished({ commit: this.#main, by, why });
  }

  /** Takes over commits that were pushed to main, as `docs/operate.md` describes. */
  async fetchPushed(): Promise<void> {
    const main = await this.repository.resolve(MAIN);
    if (main && main !== this.#main)
      await this.onMainMoved(main, { name: 'Git', login: 'git' }, '从 Git 更新');
  }
}

/** Another change came first; the same request may succeed when it is repeated. */
export class RetryRefusal extends Refused {
  constructor() {
    super(409, '内容刚刚从别处更新过，请再试一次');
  }
}
