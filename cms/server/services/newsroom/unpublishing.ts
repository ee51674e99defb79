import { ACTIONS, type ReviewRequest, type Step, type UrgentStep } from '../../../protocol/review.ts';
import type { Name, Person } from '../../../protocol/roles.ts';
import { type Place, placeOf, recordPath } from '../../../documents/places.ts';
import { readPlace } from '../../stores/content/published.ts';
import { MAIN } from '../../stores/content/repository.ts';
import { Refused } from '../refused.ts';
import { titleOf, usesOf } from '../uses.ts';
import { reviewedAfterwards, urgentOf } from './after-review.ts';
import { type Draft, draftOf, refOf, withRecord } from './draft.ts';
import { SYSTEM } from './publishing.ts';
import { authorsOf, newRecord, noteOf, recordText } from './review-record.ts';
import type { Texts } from './texts.ts';

/** What is on the site already: reviewed afterwards, noted on, taken off. */

/** Takes the next step of the review of what is public, or was taken off the site, already. */
export async function reviewAfterwards(
  texts: Texts,
  place: Place,
  draft: Draft | undefined,
  person: Person,
  request: ReviewRequest,
): Promise<void> {
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

/** Records a comment on a published entry, or the time when it is unpublished. */
export async function noteOnPublished(
  texts: Texts,
  place: Place,
  person: Person,
  request: ReviewRequest,
): Promise<void> {
  const former = await texts.publishedRecord(place.path);
  const notes = [...(former?.notes ?? []), noteOf(request, person, 'published', texts.now())];
  const expireAt = request.action === 'expire' ? request.at || undefined : former?.expireAt;
  const message = `${ACTIONS[request.action]}：${place.slug}`;
  const changes = new Map([[recordPath(place.path), recordText({ ...former, notes, expireAt })]]);
  await texts.commitToMain(person, message, changes, { showsOnSite: false });
  texts.setExpiry(place.path, expireAt);
}

/** Unpublishes an entry whose time is over. */
export async function expire(texts: Texts, path: string): Promise<void> {
  const place = placeOf(texts.content, path);
  if (place && readPlace(place))
    await unpublishNow(texts, place, SYSTEM, { action: 'unpublish', comment: '到了下线时间' }).catch(
      (error) => {
        console.error(error);
        throw new Error(`「${place.slug}」到时下线暂时没有做成，过一会儿自动再试`);
      },
    );
  texts.setExpiry(path, undefined);
}

/** Unpublishes an entry; its text becomes a draft. Refused while something published refers to it. */
export async function unpublish(
  texts: Texts,
  steps: readonly Step[],
  place: Place,
  person: Name,
  request: ReviewRequest,
): Promise<void> {
  refuseUses(place);
  const { comment: reason = '' } = request;
  const step = { person, action: 'unpublish' as const, reason, authors: [], now: texts.now() };
  // One other person says that it was right.
  await unpublishNow(texts, place, person, request, urgentOf({ ...step, pending: steps.slice(-1) }));
}

async function unpublishNow(
  texts: Texts,
  place: Place,
  person: Name,
  request: ReviewRequest,
  urgent?: UrgentStep,
): Promise<void> {
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

/** Refuses to remove an entry that something published refers to. */
export function refuseUses(place: Place): void {
  const uses = usesOf(place.content, place.kind, place.slug, '请先在那里去掉');
  if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着它，不能删除或下线`, uses);
}
