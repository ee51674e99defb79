import { randomBytes } from 'node:crypto';
import {
  type Comment,
  type CommentRequest,
  MAX_COMMENT,
  MOST_COMMENTS,
  MOST_REPLIES,
} from '../../../protocol/comments.ts';
import { hasRole, type Name, type Person } from '../../../protocol/roles.ts';
import type { ReviewRecord } from './review-record.ts';
import { ReviewRefusal } from './review-rules.ts';

/** Comments on the sentences of a draft: who may do what with them. Pure functions. */

/** Whether a person may settle a comment: who made it, who wrote the text, who reviews. */
export const maySettle = ({ login }: Comment, authors: readonly Name[], person: Person): boolean =>
  login === person.login ||
  authors.some((author) => author.login === person.login) ||
  hasRole(person, 'reviewer');

function checkedText(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) throw new ReviewRefusal('请先写下意见');
  if (trimmed.length > MAX_COMMENT) throw new ReviewRefusal(`意见最多 ${MAX_COMMENT} 个字，请写短一些`);
  return trimmed;
}

/**
 * The record after something was done with its comments.
 *
 * @throws {ReviewRefusal} when it may not be done, or when there is too much already
 */
export function withComment(
  record: ReviewRecord,
  request: CommentRequest,
  person: Person,
  now: Date,
): ReviewRecord {
  const { login, name } = person;
  const at = now.toISOString();
  const comments = record.comments ?? [];
  if (request.do === 'add') {
    if (comments.length >= MOST_COMMENTS)
      throw new ReviewRefusal(`一稿最多 ${MOST_COMMENTS} 条意见，请写进退回的原因里`);
    const { anchor } = request;
    const id = randomBytes(6).toString('hex');
    const made = { id, at, login, name, anchor, text: checkedText(request.text), replies: [] };
    return { ...record, comments: [...comments, made] };
  }
  const found = comments.find(({ id }) => id === request.id);
  if (!found) throw new ReviewRefusal('没有这条意见，可能这一稿已经发布或放弃了');
  return {
    ...record,
    comments: comments.map((one) => (one === found ? changed(found, request, record, person, at) : one)),
  };
}

function changed(
  comment: Comment,
  request: Exclude<CommentRequest, { do: 'add' }>,
  { authors }: ReviewRecord,
  person: Person,
  at: string,
): Comment {
  const { login, name } = person;
  if (request.do === 'reply') {
    if (comment.replies.length >= MOST_REPLIES)
      throw new ReviewRefusal(`一条意见最多回 ${MOST_REPLIES} 次，请当面商量`);
    return {
      ...comment,
      replies: [...comment.replies, { at, login, name, text: checkedText(request.text) }],
    };
  }
  if (!maySettle(comment, authors, person))
    throw new ReviewRefusal('只有提意见的人、写这一稿的人和「审核」以上的人能说它解决了');
  return { ...comment, resolved: request.do === 'resolve' ? { at, login, name } : undefined };
}
