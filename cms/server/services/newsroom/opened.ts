import type { Place } from '../../../documents/places.ts';
import type { ReviewRequest, Step } from '../../../protocol/review.ts';
import type { Person } from '../../../protocol/roles.ts';
import { Refused } from '../refused.ts';
import type { Draft } from './draft.ts';
import { currentText, resolvePlace } from './reading.ts';
import { conflictOf } from './refusals.ts';
import { checkStep, ReviewRefusal } from './review-rules.ts';
import type { Texts } from './texts.ts';

/** An entry with which somebody is about to take a step: it is there, as they have it before them, and the step is allowed. */

/** Refuses a step that the rules of review do not allow. */
export function refuseStep(
  draft: Draft | undefined,
  request: ReviewRequest,
  person: Person,
  steps: readonly Step[],
  now: Date,
  urgent = draft?.record.urgent,
): void {
  try {
    checkStep(draft?.record, request, person, steps, now, urgent);
  } catch (error) {
    if (error instanceof ReviewRefusal) throw new Refused(403, error.message);
    throw error;
  }
}

/**
 * The entry at a path, with its draft where there is one.
 *
 * @param wanted.version of the text that the person has before them
 * @throws {Refused} when there is none, it was changed meanwhile, or the person may not take this step
 */
export function openForStep(
  texts: Texts,
  steps: readonly Step[],
  person: Person,
  { path, version }: { path: string; version: string },
  request: ReviewRequest,
): { place: Place; draft: Draft | undefined } {
  const place = resolvePlace(texts, path);
  if (!place.type) throw new Refused(403, '名录和设置保存以后直接生效，不用审核');
  const draft = texts.drafts.get(place.path);
  const current = currentText(texts, place);
  if (!current) throw new Refused(404, '没有这条内容，可能已经删除');
  if (current.version !== version)
    throw new Refused(409, '这一条刚刚被改过，请先看过新的内容再操作', [], conflictOf(current));
  refuseStep(draft, request, person, steps, texts.now(), texts.urgent.get(place.path));
  return { place, draft };
}
