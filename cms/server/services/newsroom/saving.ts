import { refuseStale, usesOfRemovedItems, mergeIntoFile, refuseErrors } from './refusals.ts';
import { existingSlugs, inFormTerms, validate } from '../validation.ts';
import { afterSave } from './review-rules.ts';
import type { Corpus } from '../../../../src/checks/corpus.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import { newRecord } from './review-record.ts';
import { hasRole, type Person } from '../../../protocol/roles.ts';
import type { Place } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { MAX_INLINE, renderChecked } from '../body-check/index.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import { titleOf } from '../uses.ts';
import { refuseFormerAddress, rewriteMovedLinks } from './move-plan.ts';
import { asPublished, type DraftWrite, toStoredFile } from './draft.ts';
import type { Texts } from './texts.ts';
import type { SavedFile, SaveRequest } from '../../../protocol/entries.ts';
import type { Queue } from '../../process/queue.ts';
import { problemsOf } from './reading.ts';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** Saving: an entry as a draft, a list or the settings at once. */

interface WaitingSave {
  place: Place;
  person: Person;
  request: SaveRequest;
  resolve: (saved: SavedFile) => void;
  reject: (error: Error) => void;
}

type Prepared = { problems: Problem[] } & (
  { write: DraftWrite; saved?: never } | { saved: SavedFile; write?: never }
);

/** Prepares a save: what is to be written, or the answer when nothing has changed. */
async function prepareSave(
  texts: Texts,
  place: Place,
  person: Person,
  { path, text, version, seen }: SaveRequest,
  slugs: Corpus['slugs'],
): Promise<Prepared> {
  const draft = texts.drafts.get(place.path);
  const published = readPlace(place);
  const former = draft?.document ?? published;
  const current = draft ? toStoredFile(draft) : published && asPublished(published);
  const merged = mergeIntoFile(place, text, former);
  // The same text again is a retry after a lost answer. A new file may be a duplicate.
  if (version === null || merged !== former) refuseStale(current, version);
  if (!current) refuseFormerAddress(place);
  const problems = await problemsOf(texts, merged, slugs);
  const resolved = seen !== undefined && seen === published?.version;
  if (current && merged === former && !resolved) return { saved: { ...current, problems }, problems };
  const before = draft?.record ?? newRecord(published?.version ?? null, []);
  const record = {
    ...afterSave(before, person, texts.now()),
    ...(resolved ? { base: seen } : {}),
  };
  const write = { path, by: person, message: `修改：${titleOf(merged)}`, document: merged, record };
  return { write, problems };
}

/** Saves of drafts. Those that arrive during another change are committed together by one run of Git. */
export class SaveQueue {
  readonly #texts: Texts;
  readonly #exclusively: Queue['run'];
  #waiting: WaitingSave[] = [];

  constructor(texts: Texts, exclusively: Queue['run']) {
    this.#texts = texts;
    this.#exclusively = exclusively;
  }

  /** Saves a draft after the changes before it. */
  async save(place: Place, person: Person, request: SaveRequest): Promise<SavedFile> {
    // A body that takes long to check is checked before, not while everyone else's changes wait.
    if (place.format === 'mdx' && request.text.length > MAX_INLINE) {
      await renderChecked(rewriteMovedLinks(openDocument(place, request.text)).parsed.body);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ place, person, request, resolve, reject });
      if (this.#waiting.length === 1) this.#schedule();
    });
  }

  #schedule(): void {
    this.#exclusively(() => this.#saveWaiting()).catch((error: Error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  async #saveWaiting(): Promise<void> {
    const waiting = this.#waiting.splice(0);
    // The same for all of them: nothing is published meanwhile.
    let slugs: Corpus['slugs'] | undefined;
    const writes = new Map<
      string,
      DraftWrite & Pick<WaitingSave, 'resolve' | 'reject'> & { problems: Problem[] }
    >();
    for (const save of waiting) {
      const { place, person, request, resolve, reject } = save;
      // A second save of the same entry has to see the result of the first.
      if (writes.has(place.path)) this.#waiting.push(save);
      else
        try {
          slugs ??= existingSlugs(this.#texts.content);
          const { write, saved, problems } = await prepareSave(this.#texts, place, person, request, slugs);
          if (write) writes.set(place.path, { ...write, problems, resolve, reject });
          else resolve(saved);
        } catch (error) {
          reject(error as Error);
        }
      await yieldToEventLoop();
    }
    if (this.#waiting.length > 0) this.#schedule();
    try {
      const drafts = await this.#texts.writeDrafts([...writes.values()]);
      for (const draft of drafts) {
        const { resolve, problems } = writes.get(draft.path) as {
          resolve: (saved: SavedFile) => void;
          problems: Problem[];
        };
        resolve({ ...toStoredFile(draft), problems });
      }
    } catch (error) {
      for (const { reject } of writes.values()) reject(error as Error);
    }
  }
}

/** Saves a list or the settings, which take effect at once. */
export async function saveData(
  texts: Texts,
  place: Place,
  person: Person,
  { path, text, version }: SaveRequest,
): Promise<SavedFile> {
  if (!hasRole(person, 'publisher'))
    throw new Refused(403, '名录和设置保存后马上生效，要「发布」以上的人来改；你写的还在页面里');
  const before = readPlace(place);
  refuseStale(before && asPublished(before), version);
  const merged = rewriteMovedLinks(mergeIntoFile(place, text, before));
  const problems = [...inFormTerms(merged, validate(merged)), ...usesOfRemovedItems(before, merged)];
  refuseErrors(problems);
  if (merged.text !== before?.text)
    await texts.commitToMain(person, `修改：${place.list?.label ?? '设置'}`, new Map([[path, merged.text]]));
  return { ...asPublished(merged), problems };
}
