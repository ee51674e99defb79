import { Component, createElement as h, createRef, type ReactNode } from 'react';
import { type CommentRequest, MAX_COMMENT } from '../../protocol/comments.ts';
import { type Action, ACTIONS, openQuestions, type ReviewState, standingOf } from '../../protocol/review.ts';
import { ApiError, api } from '../client/api.ts';
import { openConflictDialog } from '../entries/conflict.ts';
import { confirmProblems, showProblems } from '../dialogs/dialog.ts';
import { openHistoryDialog } from '../entries/history.ts';
import { watchBuild } from '../entries/build-status.ts';
import { currentDraft, onDraftChange } from '../entries/store.ts';
import { versionOf } from '../entries/versions.ts';
import type { ControlProps } from '../decap/control-props.ts';
import { readingAddress, ReviewComments } from './review-comments.ts';
import {
  errorCount,
  errorsOf,
  isInReview,
  ProblemsButton,
  ResultsLink,
  ReviewLog,
  ReviewSteps,
  ReviewStaff,
  showBackToDraft,
  summaryOf,
  unsavedHint,
} from './review-view.ts';

/** The review panel of an entry: its stage, problems and log, and a button for each action that this user may take. */

type ReviewAction = Exclude<Action, 'save'>;

/** Actions with a comment. */
const WITH_COMMENT: ReadonlySet<Action> = new Set(['return', 'comment', 'urgent']);
/** Actions with a date and time. */
const WITH_TIME: ReadonlySet<Action> = new Set(['schedule', 'expire']);
/** Confirmation of the actions that no other button here reverses. */
const CONFIRMATIONS: Partial<Record<Action, string>> = {
  discard: '确定要放弃这一稿吗？网站上已发布的内容不变。',
  unpublish: '确定要下线吗？网站上的这一页会消失，内容留作草稿。',
};
/** Actions whose button is in another control: `SlugControl`. */
const IN_OTHER_CONTROLS: ReadonlySet<Action> = new Set(['move']);
/** Actions with the main button style. */
const PRIMARY: ReadonlySet<Action> = new Set(['submit', 'approve', 'publish']);
/** Actions that errors prevent, on the server too. */
const PREVENTED_BY_ERRORS: ReadonlySet<Action> = new Set(['submit']);
/** Actions that hand the entry to the next reviewer: they need confirmation while it has errors. */
const HANDOVER: ReadonlySet<Action> = new Set(['approve']);
/** What the comment of an action is for. */
const COMMENT_LABELS: Partial<Record<Action, string>> = {
  return: '要改什么',
  comment: '留言',
  urgent: '为什么来不及审（马上上网站，随后由别人补审）',
};
/** Actions that start a build of the site. */
const STARTS_BUILD: ReadonlySet<Action> = new Set(['publish', 'urgent', 'unpublish']);

const prevented = (action: ReviewAction) =>
  `还不能${action === 'submit' ? ACTIONS.submit : ACTIONS.publish}：请先改好下面几处`;

/** Class of `<body>` while the entry has no page on the site. */
const NOT_ON_SITE = 'portal-not-on-site';

interface State {
  review: ReviewState | undefined;
  hasChanged: boolean;
  /** The action whose comment or time the editor is filling in. */
  pending: ReviewAction | undefined;
  busy: boolean;
  problem: string;
}

export class ReviewControl extends Component<ControlProps<string>> {
  override state: State = {
    review: undefined,
    hasChanged: false,
    pending: undefined,
    busy: false,
    problem: '',
  };
  private readonly comment = createRef<HTMLTextAreaElement>();
  private readonly moment = createRef<HTMLInputElement>();
  private unsubscribe: (() => void) | undefined;

  override componentDidMount() {
    this.unsubscribe = onDraftChange(() => {
      const { hasChanged } = currentDraft();
      if (hasChanged !== this.state.hasChanged) this.setState({ hasChanged });
    });
    this.setState({ hasChanged: currentDraft().hasChanged });
    window.addEventListener('portal-saved', this.refresh);
    void this.refresh();
  }

  override componentWillUnmount() {
    this.unsubscribe?.();
    document.body.classList.remove(NOT_ON_SITE);
    window.removeEventListener('portal-saved', this.refresh);
  }

  override componentDidUpdate(_props: unknown, previous: State) {
    const { review } = this.state;
    if (review === previous.review) return;
    document.body.classList.toggle(NOT_ON_SITE, review?.isPublished === false);
    window.dispatchEvent(new CustomEvent('portal-reviewed', { detail: review }));
  }

  override shouldComponentUpdate(_props: unknown, next: State) {
    return next !== this.state;
  }

  private path(): string {
    return String(this.props.getEntry().get('path') ?? '');
  }

  private refresh = async (event?: Event) => {
    const path = event instanceof CustomEvent ? String(event.detail) : this.path();
    if (!path) return;
    const previous = this.state.review;
    const review = await api.review(path).catch(() => undefined);
    if (this.unsubscribe) this.setState({ review });
    if (event && previous && review && isInReview(previous) && review.stage === 'draft')
      showBackToDraft(previous);
  };

  private start = async (action: ReviewAction) => {
    if (WITH_COMMENT.has(action) || WITH_TIME.has(action)) {
      this.setState({ pending: action, problem: '' }, () =>
        (WITH_TIME.has(action) ? this.moment : this.comment).current?.focus(),
      );
      return;
    }
    const { problems = [] } = this.state.review ?? {};
    if (PREVENTED_BY_ERRORS.has(action) && errorsOf(this.state.review).length > 0) {
      showProblems(prevented(action), problems);
      return;
    }
    const question = CONFIRMATIONS[action];
    if (question && !window.confirm(question)) return;
    if (HANDOVER.has(action) && !(await this.confirmErrors(action))) return;
    if (await this.confirmQuestions(action)) await this.perform(action);
  };

  /** Says what is still open before the entry is handed on. */
  private async confirmQuestions(action: ReviewAction): Promise<boolean> {
    const { review } = this.state;
    const questions = review ? openQuestions(review, action) : [];
    if (questions.length === 0) return true;
    const file = this.path();
    const problems = questions.map((message) => ({ severity: 'warning' as const, file, message }));
    return confirmProblems(`${ACTIONS[action]}以前，请看看`, problems, `照样${ACTIONS[action]}`);
  }

  private sendComment = async (request: CommentRequest) => {
    try {
      this.setState({ review: await api.comment(this.path(), request), problem: '' });
    } catch (error) {
      this.setState({ problem: (error as Error).message });
    }
  };

  /** Asks for confirmation when the entry has errors. */
  private async confirmErrors(action: ReviewAction): Promise<boolean> {
    const errors = errorsOf(this.state.review);
    if (errors.length === 0) return true;
    const label = ACTIONS[action];
    return confirmProblems(`${label}以前：${errorCount(errors)}`, errors, `照样${label}`);
  }

  private async perform(action: ReviewAction, accepted?: string[]) {
    const path = this.path();
    const local = this.moment.current?.value;
    const at = local ? new Date(local).toISOString() : undefined;
    const comment = this.comment.current?.value.trim() || undefined;
    this.setState({ busy: true, problem: '' });
    try {
      const review = await api.act(path, versionOf(path) ?? '', { action, comment, at, accepted });
      this.setState({ review, pending: undefined, busy: false });
      if (STARTS_BUILD.has(action)) watchBuild(path);
      if (action === 'discard') location.reload();
    } catch (error) {
      this.setState({ busy: false });
      await this.showError(error as Error, path, action);
    }
  }

  private async showError(error: Error, path: string, action: ReviewAction): Promise<void> {
    const { problems = [], theirs } = error instanceof ApiError ? error : {};
    if (problems.length > 0 && problems.every(({ severity }) => severity === 'warning')) {
      const label = `都看过了，照样${ACTIONS[action]}`;
      const accepted = problems.map(({ message }) => message);
      if (await confirmProblems(`${ACTIONS[action]}以前，请看看这几处`, problems, label))
        await this.perform(action, accepted);
      return;
    }
    this.setState({ problem: error.message });
    if (problems.length > 0) showProblems(prevented(action), problems);
    else if (theirs) this.openConflict(error.message, path, theirs);
  }

  private async openConflict(message: string, path: string, theirs: NonNullable<ApiError['theirs']>) {
    const mine = await api.file(path);
    const published = mine !== null && mine.version === versionOf(path);
    openConflictDialog({ path, message, mine: mine?.text ?? '', theirs, published });
  }

  private renderDetails(action: ReviewAction): ReactNode {
    return h(
      'div',
      { className: 'portal-ask' },
      WITH_TIME.has(action) &&
        h('label', null, '日期和时间', h('input', { type: 'datetime-local', ref: this.moment })),
      h(
        'label',
        null,
        COMMENT_LABELS[action] ?? '说明（可不填）',
        h('textarea', { ref: this.comment, rows: 3, maxLength: MAX_COMMENT }),
      ),
      h(
        'div',
        { className: 'portal-actions' },
        h(
          'button',
          { type: 'button', className: 'main', onClick: () => this.perform(action) },
          ACTIONS[action],
        ),
        h(
          'button',
          { type: 'button', onClick: () => this.setState({ pending: undefined, problem: '' }) },
          '取消',
        ),
      ),
    );
  }

  override render() {
    const { classNameWrapper, forID } = this.props;
    const { review, hasChanged, pending, busy, problem } = this.state;
    const frame = (...children: ReactNode[]) =>
      h(
        'section',
        { id: forID, className: `${classNameWrapper} portal-review`, 'aria-label': '审核和发布' },
        ...children,
      );
    if (!review) return frame(h('p', null, '还没有保存。保存以后是草稿，网站上看不到。'));
    const isDisabled = hasChanged || busy;
    return frame(
      h(
        'p',
        { className: 'portal-standing', role: 'status' },
        h('strong', { className: `portal-stage ${review.stage}` }, standingOf(review.stage, review.returned)),
        h('span', null, summaryOf(review)),
        h(ProblemsButton, { review }),
      ),
      h(ReviewSteps, { review }),
      pending
        ? this.renderDetails(pending)
        : h(
            'div',
            { className: 'portal-actions' },
            (review.actions as ReviewAction[])
              .filter((action) => !IN_OTHER_CONTROLS.has(action))
              .map((action) =>
                h(
                  'button',
                  {
                    key: action,
                    type: 'button',
                    className: PRIMARY.has(action) ? 'main' : undefined,
                    disabled: isDisabled && action !== 'comment',
                    onClick: () => this.start(action),
                  },
                  ACTIONS[action],
                ),
              ),
            h('button', { type: 'button', onClick: () => openHistoryDialog(this.path()) }, '历史'),
            h('a', { href: readingAddress(this.path()) }, '审稿页'),
            h(ResultsLink, { path: this.path() }),
          ),
      h(ReviewStaff, { review }),
      h(ReviewComments, { comments: review.comments, send: this.sendComment }),
      hasChanged && h('p', { className: 'portal-hint' }, unsavedHint(review)),
      problem && h('p', { className: 'portal-problem', role: 'alert' }, problem),
      h(ReviewLog, review),
    );
  }
}
