import { createElement as h, type ReactNode, useState } from 'react';
import { type Comment, type CommentRequest, MAX_COMMENT } from '../../protocol/comments.ts';
import type { ReviewState } from '../../protocol/review.ts';
import { siteRoot } from '../client/address.ts';
import { momentText } from '../dialogs/dialog.ts';

/** Comments on sentences, listed in the review panel: answered and settled there, made on the reading page. */

/** Address of the desk's page on which a draft is read and commented on. */
export const readingAddress = (path: string): string =>
  `${siteRoot}admin/desk/review/${path.replace(/^content\/|\.\w+$/g, '')}/`;

interface Props {
  comments: ReviewState['comments'];
  /** Sends what was asked for; resolves when the panel shows the outcome. */
  send: (request: CommentRequest) => Promise<void>;
}

export function ReviewComments({ comments, send }: Props): ReactNode {
  if (comments.length === 0) return null;
  const open = comments.filter(({ resolved }) => !resolved);
  return h(
    'details',
    { className: 'portal-comments', open: open.length > 0 || undefined },
    h('summary', null, open.length > 0 ? `意见：还有 ${open.length} 条没有解决` : `意见（都解决了）`),
    h(
      'ul',
      null,
      [...open, ...comments.filter(({ resolved }) => resolved)].map((comment) =>
        h(OneComment, { key: comment.id, comment, send }),
      ),
    ),
  );
}

function OneComment({ comment, send }: { comment: Comment; send: Props['send'] }): ReactNode {
  const { id, name, at, text, anchor, replies, resolved } = comment;
  const [answer, setAnswer] = useState('');
  const [isBusy, setBusy] = useState(false);
  const ask = async (request: CommentRequest) => {
    setBusy(true);
    await send(request).finally(() => setBusy(false));
  };
  const said = (one: { name: string; at: string; text: string }) =>
    h('p', { key: one.at }, h('strong', null, one.name), `　${momentText(one.at)}`, h('br'), one.text);
  return h(
    'li',
    { className: resolved ? 'settled' : undefined },
    h('blockquote', null, anchor.quote || anchor.paragraph.slice(0, 60)),
    said({ name, at, text }),
    replies.map(said),
    resolved
      ? h(
          'p',
          null,
          `${resolved.name}说解决了　`,
          h(
            'button',
            { type: 'button', disabled: isBusy, onClick: () => ask({ do: 'reopen', id }) },
            '还没解决',
          ),
        )
      : h(
          'div',
          { className: 'portal-answer' },
          h('textarea', {
            'aria-label': '回复',
            rows: 1,
            maxLength: MAX_COMMENT,
            value: answer,
            onChange: ({ target }: { target: HTMLTextAreaElement }) => setAnswer(target.value),
          }),
          h(
            'button',
            {
              type: 'button',
              disabled: isBusy || !answer.trim(),
              onClick: () => ask({ do: 'reply', id, text: answer }).then(() => setAnswer('')),
            },
            '回复',
          ),
          h(
            'button',
            { type: 'button', disabled: isBusy, onClick: () => ask({ do: 'resolve', id }) },
            '解决了',
          ),
        ),
  );
}
