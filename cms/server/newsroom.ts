import { existsSync } from 'node:fs';
import type { Problem } from '../../src/model/problems.ts';
import type { ContentType } from '../../src/model/type.ts';
import { types } from '../../src/types.ts';
import type {
  Conflict,
  HistoryItem,
  ListedEntry,
  MovePreview,
  ReviewState,
  StoredFile,
  StoredMedia,
} from '../admin/api.ts';
import {
  ACTIONS,
  advance,
  afterSave,
  allowedActions,
  check,
  type Name,
  type Note,
  newRecord,
  noteOf,
  type Request,
  ReviewRefusal,
  type PublishedRecord,
  recordText,
  type ReviewRecord,
  type Stage,
  type Step,
  wasPublic,
} from '../review.ts';
import { asSeenInForm, inspect } from './gate.ts';
import {
  followed,
  type MovePlan,
  movedPlace,
  planMove,
  refuseFormerAddress,
  withoutRedirectsTo,
  writingsOf,
} from './moving.ts';
import { hasRole, type Person } from './people.ts';
import { type Place, placeOf, recordPath, uploadPlace } from './places.ts';
import { planningProblems } from './planning.ts';
import { Refused } from './refused.ts';
import { allSetAside, SET_ASIDE, type SetAside, setAsideRef, textSetAside } from './set-aside.ts';
import { conflictOf, known, lostIds, merge, refuse, refuseStale, refuseUnread } from './saving.ts';
import { type Changes, MAIN, type Move, MovedError, type Repository } from './store/repository.ts';
import { headOf, publishedHeads } from './store/heads.ts';
import { listUploads, type PublishedFile, readFolder, readPlace, versionOf } from './store/published.ts';
import { CONTENT, writeOut } from './store/written-out.ts';
import { acceptUpload } from './uploads.ts';
import { titleOf, usesOf, usesOfUpload } from './uses.ts';

/**
 * The newsroom: texts on their way from the first draft to the site. Every change is one commit by the person who made
 * it, one after the other; what is acknowledged is on the disk.
 */

const DRAFTS = 'refs/drafts/';

/** An entry that somebody is changing, or that is not published yet. */
interface Draft {
  path: string;
  /** Its newest commit. */
  commit: string;
  text: string;
  record: ReviewRecord;
  /** When and by whom it was last changed. */
  at: string;
  name: string;
}

export interface NewsroomOptions {
  repository: Repository;
  /** Folder in which the published content is written out, `CONTENT_DIR` of this process. */
  folder: string;
  /** Steps of review of this office. */
  steps: () => readonly Step[];
  now: () => Date;
  /** What is published has changed. */
  onPublished: (change: { commit: string; by: Name; why: string }) => void;
  /** What a text becomes when it is published: `previous` is what was published before. */
  revise?: (
    place: Place,
    previous: string | undefined,
    next: string,
    now: Date,
  ) => { text: string; problems: Problem[] };
}

/** A text to be saved. */
export interface SaveRequest {
  path: string;
  text: string;
  /** Version that was opened; null for a new file. */
  version: string | null;
  /** Version of the published text that the editor has seen, after a conflict with it. */
  seen?: string | undefined;
}

type Saved = StoredFile & { problems: Problem[] };

interface WaitingSave {
  place: Place;
  person: Person;
  request: SaveRequest;
  resolve: (saved: Saved) => void;
  reject: (error: Error) => void;
}

/** A draft to be committed. */
interface DraftWrite {
  path: string;
  by: Name;
  message: string;
  text: string;
  record: ReviewRecord;
}

type Prepared = { problems: Problem[] } & (
  { write: DraftWrite; saved?: never } | { saved: Saved; write?: never }
);

interface ToMain {
  drafts?: readonly Draft[] | undefined;
  asides?: readonly Move[];
  /** Whether the site has to be built for it; default true. */
  showsOnSite?: boolean;
}

/** An entry that waits for somebody, for the desk. */
export interface Waiting {
  path: string;
  title: string;
  stage: Stage;
  authors: Name[];
  at: string;
  name: string;
  publishAt?: string | undefined;
  actions: readonly (keyof typeof ACTIONS)[];
}

const refOf = (path: string) => `${DRAFTS}${path.replace(/^content\//, '').replace(/\.\w+$/, '')}`;
const asideOf = (draft: Draft, at: Date, { login }: Person): Move => ({
  ref: setAsideRef(draft.path, at, login),
  from: null,
  to: draft.commit,
});
const SYSTEM: Name = { name: '定时任务', login: 'clock' };

export class Newsroom {
  readonly #options: NewsroomOptions;
  readonly #drafts = new Map<string, Draft>();
  /** When published entries go off line, by path. */
  readonly #expiry = new Map<string, string>();
  #main = '';
  #saves: WaitingSave[] = [];
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: NewsroomOptions) {
    this.#options = options;
  }

  /** Opens the newsroom on a repository that has something published. */
  static async open(options: NewsroomOptions): Promise<Newsroom> {
    const newsroom = new Newsroom(options);
    await newsroom.#load();
    return newsroom;
  }

  /** Commit of what is published. */
  get commit(): string {
    return this.#main;
  }

  /** Whether a commit holds this file as it is published now, or neither has it. */
  async holdsPublished(commit: string, path: string): Promise<boolean> {
    if (commit === this.#main) return true;
    const place = this.#placeNow(path);
    const { repository } = this.#options;
    const [then, now] = await Promise.all(
      [commit, this.#main].map((one) => repository.readText(one, place.path)),
    );
    return then === now;
  }

  /** A draft where there is one, else what is published; undefined when there is neither. */
  read(path: string): StoredFile | undefined {
    return this.#at(this.#placeNow(path));
  }

  /** Every entry of `content/<type>`, drafts in place of what is published; undefined when there is no such type. */
  folder(name: string): StoredFile[] | undefined {
    const published = readFolder(name);
    if (!published) return undefined;
    const drafts = new Map([...this.#drafts].filter(([path]) => path.startsWith(`${name}/`)));
    const files = published.map((file): StoredFile => {
      const draft = drafts.get(file.path);
      drafts.delete(file.path);
      return draft ? shown(draft) : { ...file, stage: 'published' };
    });
    return [...files, ...[...drafts.values()].map(shown)];
  }

  /** The same as lists show them, without their bodies. */
  async list(name: string): Promise<ListedEntry[] | undefined> {
    const type = (types as readonly ContentType[]).find((one) => name === `${CONTENT}/${one.name}`);
    if (!type) return undefined;
    const published = await publishedHeads(type);
    const drafts = new Map([...this.#drafts].filter(([path]) => path.startsWith(`${name}/`)));
    const listed = ({ path, text, record: { stage } }: Draft): ListedEntry => ({
      path,
      stage,
      ...headOf(type, text),
    });
    const files = published.map((entry) => {
      const draft = drafts.get(entry.path);
      drafts.delete(entry.path);
      return draft ? listed(draft) : entry;
    });
    return [...files, ...[...drafts.values()].map(listed)];
  }

  /** Saves a text: an entry as a draft, a list or the settings at once. */
  async save(person: Person, request: SaveRequest): Promise<StoredFile & { problems: Problem[] }> {
    const place = request.version === null ? known(request.path) : this.#placeNow(request.path);
    return place.type
      ? this.#saveDraft(place, person, { ...request, path: place.path })
      : this.#inTurn(() => this.#saveData(place, person, request));
  }

  /** Where an entry stands and what a person may do with it. */
  async review(path: string, person: Person): Promise<ReviewState> {
    const place = this.#placeNow(path);
    const draft = this.#drafts.get(place.path);
    const published = readPlace(place);
    const former = await this.#publishedRecord(place.path);
    const text = draft?.text ?? published?.text;
    const isEntry = place.type !== undefined;
    return {
      stage: draft?.record.stage ?? 'published',
      isPublished: published !== undefined,
      authors: draft?.record.authors ?? [],
      notes: [...(former?.notes ?? []), ...(draft?.record.notes ?? [])],
      publishAt: draft?.record.publishAt,
      expireAt: draft ? draft.record.expireAt : former?.expireAt,
      actions:
        isEntry && text !== undefined ? allowedActions(draft?.record, person, this.#options.steps()) : [],
      steps: [...this.#options.steps()],
      problems: text === undefined ? [] : this.#problemsOf(place, text),
    };
  }

  /**
   * Takes a step with an entry. `version` is that of the text which the person has before them.
   *
   * @returns the path of the entry afterwards
   */
  async act(person: Person, path: string, version: string, request: Request): Promise<string> {
    return this.#inTurn(async () => {
      const place = this.#placeNow(path);
      if (!place.type) throw new Refused(403, '名录和设置保存以后直接生效，不用审核');
      const draft = this.#drafts.get(place.path);
      const current = this.#at(place);
      if (!current) throw new Refused(404, '没有这条内容，可能已经删除');
      if (current.version !== version)
        throw new Refused(409, '这一条刚刚被改过，请先看过新的内容再操作', [], conflictOf(current));
      this.#refuseStep(draft, request, person);
      if (request.action === 'move') return this.#move(place, draft, person, request);
      await this.#take(place, draft, person, request);
      return place.path;
    });
  }

  async #take(place: Place, draft: Draft | undefined, person: Person, request: Request): Promise<void> {
    if (request.action === 'publish' && draft) return this.#publish(place, draft, person, request);
    if (request.action === 'schedule' && draft) return this.#schedule(place, draft, person, request);
    if (request.action === 'discard' && draft) return this.#discard(draft, person);
    if (request.action === 'unpublish') return this.#unpublish(place, person, request);
    if (draft) return this.#advance(draft, person, request);
    return this.#noteOnPublished(place, person, request);
  }

  /** What changing an entry's address would do, for whoever is about to; refused as `move` itself would be. */
  async planMove(person: Person, path: string, to: string): Promise<MovePreview> {
    return this.#inTurn(async () => {
      const place = this.#placeNow(path);
      const draft = this.#drafts.get(place.path);
      const request: Request = { action: 'move', to };
      this.#refuseStep(draft, request, person);
      const plan = this.#planMove(place, draft, person, to);
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
      const place = this.#placeNow(path);
      if (!place.type) throw new Refused(403, '名录和设置不能整个删除');
      const draft = this.#drafts.get(place.path);
      const published = readPlace(place);
      if (!draft && !published) throw new Refused(404, '没有这个文件');
      if (draft && !published) {
        if (!allowedActions(draft.record, person, this.#options.steps()).includes('discard'))
          throw new Refused(403, '只有写这一稿的人或「发布」以上的人能放弃它；正在审核的请先撤回');
        return this.#discard(draft, person);
      }
      if (!hasRole(person, 'publisher')) throw new Refused(403, '已经发布的内容，要「发布」以上的人才能删除');
      this.#refuseUses(place);
      const message = `删除：${titleOf(place, published?.text ?? '')}`;
      const changes = new Map<string, string | null>([
        [place.path, null],
        [recordPath(place.path), null],
        ...withoutRedirectsTo(place),
      ]);
      const at = this.#options.now();
      await this.#toMain(person, message, changes, {
        drafts: draft && [draft],
        asides: [
          { ref: setAsideRef(path, at, person.login), from: null, to: this.#main },
          // A moment earlier: what was still being written lies beside what was public.
          ...(draft ? [asideOf(draft, new Date(at.getTime() - 1), person)] : []),
        ],
      });
    });
  }

  /** What was deleted or given up, the latest first: somebody's own, and everything for publishers. */
  async setAside(person: Person): Promise<SetAside[]> {
    return allSetAside(this.#options.repository, person);
  }

  /** The text of something that was set aside; undefined when this person has no such. */
  async setAsideText(person: Person, id: string): Promise<(SetAside & { text: string }) | undefined> {
    return textSetAside(this.#options.repository, person, id);
  }

  /**
   * Makes a draft of something that was set aside; never straight on line.
   *
   * @returns its path
   * @throws Refused when there is no such, or when its address has something else by now
   */
  async restore(person: Person, id: string): Promise<string> {
    return this.#inTurn(async () => {
      const { repository, now } = this.#options;
      const item = await this.setAsideText(person, id);
      if (!item) throw new Refused(404, '没有这一条，可能已经恢复了');
      const { path, text, commit } = item;
      const place = known(path);
      if (this.#drafts.has(path))
        throw new Refused(409, '这个网址名现在有一份草稿，先把那份发布或放弃，再来恢复');
      const source = await repository.readText(commit, recordPath(path));
      const former = source ? (JSON.parse(source) as Partial<ReviewRecord>) : {};
      const published = readPlace(place);
      // A draft of what is still published goes on from there; anything else would lie over somebody's new entry.
      if (published && !former.base)
        throw new Refused(
          409,
          '这个网址名现在是另一条已发布的内容；可以打开这份的全文，把要用的文字复制过去',
        );
      if (!published) refuseFormerAddress(place);
      const at = now();
      const record = newRecord(published ? (former.base ?? null) : null, person, former.notes ?? []);
      const made = await repository.commit({
        by: person,
        message: `恢复：${titleOf(place, text)}`,
        at: at.getTime(),
        from: commit,
        changes: new Map([
          [path, text],
          [recordPath(path), recordText(record)],
        ]),
      });
      await repository.move([
        { ref: refOf(path), from: null, to: made },
        { ref: `${SET_ASIDE}${id}`, from: commit, to: null },
      ]);
      this.#drafts.set(path, { path, commit: made, text, record, at: toSecond(at), name: person.name });
      return path;
    });
  }

  /** Every commit of an entry, newest first, those under its former addresses too. */
  async history(path: string): Promise<HistoryItem[]> {
    const { repository } = this.#options;
    const place = this.#placeNow(path);
    const tip = this.#drafts.get(place.path)?.commit ?? this.#main;
    const items = new Map<string, HistoryItem>();
    const add = (found: readonly HistoryItem[]) => {
      for (const item of found) if (!items.has(item.commit)) items.set(item.commit, item);
    };
    add(await repository.history(tip, place.path));
    for (const { path: former, until } of await this.#formerPaths(place))
      // Whatever is there since then is another entry.
      add((await repository.history(tip, former)).filter(({ at }) => Date.parse(at) <= until));
    return [...items.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  /** The text of an entry in one of its commits. */
  async textAt(path: string, commit: string): Promise<string | undefined> {
    const place = this.#placeNow(path);
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
    for (const at of [place.path, ...(await this.#formerPaths(place)).map((former) => former.path)]) {
      const text = await this.#options.repository.readText(commit, at);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Stores an upload, made safe and under a free safe name; says where. */
  async upload(person: Person, path: string, bytes: Uint8Array): Promise<StoredMedia> {
    const kept = (at: string) => this.#options.repository.read(this.#main, `${CONTENT}/${at}`);
    const verdict = await acceptUpload(path, bytes, (name) => kept(`uploads/${name}`));
    if (!verdict.accepted) throw new Refused(422, verdict.message);
    const safe = { path: `uploads/${verdict.name}`, size: verdict.bytes.length };
    await this.#inTurn(async () => {
      const former = await kept(safe.path);
      if (former && Buffer.compare(former, verdict.bytes) === 0) return;
      if (former) throw new Refused(409, '刚刚有人传了同名的文件，请再传一次');
      const changes = new Map([[`${CONTENT}/${safe.path}`, Buffer.from(verdict.bytes)]]);
      await this.#toMain(person, `上传：${safe.path}`, changes, { showsOnSite: false });
    });
    return safe;
  }

  /** Removes an upload that nothing shows. */
  async removeUpload(person: Person, path: string): Promise<void> {
    const place = uploadPlace(path);
    if (!place || !existsSync(place.file)) throw new Refused(404, '没有这个文件');
    if (!hasRole(person, 'publisher')) throw new Refused(403, '图片和附件要「发布」以上的人才能删除');
    await this.#inTurn(async () => {
      const uses = usesOfUpload(`/${path}`);
      for (const draft of this.#drafts.values())
        if (draft.text.includes(`/${path}`))
          uses.push({
            severity: 'error',
            file: draft.path,
            message: `草稿「${draftTitle(draft)}」还用着它；请先在那里换掉`,
          });
      if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着这个文件，不能删除`, uses);
      await this.#toMain(person, `删除：${path}`, new Map([[`${CONTENT}/${path}`, null]]));
    });
  }

  /** Every upload, newest first. */
  uploads() {
    return listUploads();
  }

  /** Everything that is not published yet, newest first, with what a person may do about it. */
  waiting(person: Person): Waiting[] {
    return [...this.#drafts.values()]
      .map((draft) => ({
        path: draft.path,
        title: draftTitle(draft),
        stage: draft.record.stage,
        authors: draft.record.authors,
        at: draft.at,
        name: draft.name,
        publishAt: draft.record.publishAt,
        actions: allowedActions(draft.record, person, this.#options.steps()),
      }))
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** Does what is due by the clock, and takes up what somebody pushed. Problems are returned, one sentence each. */
  async tick(): Promise<string[]> {
    const failures: string[] = [];
    const now = this.#options.now().toISOString();
    await this.#inTurn(() => this.#takeUpPushed());
    for (const draft of [...this.#drafts.values()].filter(({ record }) => due(record.publishAt, now))) {
      const scheduler = draft.record.notes.findLast(({ action }) => action === 'schedule') ?? SYSTEM;
      await this.#inTurn(() => this.#publishDue(draft, scheduler)).catch((error: Error) =>
        failures.push(error.message),
      );
    }
    for (const [path] of [...this.#expiry].filter(([, at]) => due(at, now)))
      await this.#inTurn(() => this.#expire(path)).catch((error: Error) => failures.push(error.message));
    return failures;
  }

  /** Packs the repository, between two changes. */
  pack(): Promise<void> {
    return this.#inTurn(() => this.#options.repository.pack());
  }

  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  /** Runs one job at a time, in the order in which they came. */
  #inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(job);
    this.#last = result.catch(() => {});
    return result;
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
    const { repository } = this.#options;
    const stem = `${CONTENT}/${ref.slice(DRAFTS.length)}`;
    const place = placeOf(`${stem}.mdx`) ?? placeOf(`${stem}.yaml`);
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
    const stem = record.replace(/^reviews\//, 'content/').replace(/\.json$/, '');
    const path = (placeOf(`${stem}.mdx`) ?? placeOf(`${stem}.yaml`))?.path;
    const expireAt = path && (await this.#publishedRecord(path))?.expireAt;
    if (path && expireAt) this.#expiry.set(path, expireAt);
  }

  async #publishedRecord(path: string): Promise<PublishedRecord | undefined> {
    const source = await this.#options.repository.readText(this.#main, recordPath(path));
    return source ? (JSON.parse(source) as PublishedRecord) : undefined;
  }

  #at(place: Place): StoredFile | undefined {
    const draft = this.#drafts.get(place.path);
    if (draft) return shown(draft);
    const published = readPlace(place);
    return published && { ...published, stage: 'published' };
  }

  /** The place that a path means now: a form may have been open while its entry got another address. */
  #placeNow(path: string): Place {
    const place = known(path);
    if (!place.type || this.#drafts.has(path) || existsSync(place.file)) return place;
    return movedPlace(place) ?? place;
  }

  /** Paths that an entry had before, the latest first, and until when (milliseconds since 1970). */
  async #formerPaths({ path, kind, format }: Place): Promise<{ path: string; until: number }[]> {
    const notes = [
      ...((await this.#publishedRecord(path))?.notes ?? []),
      ...(this.#drafts.get(path)?.record.notes ?? []),
    ];
    return notes
      .flatMap(({ at, formerly }) =>
        formerly ? [{ path: `${CONTENT}/${kind}/${formerly}.${format}`, until: Date.parse(at) }] : [],
      )
      .toReversed();
  }

  /** Refuses a step that the rules of review do not allow. */
  #refuseStep(draft: Draft | undefined, request: Request, person: Person): void {
    try {
      check(draft?.record, request, person, this.#options.steps(), this.#options.now());
    } catch (error) {
      if (error instanceof ReviewRefusal) throw new Refused(403, error.message);
      throw error;
    }
  }

  /** Everything to be said about a text, the schedule's other stops and drafts beside it. */
  #problemsOf(place: Place, written: string): Problem[] {
    const text = followed(place, written);
    const schedule = () => this.folder(`content/${place.kind}`) ?? [];
    return asSeenInForm(text, place.format, [
      ...inspect(place, text),
      ...planningProblems(place, text, schedule),
    ]);
  }

  /** Saves of drafts that came in while another change was made: one visit to Git does for all of them. */
  #saveDraft(place: Place, person: Person, request: SaveRequest): Promise<Saved> {
    return new Promise((resolve, reject) => {
      this.#saves.push({ place, person, request, resolve, reject });
      if (this.#saves.length === 1) void this.#inTurn(() => this.#saveWaiting());
    });
  }

  async #saveWaiting(): Promise<void> {
    const waiting = this.#saves.splice(0);
    const writes = new Map<
      string,
      DraftWrite & Pick<WaitingSave, 'resolve' | 'reject'> & { problems: Problem[] }
    >();
    for (const save of waiting) {
      const { place, person, request, resolve, reject } = save;
      // A second save of the same entry must see what the first one made of it.
      if (writes.has(place.path)) this.#saves.push(save);
      else
        try {
          const { write, saved, problems } = this.#prepareSave(place, person, request);
          if (write) writes.set(place.path, { ...write, problems, resolve, reject });
          else resolve(saved);
        } catch (error) {
          reject(error as Error);
        }
    }
    if (this.#saves.length > 0) void this.#inTurn(() => this.#saveWaiting());
    try {
      const drafts = await this.#writeDrafts([...writes.values()]);
      for (const draft of drafts) {
        const { resolve, problems } = writes.get(draft.path) as {
          resolve: (saved: Saved) => void;
          problems: Problem[];
        };
        resolve({ ...shown(draft), problems });
      }
    } catch (error) {
      for (const { reject } of writes.values()) reject(error as Error);
    }
  }

  /** What saving a draft comes to: what is to be written, or the answer when there is nothing to write. */
  #prepareSave(place: Place, person: Person, { path, text, version, seen }: SaveRequest): Prepared {
    const current = this.#at(place);
    const merged = merge(place, text, current?.text);
    // The same text again comes from somebody whom the answer did not reach. A new file may be a duplicate.
    if (version === null || merged !== current?.text) refuseStale(current, version);
    if (!current) refuseFormerAddress(place);
    const published = readPlace(place);
    const problems = this.#problemsOf(place, merged);
    const resolved = seen !== undefined && seen === published?.version;
    if (current && merged === current.text && !resolved) return { saved: { ...current, problems }, problems };
    const before = this.#drafts.get(path)?.record ?? newRecord(published?.version ?? null, undefined);
    const record = {
      ...afterSave(before, person, this.#options.now()),
      ...(resolved ? { base: seen } : {}),
    };
    const write = { path, by: person, message: `修改：${titleOf(place, merged)}`, text: merged, record };
    return { write, problems };
  }

  /** Commits drafts of different entries and moves their references, all or none. */
  async #writeDrafts(writes: readonly DraftWrite[]): Promise<Draft[]> {
    if (writes.length === 0) return [];
    const { repository, now } = this.#options;
    const at = now();
    const formerly = writes.map(({ path }) => this.#drafts.get(path)?.commit);
    const commits = await repository.commitAll(
      writes.map(({ path, by, message, text, record }, index) => ({
        by,
        message,
        at: at.getTime(),
        from: formerly[index] ?? this.#main,
        changes: new Map([
          [path, text],
          [recordPath(path), recordText(record)],
        ]),
      })),
    );
    const drafts = writes.map(({ path, by, text, record }, index) => {
      const commit = commits[index] as string;
      return { path, commit, text, record, at: toSecond(at), name: by.name };
    });
    await repository.move(
      drafts.map(({ path, commit }, index) => ({
        ref: refOf(path),
        from: formerly[index] ?? null,
        to: commit,
      })),
    );
    for (const draft of drafts) this.#drafts.set(draft.path, draft);
    return drafts;
  }

  async #saveData(place: Place, person: Person, { path, text, version }: SaveRequest) {
    if (!hasRole(person, 'publisher'))
      throw new Refused(403, '名录和设置保存后马上生效，要「发布」以上的人来改；你写的还在页面里');
    const before = readPlace(place);
    refuseStale(before && { ...before, stage: 'published' }, version);
    const merged = followed(place, merge(place, text, before?.text));
    const problems = [
      ...asSeenInForm(merged, place.format, inspect(place, merged)),
      ...lostIds(place, before?.text, merged),
    ];
    refuse(problems);
    if (merged !== before?.text)
      await this.#toMain(person, `修改：${place.list?.label ?? '设置'}`, new Map([[path, merged]]));
    return { path, text: merged, version: versionOf(merged), stage: 'published' as const, problems };
  }

  #refuseUses(place: Place): void {
    const uses = usesOf(place.kind, place.slug, '请先在那里去掉');
    if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着它，不能删除或下线`, uses);
  }

  async #schedule(place: Place, draft: Draft, person: Person, request: Request): Promise<void> {
    const problems = this.#problemsOf(place, draft.text);
    refuse(problems);
    const accepted = refuseUnread(problems, request.accepted);
    await this.#advance(draft, person, { ...request, accepted });
  }

  /** @param isDue it was scheduled: what can be let stand was looked at then */
  async #publish(place: Place, draft: Draft, person: Name, request: Request, isDue = false): Promise<void> {
    const { revise, now } = this.#options;
    const published = readPlace(place);
    if (
      (published?.version ?? null) !== draft.record.base &&
      !(await this.#onlyLeadsOn(place, draft.record.base, published))
    )
      throw new Refused(
        409,
        '这一稿写好以前，已发布的内容被别人改过，所以没有发布。请对照两边的内容，改好再保存一次',
        [],
        published && (await this.#publishedConflict(published)),
      );
    const text = followed(place, draft.text);
    const revised = revise?.(place, published?.text, text, now()) ?? { text, problems: [] };
    const problems = [
      ...this.#problemsOf(place, revised.text),
      ...asSeenInForm(revised.text, place.format, revised.problems),
    ];
    refuse(problems);
    const accepted = isDue ? [] : refuseUnread(problems, request.accepted);
    const former = await this.#publishedRecord(draft.path);
    const note = noteOf({ ...request, accepted }, person, draft.record.stage, now());
    const record: PublishedRecord = {
      notes: [...(former?.notes ?? []), ...draft.record.notes, note],
      expireAt: draft.record.expireAt ?? former?.expireAt,
    };
    const changes = new Map([
      [draft.path, revised.text],
      [recordPath(draft.path), recordText(record)],
    ]);
    await this.#toMain(person, `发布：${titleOf(place, revised.text)}`, changes, { drafts: [draft] });
    this.#setExpiry(draft.path, record.expireAt);
  }

  /** Whether what is published differs from what a draft began with only by leading to where other entries are now. */
  async #onlyLeadsOn(
    place: Place,
    base: string | null,
    published: PublishedFile | undefined,
  ): Promise<boolean> {
    const { repository } = this.#options;
    for (const { commit } of await repository.history(this.#main, place.path)) {
      const text = await repository.readText(commit, place.path);
      if (text !== undefined && versionOf(text) === base) return followed(place, text) === published?.text;
    }
    return false;
  }

  async #publishedConflict({ path, text, version }: PublishedFile): Promise<Conflict> {
    const [last] = await this.#options.repository.history(this.#main, path, 1);
    return { text, version, name: last?.name, at: last?.at };
  }

  async #publishDue(draft: Draft, scheduler: Name): Promise<void> {
    const place = placeOf(draft.path);
    // Somebody may have taken it back in the meantime.
    if (!place || this.#drafts.get(draft.path) !== draft) return;
    try {
      await this.#publish(place, draft, scheduler, { action: 'publish', comment: '按定时发布' }, true);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const comment = `定时发布没有成功：${error.message}`;
      const note = noteOf({ action: 'return', comment }, SYSTEM, 'scheduled', this.#options.now());
      const record = { ...draft.record, stage: 'draft' as const, approvals: [], publishAt: undefined };
      const { path, text } = draft;
      const next = { ...record, notes: [...record.notes, note] };
      await this.#writeDrafts([{ path, by: SYSTEM, message: comment, text, record: next }]);
      throw new Error(`「${draftTitle(draft)}」${comment}`);
    }
  }

  async #expire(path: string): Promise<void> {
    const place = placeOf(path);
    this.#expiry.delete(path);
    if (place && readPlace(place))
      await this.#unpublish(place, SYSTEM, { action: 'unpublish', comment: '到了下线时间' }, true);
  }

  /** Takes an entry off the site; its text becomes a draft. */
  async #unpublish(place: Place, person: Name, request: Request, evenIfUsed = false): Promise<void> {
    if (!evenIfUsed) this.#refuseUses(place);
    const { repository, now } = this.#options;
    const published = readPlace(place);
    if (!published) throw new Refused(404, '没有这条内容，可能已经删除');
    const former = this.#drafts.get(place.path);
    const record =
      former?.record ?? newRecord(null, undefined, (await this.#publishedRecord(place.path))?.notes);
    const note = noteOf(request, person, 'published', now());
    const text = former?.text ?? published.text;
    const next = { ...record, base: null, notes: [...record.notes, note] };
    const message = `下线：${titleOf(place, published.text)}`;
    const at = now().getTime();
    const kept = await repository.commit({
      by: person,
      message,
      at,
      from: former?.commit ?? this.#main,
      changes: new Map([
        [place.path, text],
        [recordPath(place.path), recordText(next)],
      ]),
    });
    const main = await repository.commit({
      by: person,
      message,
      at,
      from: this.#main,
      changes: new Map([
        [place.path, null],
        [recordPath(place.path), null],
      ]),
    });
    await this.#moveReferences([
      { ref: MAIN, from: this.#main, to: main },
      { ref: refOf(place.path), from: former?.commit ?? null, to: kept },
    ]);
    this.#drafts.set(place.path, {
      path: place.path,
      commit: kept,
      text,
      record: next,
      at: toSecond(now()),
      name: person.name,
    });
    await this.#arrive(main, person, message);
  }

  #planMove(place: Place, draft: Draft | undefined, person: Person, to: string): MovePlan {
    const plan = planMove(place, to, (path) => this.#drafts.has(path));
    if (isPublic(place, draft)) {
      // Somebody may have pushed the entry while the draft of it was new.
      if (hasRole(person, 'publisher')) return plan;
      throw new Refused(403, '已经发布的内容，要「发布」以上的人才能更改地址');
    }
    // Nobody but drafts can lead to what was never public, and no redirect will lead them on.
    const users = [...this.#drafts.values()].filter(({ path, text }) => {
      const other = path === place.path ? undefined : placeOf(path);
      return other && plan.follow(other, text) !== text;
    });
    if (users.length > 0)
      throw new Refused(
        409,
        `草稿${users.map(draftTitle).join('、')}引用着这一条；请先在那里去掉，改好地址以后再选`,
      );
    return plan;
  }

  /** Gives an entry another address, with its draft, its record and all that leads to it, in one transaction. */
  async #move(place: Place, draft: Draft | undefined, person: Person, request: Request): Promise<string> {
    const { repository, now } = this.#options;
    const at = now();
    const plan = this.#planMove(place, draft, person, request.to ?? '');
    const { place: target, from, to } = plan;
    const wasOnSite = isPublic(place, draft);
    const comment = `原来的地址是 ${from}`;
    const note: Note = {
      ...noteOf({ action: 'move', comment }, person, draft?.record.stage ?? 'published', at),
      formerly: place.slug,
    };
    const record = await this.#publishedRecord(place.path);
    const { onMain, onDraft } = writingsOf(place, plan, { record, draft, note });

    const message = `更改地址：${from} → ${to}`;
    const commits = await repository.commitAll(
      [
        ...(wasOnSite ? [{ from: this.#main, changes: onMain }] : []),
        ...(draft && onDraft ? [{ from: draft.commit, changes: onDraft.changes }] : []),
      ].map((commit) => ({ by: person, message, at: at.getTime(), ...commit })),
    );
    const main = wasOnSite ? (commits[0] as string) : undefined;
    const tip = commits.at(-1) as string;
    await this.#moveReferences([
      ...(main ? [{ ref: MAIN, from: this.#main, to: main }] : []),
      ...(draft
        ? [
            { ref: refOf(place.path), from: draft.commit, to: null },
            { ref: refOf(target.path), from: null, to: tip },
          ]
        : []),
    ]);
    if (onDraft) {
      const { text, record } = onDraft;
      this.#drafts.delete(place.path);
      this.#drafts.set(target.path, {
        path: target.path,
        commit: tip,
        text,
        record,
        at: toSecond(at),
        name: person.name,
      });
    }
    this.#setExpiry(target.path, this.#expiry.get(place.path));
    this.#expiry.delete(place.path);
    if (main) await this.#arrive(main, person, message);
    return target.path;
  }

  async #advance(draft: Draft, person: Person, request: Request): Promise<void> {
    const record = advance(draft.record, request, person, this.#options.steps(), this.#options.now());
    const { path, text } = draft;
    const message = `${ACTIONS[request.action]}：${draftTitle(draft)}`;
    await this.#writeDrafts([{ path, by: person, message, text, record }]);
  }

  /** A remark on what is published, or the time when it goes off line. */
  async #noteOnPublished(place: Place, person: Person, request: Request): Promise<void> {
    const former = await this.#publishedRecord(place.path);
    const notes = [...(former?.notes ?? []), noteOf(request, person, 'published', this.#options.now())];
    const expireAt = request.action === 'expire' ? request.at || undefined : former?.expireAt;
    const message = `${ACTIONS[request.action]}：${place.slug}`;
    const changes = new Map([[recordPath(place.path), recordText({ notes, expireAt })]]);
    await this.#toMain(person, message, changes, { showsOnSite: false });
    this.#setExpiry(place.path, expireAt);
  }

  #setExpiry(path: string, at: string | undefined): void {
    if (at) this.#expiry.set(path, at);
    else this.#expiry.delete(path);
  }

  /** Puts a draft aside, where the history keeps it. */
  async #discard(draft: Draft, person: Person): Promise<void> {
    const { repository, now } = this.#options;
    await repository.move([
      asideOf(draft, now(), person),
      { ref: refOf(draft.path), from: draft.commit, to: null },
    ]);
    this.#drafts.delete(draft.path);
  }

  /** Commits to what is published, ending drafts and setting texts aside in the same transaction. */
  async #toMain(
    by: Name,
    message: string,
    changes: Changes,
    { drafts = [], asides = [], showsOnSite = true }: ToMain = {},
  ): Promise<void> {
    const { repository, now } = this.#options;
    const commit = await repository.commit({
      by,
      message,
      at: now().getTime(),
      from: this.#main,
      merge: drafts[0]?.commit,
      changes,
    });
    await this.#moveReferences([
      { ref: MAIN, from: this.#main, to: commit },
      ...drafts.map(({ path, commit: tip }) => ({ ref: refOf(path), from: tip, to: null })),
      ...asides,
    ]);
    for (const { path } of drafts) this.#drafts.delete(path);
    await this.#arrive(commit, by, message, showsOnSite);
  }

  /** Moves references, all or none; what somebody pushed meanwhile is taken up first. */
  async #moveReferences(moves: readonly Move[]): Promise<void> {
    await this.#options.repository.move(moves).catch(async (error: Error) => {
      if (error instanceof MovedError) await this.#takeUpPushed();
      throw error instanceof MovedError ? new Refused(409, '内容刚刚从别处更新过，请再试一次') : error;
    });
  }

  /** What is published is now another commit. */
  async #arrive(commit: string, by: Name, why: string, showsOnSite = true): Promise<void> {
    const { repository, folder, onPublished } = this.#options;
    this.#main = commit;
    await writeOut(repository, commit, folder);
    if (showsOnSite) onPublished({ commit, by, why });
  }

  /** Somebody may have pushed to the repository, as `cms/README.md` describes. */
  async #takeUpPushed(): Promise<void> {
    const main = await this.#options.repository.resolve(MAIN);
    if (main && main !== this.#main) await this.#arrive(main, { name: 'Git', login: 'git' }, '从 Git 更新');
  }
}

/** ISO 8601; Git keeps no parts of a second. */
const toSecond = (time: Date) => new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString();

const due = (at: string | undefined, now: string) => at !== undefined && Date.parse(at) <= Date.parse(now);

const shown = ({ path, text, record, at, name }: Draft): StoredFile => ({
  path,
  text,
  version: versionOf(text),
  stage: record.stage,
  at,
  name,
});

/** Whether an entry is, or was, on the site. */
const isPublic = ({ file }: Place, draft: Draft | undefined): boolean =>
  !draft || existsSync(file) || wasPublic(draft.record);

const draftTitle = ({ path, text }: Draft) => {
  const place = placeOf(path);
  return place ? titleOf(place, text) : path;
};
