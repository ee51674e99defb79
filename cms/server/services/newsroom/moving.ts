import { noteOf } from './review-record.ts';
import { ACTIONS, type Note, type ReviewRequest, type MovePreview } from '../../../protocol/review.ts';
import { hasRole, type Person } from '../../../protocol/roles.ts';
import type { Place } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { MAIN } from '../../stores/content/repository.ts';
import { titleOf } from '../uses.ts';
import { type MovePlan, planMove, changesOfMove } from './move-plan.ts';
import { type Draft, draftOf, draftTitle, isPublic, refOf } from './draft.ts';
import type { Texts } from './texts.ts';

/** Changes an entry's address, with its draft, its record and everything that links to it, in one transaction. */

/** What a change of address would do; refused where it is not allowed. */
function plannedMove(
  texts: Texts,
  place: Place,
  draft: Draft | undefined,
  person: Person,
  to: string,
): MovePlan {
  const plan = planMove(place, to, (path) => texts.drafts.has(path));
  if (isPublic(place, draft)) {
    // A push may have published the entry while its draft was new.
    if (hasRole(person, 'publisher')) return plan;
    throw new Refused(403, '已经发布的内容，要「发布」以上的人才能更改地址');
  }
  // Only drafts can link to what was never public, and no redirect will be made for them.
  const users = [...texts.drafts.values()].filter(
    ({ path, document }) => path !== place.path && plan.follow(document) !== document,
  );
  if (users.length > 0)
    throw new Refused(
      409,
      `草稿${users.map(draftTitle).join('、')}引用着这一条；请先在那里去掉，改好地址以后再选`,
    );
  return plan;
}

/** The same for the editor, before the person confirms it. */
export function previewMove(
  texts: Texts,
  place: Place,
  draft: Draft | undefined,
  person: Person,
  to: string,
): MovePreview {
  const plan = plannedMove(texts, place, draft, person, to);
  return {
    from: plan.from,
    to: plan.to,
    isPublic: isPublic(place, draft),
    others: plan.others.map((other) => (other.place.list ? `「${other.place.list.label}」` : titleOf(other))),
  };
}

/**
 * Changes an entry's address.
 *
 * @returns its path afterwards
 */
export async function move(
  texts: Texts,
  place: Place,
  draft: Draft | undefined,
  person: Person,
  request: ReviewRequest,
): Promise<string> {
  const at = texts.now();
  const plan = plannedMove(texts, place, draft, person, request.to ?? '');
  const { place: target, from, to } = plan;
  const wasOnSite = isPublic(place, draft);
  const comment = `原来的地址是 ${from}`;
  const note: Note = {
    ...noteOf({ action: 'move', comment }, person, draft?.record.stage ?? 'published', at),
    formerly: place.slug,
  };
  const record = await texts.publishedRecord(place.path);
  const { onMain, onDraft } = changesOfMove(place, plan, { record, draft, note });

  const message = `${ACTIONS.move}：${from} → ${to}`;
  const commits = await texts.repository.commitAll(
    [
      ...(wasOnSite ? [{ from: texts.main, changes: onMain }] : []),
      ...(draft && onDraft ? [{ from: draft.commit, changes: onDraft.changes }] : []),
    ].map((commit) => ({ by: person, message, at: at.getTime(), ...commit })),
  );
  const main = wasOnSite ? (commits[0] as string) : undefined;
  const tip = commits.at(-1) as string;
  await texts.updateRefs([
    ...(main ? [{ ref: MAIN, from: texts.main, to: main }] : []),
    ...(draft
      ? [
          { ref: refOf(place.path), from: draft.commit, to: null },
          { ref: refOf(target.path), from: null, to: tip },
        ]
      : []),
  ]);
  if (onDraft) {
    texts.removeDraft(place.path);
    texts.setDraft(draftOf({ ...onDraft, path: target.path, commit: tip, at, by: person }));
  }
  texts.setExpiry(target.path, texts.expiry.get(place.path));
  texts.setExpiry(place.path, undefined);
  texts.setUrgent(target.path, texts.urgent.get(place.path));
  texts.setUrgent(place.path, undefined);
  if (main) await texts.onMainMoved(main, person, message);
  return target.path;
}
