import { withoutRedirectsTo, refuseFormerAddress } from './move-plan.ts';
import { type Person, hasRole } from '../../../protocol/roles.ts';
import { type Place, recordPath } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import { readPlace } from '../../stores/content/published.ts';
import { titleOf } from '../uses.ts';
import { refuseUses } from './unpublishing.ts';
import { DISCARDED, discardedRef, readDiscarded } from './discarded.ts';
import type { Texts } from './texts.ts';
import { authorsOf, newRecord, readPublishedRecord, readRecord, type ReviewRecord } from './review-record.ts';
import { type Draft, draftOf, refOf, withRecord } from './draft.ts';
import type { RefUpdate } from '../../stores/content/journal.ts';

/** Deleting entries and discarding drafts, so that they can be restored. */

const discardOf = (draft: Draft, at: Date, { login }: Person): RefUpdate => ({
  ref: discardedRef(draft.path, at, login),
  from: null,
  to: draft.commit,
});

/** Discards a draft. */
export async function discard(texts: Texts, draft: Draft, person: Person): Promise<void> {
  await texts.updateRefs([
    discardOf(draft, texts.now(), person),
    { ref: refOf(draft.path), from: draft.commit, to: null },
  ]);
  texts.removeDraft(draft.path);
}

/** Deletes what is published, with the draft of it. */
export async function deletePublished(
  texts: Texts,
  place: Place,
  draft: Draft | undefined,
  person: Person,
): Promise<void> {
  if (!hasRole(person, 'publisher')) throw new Refused(403, '已经发布的内容，要「发布」以上的人才能删除');
  refuseUses(place);
  const published = readPlace(place) ?? openDocument(place, '');
  const message = `删除：${titleOf(published)}`;
  const changes = new Map<string, string | null>([
    [place.path, null],
    [recordPath(place.path), null],
    ...withoutRedirectsTo(place),
  ]);
  const at = texts.now();
  await texts.commitToMain(person, message, changes, {
    drafts: draft && [draft],
    discards: [
      { ref: discardedRef(place.path, at, person.login), from: null, to: texts.main },
      // A millisecond earlier: the references of the draft and of the published text must differ.
      ...(draft ? [discardOf(draft, new Date(at.getTime() - 1), person)] : []),
    ],
  });
  texts.setUrgent(place.path, undefined);
}

/**
 * Makes a draft of a discarded text; it is not published.
 *
 * @returns its path
 * @throws {Refused} when there is no such, or when its address has something else by now
 */
export async function restore(texts: Texts, person: Person, id: string): Promise<string> {
  const { repository } = texts;
  const item = await readDiscarded(texts, person, id);
  if (!item) throw new Refused(404, '没有这一条，可能已经恢复了');
  const { path, document, commit } = item;
  const { place } = document;
  if (texts.drafts.has(path))
    throw new Refused(409, '这个网址名现在有一份草稿，先把那份发布或放弃，再来恢复');
  const source = await repository.readText(commit, recordPath(path));
  // A deleted entry has the record of what was published.
  const former: Partial<ReviewRecord> = (source && (readRecord(source) ?? readPublishedRecord(source))) || {};
  const published = readPlace(place);
  // A draft of what is still published goes on from there; any other would hide a new entry of the same slug.
  if (published && !former.base)
    throw new Refused(409, '这个网址名现在是另一条已发布的内容；可以打开这份的全文，把要用的文字复制过去');
  if (!published) refuseFormerAddress(place);
  const at = texts.now();
  const authors = [...authorsOf(former), person];
  const record = {
    ...newRecord(published ? (former.base ?? null) : null, authors, former.notes ?? []),
    comments: former.comments,
  };
  const made = await repository.commit({
    by: person,
    message: `恢复：${titleOf(document)}`,
    at: at.getTime(),
    from: commit,
    changes: withRecord(path, document.text, record),
  });
  await texts.updateRefs([
    { ref: refOf(path), from: null, to: made },
    { ref: `${DISCARDED}${id}`, from: commit, to: null },
  ]);
  texts.setDraft(draftOf({ path, commit: made, document, record, at, by: person }));
  return path;
}
