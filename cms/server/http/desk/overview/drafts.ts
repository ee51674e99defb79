import type { Context } from 'hono';
import { html } from 'hono/html';
import { standingOf } from '../../../../protocol/review.ts';
import type { Waiting } from '../../../services/newsroom/index.ts';
import { batchStepsOf } from '../batch/steps.ts';
import { tickedList } from '../batch/ticked-list.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { readingAddress } from '../review/page.ts';
import { type Markup, rootOf } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';

/** Drafts in a list of 「待办」, with tick-boxes for what this person may do with several at once. */

export const draftList = (context: Context, name: string, list: readonly Waiting[]): Markup =>
  tickedList(
    context,
    name,
    list.map((draft) => ({
      path: draft.path,
      version: draft.version,
      title: draft.title,
      steps: batchStepsOf(draft.actions),
      line: lineOf(draft, rootOf(context)),
    })),
  );

const lineOf = (
  { path, title, stage, returned, authors, at, name, publishAt }: Waiting,
  root: string,
): Markup =>
  html`<a href="${root}${readingAddress(path)}">${title}</a>
    <span class="tag ${returned !== undefined && 'bad'}"
      >${standingOf(stage, returned)}${publishAt && `（${timeOf(publishAt)}）`}</span
    >
    <small class="muted"
      >${writtenBy(authors, name)}${timeOf(at)}
      <a href="${editorAddress(root, path)}" aria-label="编辑${title}">编辑</a></small
    >`;

/** The authors of a text, and who changed it last where that is another person. */
function writtenBy(authors: Waiting['authors'], last: string): string {
  const names = authors.map((author) => author.name);
  return names.join() === last ? `${last}，` : `${names.join('、')}写稿，最后由${last}修改，`;
}
