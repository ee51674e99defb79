import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PlacedComment } from '../../../../documents/anchors.ts';
import { sentencesOf } from '../../../../documents/anchors.ts';
import { type Comment, MAX_COMMENT } from '../../../../protocol/comments.ts';
import type { Name, Person } from '../../../../protocol/roles.ts';
import { maySettle } from '../../../services/newsroom/comments.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';

/** Comments on the reading page: what was said of a sentence, answers, a button that settles it, a form for another. */

export interface CommentParts {
  context: Context;
  person: Person;
  authors: readonly Name[];
}

/** The form below a paragraph; folded until somebody has something to say. */
export function commentForm(
  { context }: CommentParts,
  { field, text, index }: { field: string; text: string; index: number },
): Markup {
  const sentences = sentencesOf(text);
  const choice = (value: string, label: string, isChosen: boolean) =>
    html`<label
      ><input type="radio" name="quote" value="${value}" ${isChosen && html`checked`} /> ${label}</label
    >`;
  return html`<details class="say">
    <summary>提意见</summary>
    <form class="form" method="post" action="comments/#place-${index}">
      ${csrfField(context)}
      <input type="hidden" name="do" value="add" />
      <input type="hidden" name="field" value="${field}" />
      <input type="hidden" name="paragraph" value="${text}" />
      <input type="hidden" name="index" value="${index}" />
      ${
        sentences.length > 0 &&
        html`<fieldset>
          <legend>哪一句</legend>
          ${choice('', '整段', true)} ${sentences.map((sentence) => choice(sentence, sentence, false))}
        </fieldset>`
      }
      <label>意见 <textarea name="text" rows="3" maxlength="${MAX_COMMENT}" required></textarea></label>
      <button>提意见</button>
    </form>
  </details>`;
}

/** A comment with its answers; settled ones are folded. */
export function commentItem(
  { context, person, authors }: CommentParts,
  { comment, isChanged }: PlacedComment,
): Markup {
  const { id, name, at, text, anchor, replies, resolved } = comment;
  const isOpen = resolved === undefined;
  const said = (one: { name: string; at: string; text: string }) =>
    html`<p class="said">
      <strong>${one.name}</strong> <small class="muted">${timeOf(one.at)}</small><br />${one.text}
    </p>`;
  const inside = html`${anchor.quote && html`<blockquote>${anchor.quote}</blockquote>`}
    ${isChanged && html`<p class="muted">这一句后来改过了。</p>`} ${said({ name, at, text })}
    ${replies.map(said)}
    ${resolved && html`<p class="muted">${resolved.name} ${timeOf(resolved.at)}说解决了。</p>`}
    <form method="post" action="comments/#comment-${id}" class="answer">
      ${csrfField(context)}<input type="hidden" name="id" value="${id}" />
      ${
        isOpen &&
        html`<details>
          <summary>回复</summary>
          <label
            ><span class="visually-hidden">回复</span
            ><textarea name="text" rows="2" maxlength="${MAX_COMMENT}"></textarea></label
          ><button name="do" value="reply">发回复</button>
        </details>`
      }
      ${
        maySettle(comment, authors, person) &&
        (isOpen
          ? html`<button class="plain" name="do" value="resolve">解决了</button>`
          : html`<button class="plain" name="do" value="reopen">还没解决</button>`)
      }
    </form>`;
  return isOpen
    ? html`<div class="comment" id="comment-${id}">${inside}</div>`
    : html`<details class="comment settled" id="comment-${id}">
        <summary>${name}的意见（解决了）</summary>
        ${inside}
      </details>`;
}

/** Comments whose sentence is not in the text any more. */
export function orphanComments(parts: CommentParts, orphans: readonly Comment[]): Markup {
  if (orphans.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="orphans">
    <h2 id="orphans">找不到位置的意见（${orphans.length}）</h2>
    <p>提意见的那一段已经删去或重写了。</p>
    ${orphans.map((comment) => {
      const { paragraph, quote } = comment.anchor;
      return html`${!quote && html`<blockquote>${paragraph}</blockquote>`}
      ${commentItem(parts, { comment, isChanged: false })}`;
    })}
  </section>`;
}
