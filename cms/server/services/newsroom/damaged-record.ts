import { recordPath } from '../../../documents/places.ts';
import type { Place } from '../../../documents/places.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import type { Repository } from '../../stores/content/repository.ts';
import { newRecord, readRecord, type ReviewRecord } from './review-record.ts';

/** What cannot be read of the newsroom's texts, and what takes the place of a review record that cannot be understood. */

/** Collects what was found damaged; says each once. */
export function openDamageReport() {
  const found = new Map<string, string>();
  return {
    /** @param sentence Chinese, with what to do */
    tell(path: string, sentence: string): void {
      if (!found.has(path)) console.warn(sentence);
      found.set(path, sentence);
    },
    list: (): string[] => [...found.values()],
  };
}

/** What is said of a draft that cannot be read. */
export const lostDraft = (ref: string, { message }: Error): string =>
  `一份草稿（${ref}）读不出来：${message.split('\n')[0]}。请从备份补回内容库的对象，见 docs/operate.md 的「出了问题」。`;

export interface DamagedDraft {
  repository: Repository;
  /** Commit of what is published. */
  main: string;
  /** Newest commit of the draft. */
  commit: string;
  place: Place;
}

/**
 * The record that a draft goes on with: back at the beginning of the review, with the notes of the last record that can be
 * read and with everybody who changed the text as its authors, for whom the rules say that they do not review it. The
 * damaged one stays in the history.
 */
export async function recordInPlaceOf({
  repository,
  main,
  commit,
  place,
}: DamagedDraft): Promise<ReviewRecord> {
  const own = `${main}..${commit}`;
  const [written, recorded] = await Promise.all([
    repository.history(own, place.path),
    repository.history(own, recordPath(place.path)),
  ]);
  let last: ReviewRecord | undefined;
  for (const item of recorded) {
    const text = await repository.readText(item.commit, recordPath(place.path));
    last = text === undefined ? undefined : readRecord(text);
    if (last) break;
  }
  const authors = new Map(
    [...(last?.authors ?? []), ...written].map(({ login, name }) => [login, { login, name }]),
  );
  return {
    ...newRecord(last ? last.base : await baseOf({ repository, main, commit, place }), []),
    authors: [...authors.values()],
    notes: last?.notes ?? [],
    expireAt: last?.expireAt,
  };
}

/** Version of the text that was published when a draft began. */
async function baseOf({ repository, main, commit, place }: DamagedDraft): Promise<string | null> {
  const began = await repository.commonAncestor(main, commit);
  const text = began && (await repository.readText(began, place.path));
  return text === undefined || text === '' ? null : openDocument(place, text).version;
}
