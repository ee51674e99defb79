import { existsSync } from 'node:fs';
import { headOf, publishedHeads } from '../../stores/content/heads.ts';
import { inspect, asSeenInForm, existingSlugs } from '../gate.ts';
import { planningProblems } from '../planning.ts';
import { types } from '../../../../src/types/index.ts';
import type { ListedEntry, StoredFile } from '../../../protocol/entries.ts';
import type { Name } from '../../../protocol/roles.ts';
import {
  newRecord,
  type PublishedRecord,
  recordText,
  type ReviewRecord,
  wasPublic,
} from './review-record.ts';
import type { Stage } from '../../../protocol/review.ts';
import { type Place, placeOf, placeOfStem, recordPath, stemOf } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { readFolder, readPlace, versionOf } from '../../stores/content/published.ts';
import {
  type Changes,
  MAIN,
  type Move,
  MovedError,
  type Repository,
} from '../../stores/content/repository.ts';
import { CONTENT, writeOut } from '../../stores/content/written-out.ts';
import { titleOf } from '../uses.ts';
import { followed, movedPlace } from './move-plan.ts';
import { known } from './refusals.ts';
import type { Problem } from '../../../../src/model/problems.ts';

/** The texts that the newsroom has, published and in the making, and how they are written: what it does rests on this. */

const DRAFTS = 'refs/drafts/';

/** An entry that somebody is changing, or that is not published yet. */
export interface Draft {
  path: string;
  /** Its newest commit. */
  commit: string;
  text: string;
  record: ReviewRecord;
  /** When and by whom it was last changed. */
  at: string;
  name: string;
}

/** A draft to be committed. */
export interface DraftWrite {
  path: string;
  by: Name;
  message: string;
  text: string;
  record: ReviewRecord;
}

/** What else happens in the transaction that changes what is published. */
interface ToMain {
  /** These end with it. */
  drafts?: readonly Draft[] | undefined;
  /** Texts that are set aside. */
  asides?: readonly Move[];
  /** Whether the site has to be built for it; default true. */
  showsOnSite?: boolean;
}

export interface TextsOptions {
  repository: Repository;
  /** Folder in which the published content is written out, `CONTENT_DIR` of this process. */
  folder: string;
  now: () => Date;
  /** What is published has changed. */
  onPublished: (change: { commit: string; by: Name; why: string }) => void;
}

export class Texts {
  readonly repository: Repository;
  readonly now: () => Date;
  /** By path. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** When published entries go off line, by path. */
  readonly expiry: ReadonlyMap<string, string>;
  readonly #options: TextsOptions;
  readonly #drafts = new Map<string, Draft>();
  readonly #expiry = new Map<string, string>();
  #main = '';
  /** What is in the repository and not written out yet. */
  #behind: { by: Name; why: string; showsOnSite: boolean }[] = [];

  private constructor(options: TextsOptions) {
    this.#options = options;
    this.repository = options.repository;
    this.now = options.now;
    this.drafts = this.#drafts;
    this.expiry = this.#expiry;
  }

  /** Reads what a repository has; there must be something published. */
  static async open(options: TextsOptions): Promise<Texts> {
    const texts = new Texts(options);
    await texts.#load();
    return texts;
  }

  async #load(): Promise<void> {
    const { repository, folder } = this.#options;
    const main = await repository.resolve(MAIN);
    if (!main) throw new Error('内容库里没有已发布的内容');
    this.#main = main;
    await writeOut(repository, main, folder);
    for (const [ref, commit] of await repository.references(DRAFTS)) await this.#loadDraft(ref, commit);
    for (const path of await repository.pathsHolding(main, '"expireAt"', 'reviews'))
      await this.#loadExpiry(path);
  }

  async #loadDraft(ref: string, commit: string): Promise<void> {
    const { repository } = this;
    const place = placeOfStem(ref.slice(DRAFTS.length));
    if (!place) return;
    const [text, record, [last]] = await Promise.all([
      repository.readText(commit, place.path),
      repository.readText(commit, recordPath(place.path)),
      repository.history(commit, '.', 1),
    ]);
    if (text === undefined) return;
    this.#drafts.set(place.path, {
      path: place.path,
      commit,
      text,
      record: record ? (JSON.parse(record) as ReviewRecord) : newRecord(null, undefined),
      at: last ? new Date(last.at).toISOString() : '',
      name: last?.name ?? '',
    });
  }

  async #loadExpiry(record: string): Promise<void> {
    const path = placeOfStem(record.replace(/^reviews\/|\.json$/g, ''))?.path;
    const expireAt = path && (await this.publishedRecord(path))?.expireAt;
    if (path && expireAt) this.#expiry.set(path, expireAt);
  }

  /** Commit of what is published. */
  get main(): string {
    return this.#main;
  }

  /** A draft where there is one, else what is published; undefined when there is neither. */
  at(place: Place): StoredFile | undefined {
    const draft = this.#drafts.get(place.path);
    if (draft) return shown(draft);
    const published = readPlace(place);
    return published && asPublished(published);
  }

  /** The place that a path means now: a form may have been open while its entry got another address. */
  placeNow(path: string): Place {
    const place = known(path);
    if (!place.type || this.#drafts.has(path) || existsSync(place.file)) return place;
    return movedPlace(place) ?? place;
  }

  /** Every entry of `content/<type>`, drafts in place of what is published; undefined when there is no such type. */
  folder(name: string): StoredFile[] | undefined {
    const published = readFolder(name);
    return published && this.#withDrafts(name, published.map(asPublished), shown);
  }

  /** The same as lists show them, without their bodies. */
  async list(name: string): Promise<ListedEntry[] | undefined> {
    const type = types.find((one) => name === `${CONTENT}/${one.name}`);
    if (!type) return undefined;
    return this.#withDrafts(name, await publishedHeads(type), ({ path, text, record: { stage } }) => ({
      path,
      stage,
      ...headOf(type, text),
    }));
  }

  #withDrafts<Item extends { path: string }>(
    name: string,
    published: readonly Item[],
    itemOf: (draft: Draft) => Item,
  ): Item[] {
    const drafts = new Map([...this.#drafts].filter(([path]) => path.startsWith(`${name}/`)));
    const items = published.map((item) => {
      const draft = drafts.get(item.path);
      drafts.delete(item.path);
      return draft ? itemOf(draft) : item;
    });
    return [...items, ...[...drafts.values()].map(itemOf)];
  }

  /** What was said about an entry while it was made, once it is published. */
  async publishedRecord(path: string): Promise<PublishedRecord | undefined> {
    const source = await this.repository.readText(this.#main, recordPath(path));
    return source ? (JSON.parse(source) as PublishedRecord) : undefined;
  }

  /** Paths that an entry had before, the latest first, and until when (milliseconds since 1970). */
  async formerPaths({ path, kind, format }: Place): Promise<{ path: string; until: number }[]> {
    const notes = [
      ...((await this.publishedRecord(path))?.notes ?? []),
      ...(this.#drafts.get(path)?.record.notes ?? []),
    ];
    return notes
      .flatMap(({ at, formerly }) =>
        formerly ? [{ path: `${CONTENT}/${kind}/${formerly}.${format}`, until: Date.parse(at) }] : [],
      )
      .toReversed();
  }

  /**
   * Everything to be said about a text, the schedule's other stops and drafts beside it.
   *
   * @param slugs what exists, when many texts are looked at in a row
   */
  problemsOf(place: Place, written: string, slugs = existingSlugs()): Problem[] {
    const text = followed(place, written);
    const schedule = () => this.folder(`${CONTENT}/${place.kind}`) ?? [];
    return asSeenInForm(text, place.format, [
      ...inspect(place, text, slugs),
      ...planningProblems(place, text, schedule),
    ]);
  }

  /** Commits drafts of different entries and moves their references, all or none. */
  async writeDrafts(writes: readonly DraftWrite[]): Promise<Draft[]> {
    if (writes.length === 0) return [];
    const at = this.now();
    const formerly = writes.map(({ path }) => this.#drafts.get(path)?.commit);
    const commits = await this.repository.commitAll(
      writes.map(({ path, by, message, text, record }, index) => ({
        by,
        message,
        at: at.getTime(),
        from: formerly[index] ?? this.#main,
        changes: withRecord(path, text, record),
      })),
    );
    const drafts = writes.map(({ path, by, text, record }, index) =>
      draftOf({ path, commit: commits[index] as string, text, record, at, by }),
    );
    await this.moveReferences(
      drafts.map(({ path, commit }, index) => ({
        ref: refOf(path),
        from: formerly[index] ?? null,
        to: commit,
      })),
    );
    for (const draft of drafts) this.keep(draft);
    return drafts;
  }

  /** From now on this draft is there; its reference has been moved. */
  keep(draft: Draft): void {
    this.#drafts.set(draft.path, draft);
  }

  /** From now on there is no draft of this path; its reference is gone. */
  drop(path: string): void {
    this.#drafts.delete(path);
  }

  setExpiry(path: string, at: string | undefined): void {
    if (at) this.#expiry.set(path, at);
    else this.#expiry.delete(path);
  }

  /** Commits to what is published, ending drafts and setting texts aside in the same transaction. */
  async toMain(
    by: Name,
    message: string,
    changes: Changes,
    { drafts = [], asides = [], showsOnSite = true }: ToMain = {},
  ): Promise<void> {
    const commit = await this.repository.commit({
      by,
      message,
      at: this.now().getTime(),
      from: this.#main,
      merge: drafts[0]?.commit,
      changes,
    });
    await this.moveReferences([
      { ref: MAIN, from: this.#main, to: commit },
      ...drafts.map(({ path, commit: tip }) => ({ ref: refOf(path), from: tip, to: null })),
      ...asides,
    ]);
    for (const { path } of drafts) this.drop(path);
    await this.arrive(commit, by, message, showsOnSite);
  }

  /** Moves references, all or none. When they are not moved, what is there by now is looked at again. */
  async moveReferences(moves: readonly Move[]): Promise<void> {
    await this.repository.move(moves).catch(async (error: Error) => {
      await this.#lookAgain().catch((also: Error) => console.warn(also));
      throw error instanceof MovedError ? new TryAgain() : error;
    });
  }

  /** Somebody may have pushed, or a disk have failed between two references. */
  async #lookAgain(): Promise<void> {
    await this.takeUpPushed();
    const references = await this.repository.references(DRAFTS);
    for (const path of [...this.#drafts.keys()]) if (!references.has(refOf(path))) this.drop(path);
    const known = new Map([...this.#drafts.values()].map(({ path, commit }) => [refOf(path), commit]));
    for (const [ref, commit] of references) if (known.get(ref) !== commit) await this.#loadDraft(ref, commit);
  }

  /** What is published is now another commit. It is, whether or not it can be written out at once. */
  async arrive(commit: string, by: Name, why: string, showsOnSite = true): Promise<void> {
    this.#main = commit;
    this.#behind.push({ by, why, showsOnSite });
    await this.catchUp().catch((error: Error) => console.error('内容写不出来，过一会儿再试：', error));
  }

  /** Writes out what could not be written when it arrived: whoever sees files that are behind must not change anything. */
  async catchUp(): Promise<void> {
    if (this.#behind.length === 0) return;
    const { folder, onPublished } = this.#options;
    await writeOut(this.repository, this.#main, folder);
    for (const { by, why, showsOnSite } of this.#behind.splice(0))
      if (showsOnSite) onPublished({ commit: this.#main, by, why });
  }

  /** Somebody may have pushed to the repository, as `docs/operate.md` describes. */
  async takeUpPushed(): Promise<void> {
    const main = await this.repository.resolve(MAIN);
    if (main && main !== this.#main) await this.arrive(main, { name: 'Git', login: 'git' }, '从 Git 更新');
  }
}

/** Something else was quicker: the same may do the next time. */
export class TryAgain extends Refused {
  constructor() {
    super(409, '内容刚刚从别处更新过，请再试一次');
  }
}

/** The reference of an entry's draft. */
export const refOf = (path: string) => `${DRAFTS}${stemOf(path)}`;

/** An entry's text and what is said about it, as one commit holds them. */
export const withRecord = (
  path: string,
  text: string,
  record: ReviewRecord | PublishedRecord,
): Map<string, string> =>
  new Map([
    [path, text],
    [recordPath(path), recordText(record)],
  ]);

/** A draft that somebody has just written. */
export const draftOf = ({
  path,
  commit,
  text,
  record,
  at,
  by,
}: Pick<Draft, 'path' | 'commit' | 'text' | 'record'> & { at: Date; by: Name }): Draft => ({
  path,
  commit,
  text,
  record,
  // Git keeps no parts of a second.
  at: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString(),
  name: by.name,
});

const asPublished = (file: Omit<StoredFile, 'stage'>): StoredFile => ({
  ...file,
  stage: 'published' satisfies Stage,
});

/** A draft as the editor gets it. */
export const shown = ({ path, text, record, at, name }: Draft): StoredFile => ({
  path,
  text,
  version: versionOf(text),
  stage: record.stage,
  at,
  name,
});

/** Whether an entry is, or was, on the site. */
export const isPublic = ({ file }: Place, draft: Draft | undefined): boolean =>
  !draft || existsSync(file) || wasPublic(draft.record);

/** `「标题」`, or the path of what has none. */
export const draftTitle = ({ path, text }: Draft) => {
  const place = placeOf(path);
  return place ? titleOf(place, text) : path;
};
