import type { CommentRequest } from '../../../protocol/comments.ts';
import type { Place } from '../../../documents/places.ts';
import type { Person } from '../../../protocol/roles.ts';
import { Refused } from '../refused.ts';
import { withComment } from './comments.ts';
import { type Draft, draftTitle } from './draft.ts';
import { noteOf } from './review-record.ts';
import { ReviewRefusal } from './review-rules.ts';
import type { Texts } from './texts.ts';

/** What people say about a draft without changing it: comments on sentences, opinions from outside. */

const MESSAGES: Record<CommentRequest['do'], string> = {
  add: '提意见',
  reply: '回复意见',
  resolve: '解决意见',
  reopen: '重新打开意见',
};

/** The draft of a place; refused when there is none. */
function draftAt(texts: Texts, place: Place): Draft {
  const draft = texts.drafts.get(place.path);
  if (!draft) throw new Refused(404, '这一条现在没有草稿：可能已经发布或放弃了，请刷新看看');
  return draft;
}

/** Makes, answers or settles a comment. */
export async function comment(
  texts: Texts,
  place: Place,
  person: Person,
  request: CommentRequest,
): Promise<Draft> {
  const draft = draftAt(texts, place);
  const { path, document } = draft;
  const record = allowed(() => withComment(draft.record, request, person, texts.now()));
  const message = `${MESSAGES[request.do]}：${draftTitle(draft)}`;
  await texts.writeDrafts([{ path, by: person, message, document, record }]);
  return draft;
}

/** What somebody without an account says of a draft. It counts as no step of review. */
export interface Opinion {
  name: string;
  agrees: boolean;
  text: string;
}

const OUTSIDE = 'outside';

export async function addOpinion(
  texts: Texts,
  place: Place,
  { name, agrees, text }: Opinion,
): Promise<Draft> {
  const draft = draftAt(texts, place);
  const { path, document, record } = draft;
  const by = { name: `${name}（外部）`, login: OUTSIDE };
  const note = {
    ...noteOf({ action: 'opinion', comment: text }, by, record.stage, texts.now()),
    agrees,
  };
  const next = { ...record, notes: [...record.notes, note] };
  await texts.writeDrafts([{ path, by, message: `外部意见：${draftTitle(draft)}`, document, record: next }]);
  return draft;
}

function allowed<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ReviewRefusal) throw new Refused(403, error.message);
    throw error;
  }
}
