import { createElement as h, type ReactNode } from 'react';
import { ACTIONS, RECORDED, STAGES, STEPS, type Step, type ReviewState } from '../../protocol/review.ts';
import { siteRoot } from '../client/address.ts';
import { button, buttons, element, momentText, openDialog, showProblems } from '../dialogs/dialog.ts';

/** The read-only parts of the review panel. */

/** Problems that prevent publishing. */
export const errorsOf = (review: ReviewState | undefined) =>
  review?.problems.filter(({ severity }) => severity === 'error') ?? [];

export const errorCount = ({ length }: readonly unknown[]) => `发布前还要改 ${length} 处`;

/** Authors, what the site shows, and scheduled publishing: `写稿：王晓；还没有上过网站`. */
export function summaryOf({ stage, authors, isPublished, publishAt, expireAt }: ReviewState): string {
  return [
    authors.length > 0 && `写稿：${authors.map(({ name }) => name).join('、')}`,
    stage !== 'published' && (isPublished ? '网站上还是上一版' : '还没有上过网站'),
    publishAt && `${momentText(publishAt)} 自动发布`,
    expireAt && `${momentText(expireAt)} 自动下线`,
  ]
    .filter(Boolean)
    .join('；');
}

/** A button that lists the problems of the entry. */
export function ProblemsButton({ review }: { review: ReviewState }): ReactNode {
  const { problems } = review;
  if (problems.length === 0) return null;
  const errors = errorsOf(review);
  const label = errors.length > 0 ? errorCount(errors) : `有 ${problems.length} 处可以再看看`;
  return h(
    'button',
    { type: 'button', className: 'link', onClick: () => showProblems(label, problems) },
    label,
  );
}

/** Progress through the review steps of this server. */
export function ReviewSteps({ review }: { review: ReviewState }): ReactNode {
  if (review.steps.length === 0) return null;
  const order: string[] = ['draft', ...review.steps, 'published'];
  const now = order.indexOf(review.stage === 'scheduled' ? 'published' : review.stage);
  const name = (step: string) => (step in STEPS ? STEPS[step as Step].label : STAGES[step as 'draft']);
  return h(
    'ol',
    { className: 'portal-steps', 'aria-label': '三审三校' },
    order.map((step, index) =>
      h(
        'li',
        {
          key: step,
          className: index < now ? 'done' : undefined,
          'aria-current': index === now ? 'step' : undefined,
        },
        name(step),
      ),
    ),
  );
}

/** Who can take the next step, what nobody can do, and what is still to be reviewed although it is public. */
export function ReviewStaff({ review }: { review: ReviewState }): ReactNode {
  const { waitsFor, stuck, urgent } = review;
  const pending = urgent?.pending.map((step) => STEPS[step].label).join('、');
  const sentences = [
    urgent &&
      `${ACTIONS.urgent}：${urgent.name}${urgent.action === 'unpublish' ? '先下线' : '先发布'}了，还要补${pending}。`,
    waitsFor.length > 0 && `等${waitsFor.map(({ name }) => `「${name}」`).join('、')}里的一位审。`,
    ...stuck,
  ].filter((sentence) => typeof sentence === 'string');
  return sentences.map((sentence) => h('p', { key: sentence, className: 'portal-hint' }, sentence));
}

/** The path of an event or a stop: those have results. */
const WITH_RESULTS = /^content\/((?:events|caravan)\/[\w-]+)\.mdx$/;

/** Leads to the form of the desk that asks for the results alone. */
export function ResultsLink({ path }: { path: string }): ReactNode {
  const [, stem] = WITH_RESULTS.exec(path) ?? [];
  return stem ? h('a', { href: `${siteRoot}admin/desk/results/${stem}/` }, '补成果') : null;
}

/** The review log, newest first. */
export function ReviewLog({ notes }: Pick<ReviewState, 'notes'>): ReactNode {
  if (notes.length === 0) return null;
  return h(
    'details',
    { open: notes.at(-1)?.action === 'return' || undefined },
    h('summary', null, `审核记录（${notes.length}）`),
    h(
      'ol',
      { className: 'portal-notes' },
      notes
        .toReversed()
        .map(({ at, name, action, agrees, comment, accepted }) =>
          h(
            'li',
            { key: `${at}${action}` },
            h(
              'span',
              null,
              `${momentText(at)}　${name}　${RECORDED[action]}${agrees === undefined ? '' : agrees ? '：同意' : '：有意见'}`,
            ),
            comment && h('p', null, comment),
            accepted && h('p', null, `看过、没有改的提醒：${accepted.join('；')}`),
          ),
        ),
    ),
  );
}

/** Whether reviewers have the entry. */
export const isInReview = ({ stage }: ReviewState) => stage !== 'draft' && stage !== 'published';

/** Hint about unsaved changes. A reviewer, who may return the entry, can edit it without restarting the review. */
export const unsavedHint = (review: ReviewState): string =>
  isInReview(review) && !review.actions.includes('return')
    ? `有没保存的修改。这一稿是「${STAGES[review.stage]}」，保存以后回到草稿，要从头审起。`
    : '有没保存的修改：先保存，再提交或发布。';

/** Saving has set an entry in review back to a draft: says so, because the panel may be out of view. */
export function showBackToDraft({ stage, steps }: ReviewState): void {
  const next = ACTIONS[steps.length > 0 ? 'submit' : 'schedule'];
  openDialog(
    '已保存，回到草稿',
    'portal-back',
    element('p', `这一稿原来是「${STAGES[stage]}」，改了就要从头审起：写好以后，请再按「${next}」。`),
    buttons(button('知道了')),
  );
}
