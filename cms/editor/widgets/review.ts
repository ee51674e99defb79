import { Component, createElement as h, createRef, type ReactNode } from 'react';
import {
  type Action,
  ACTIONS,
  MAX_COMMENT,
  STAGES,
  STEPS,
  type Step,
  type ReviewState,
} from '../../protocol/review.ts';
import { ApiError, api } from '../client/api.ts';
import { openConflictDialog } from '../entries/conflict.ts';
import {
  button,
  buttons,
  element,
  confirmProblems,
  momentText,
  openDialog,
  showProblems,
} from '../dialogs/dialog.ts';
import { openHistoryDialog } from '../entries/history.ts';
import { watchBuild } from '../entries/build-status.ts';
import { currentDraft, onDraftChange } from '../entries/store.ts';
import { versionOf } from '../entries/versions.ts';
import type { ControlProps } from '../decap/control-props.ts';

/** Where the entry stands, who has it, what was said, and the buttons that this person may press. */

type Taken = Exclude<Action, 'save'>;

/** Actions that need a word first. */
const COMMENTED: ReadonlySet<Action> = new Set(['return', 'comment']);
/** Actions that need a moment. */
const TIMED: ReadonlySet<Action> = new Set(['schedule', 'expire']);
/** Actions that cannot be taken back with another button here. */
const QUESTIONS: Partial<Record<Action, string>> = {
  discard: '确定要放弃这一稿吗？网站上已发布的内容不变。',
  unpublish: '确定要下线吗？网站上的这一页会消失，内容留作草稿。',
};
/** Actions whose button stands beside the field that they change. */
const ELSEWHERE: ReadonlySet<Action> = new Set(['move']);
const FORWARD: ReadonlySet<Action> = new Set(['submit', 'approve', 'publish']);
/** Actions that hand a text to the next person, who is not to find it unfinished by surprise. */
const HANDING_ON: ReadonlySet<Action> = new Set(['submit', 'approve']);
/** Actions after which the site is built anew. */
const BUILDS: ReadonlySet<Action> = new Set(['publish', 'unpublish']);

/** On the page while the open entry has no page on the site. */
const NOT_ON_SITE = 'portal-not-on-site';

interface State {
  review: ReviewState | undefined;
  hasChanged: boolean;
  asked: Taken | undefined;
  busy: boolean;
  problem: string;
}

const isHandedIn = ({ stage }: ReviewState) => stage !== 'draft' && stage !== 'published';

/** What keeps a text from being published. */
const errorsOf = (review: ReviewState | undefined) =>
  review?.problems.filter(({ severity }) => severity === 'error') ?? [];

const toMend = ({ length }: readonly unknown[]) => `发布前还要改 ${length} 处`;

/** What whoever is changing the text ought to know. Whoever may return it may also mend it where it is. */
const hintOf = (review: ReviewState): string =>
  isHandedIn(review) && !review.actions.includes('return')
    ? `有没保存的修改。这一稿是「${STAGES[review.stage]}」，保存以后回到草稿，要从头审起。`
    : '有没保存的修改：先保存，再提交或发布。';

/** Says that saving took a text out of the review: whoever was at its foot would go home and leave it a draft. */
function tellBack({ stage, steps }: ReviewState): void {
  const next = ACTIONS[steps.length > 0 ? 'submit' : 'schedule'];
  openDialog(
    '已保存，回到草稿',
    'portal-back',
    element('p', `这一稿原来是「${STAGES[stage]}」，改了就要从头审起：写好以后，请再按「${next}」。`),
    buttons(button('知道了')),
  );
}

export class ReviewControl extends Component<ControlProps<string>> {
  override state: State = {
    review: undefined,
    hasChanged: false,
    asked: undefined,
    busy: false,
    problem: '',
  };
  private readonly comment = createRef<HTMLTextAreaElement>();
  private readonly moment = createRef<HTMLInputElement>();
  private unwatch: (() => void) | undefined;

  override componentDidMount() {
    this.unwatch = onDraftChange(() => {
      const { hasChanged } = currentDraft();
      if (hasChanged !== this.state.hasChanged) this.setState({ hasChanged });
    });
    this.setState({ hasChanged: currentDraft().hasChanged });
    window.addEventListener('portal-saved', this.refresh);
    void this.refresh();
  }

  override componentWillUnmount() {
    this.unwatch?.();
    document.body.classList.remove(NOT_ON_SITE);
    window.removeEventListener('portal-saved', this.refresh);
  }

  override componentDidUpdate(_props: unknown, former: State) {
    const { review } = this.state;
    if (review === former.review) return;
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
    const former = this.state.review;
    const review = await api.review(path).catch(() => undefined);
    if (this.unwatch) this.setState({ review });
    if (event && former && review && isHandedIn(former) && review.stage === 'draft') tellBack(former);
  };

  private press = async (action: Taken) => {
    if (COMMENTED.has(action) || TIMED.has(action)) {
      this.setState({ asked: action, problem: '' }, () =>
        (TIMED.has(action) ? this.moment : this.comment).current?.focus(),
      );
      return;
    }
    const question = QUESTIONS[action];
    if (question && !window.confirm(question)) return;
    if (!HANDING_ON.has(action) || (await this.mayBeUnfinished(action))) await this.take(action);
  };

  /** Asks whether to go on although something has to be mended before the text can be published. */
  private async mayBeUnfinished(action: Taken): Promise<boolean> {
    const errors = errorsOf(this.state.review);
    if (errors.length === 0) return true;
    const label = ACTIONS[action];
    return confirmProblems(`${label}以前：${toMend(errors)}`, errors, `照样${label}`);
  }

  private async take(action: Taken, accepted?: string[]) {
    const path = this.path();
    const local = this.moment.current?.value;
    const at = local ? new Date(local).toISOString() : undefined;
    const comment = this.comment.current?.value.trim() || undefined;
    this.setState({ busy: true, problem: '' });
    try {
      const review = await api.act(path, versionOf(path) ?? '', { action, comment, at, accepted });
      this.setState({ review, asked: undefined, busy: false });
      if (BUILDS.has(action)) watchBuild(path);
      if (action === 'discard') location.reload();
    } catch (error) {
      this.setState({ busy: false });
      await this.explain(error as Error, path, action);
    }
  }

  private async explain(error: Error, path: string, action: Taken): Promise<void> {
    const { problems = [], theirs } = error instanceof ApiError ? error : {};
    if (problems.length > 0 && problems.every(({ severity }) => severity === 'warning')) {
      const label = `都看过了，照样${ACTIONS[action]}`;
      const accepted = problems.map(({ message }) => message);
      if (await confirmProblems(`${ACTIONS[action]}以前，请看看这几处`, problems, label))
        await this.take(action, accepted);
      return;
    }
    this.setState({ problem: error.message });
    if (problems.length > 0) showProblems('还不能发布：请先改好下面几处', problems);
    else if (theirs) this.compare(error.message, path, theirs);
  }

  private async compare(message: string, path: string, theirs: NonNullable<ApiError['theirs']>) {
    const mine = await api.file(path);
    const published = mine !== null && mine.version === versionOf(path);
    openConflictDialog({ path, message, mine: mine?.text ?? '', theirs, published });
  }

  private steps(review: ReviewState): ReactNode {
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

  private facts({ stage, authors, isPublished, publishAt, expireAt }: ReviewState): string {
    return [
      authors.length > 0 && `写稿：${authors.map(({ name }) => name).join('、')}`,
      stage !== 'published' && (isPublished ? '网站上还是上一版' : '还没有上过网站'),
      publishAt && `${momentText(publishAt)} 自动发布`,
      expireAt && `${momentText(expireAt)} 自动下线`,
    ]
      .filter(Boolean)
      .join('；');
  }

  private askFor(action: Taken): ReactNode {
    return h(
      'div',
      { className: 'portal-ask' },
      TIMED.has(action) &&
        h('label', null, '日期和时间', h('input', { type: 'datetime-local', ref: this.moment })),
      h(
        'label',
        null,
        action === 'return' ? '要改什么' : COMMENTED.has(action) ? '留言' : '说明（可不填）',
        h('textarea', { ref: this.comment, rows: 3, maxLength: MAX_COMMENT }),
      ),
      h(
        'div',
        { className: 'portal-actions' },
        h('button', { type: 'button', className: 'main', onClick: () => this.take(action) }, ACTIONS[action]),
        h(
          'button',
          { type: 'button', onClick: () => this.setState({ asked: undefined, problem: '' }) },
          '取消',
        ),
      ),
    );
  }

  private notes({ notes }: ReviewState): ReactNode {
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
          .map(({ at, name, action, comment, accepted }) =>
            h(
              'li',
              { key: `${at}${action}` },
              h('span', null, `${momentText(at)}　${name}　${ACTIONS[action]}`),
              comment && h('p', null, comment),
              accepted && h('p', null, `看过、没有改的提醒：${accepted.join('；')}`),
            ),
          ),
      ),
    );
  }

  private problems(review: ReviewState): ReactNode {
    const { problems } = review;
    if (problems.length === 0) return null;
    const errors = errorsOf(review);
    const words = errors.length > 0 ? toMend(errors) : `有 ${problems.length} 处可以再看看`;
    return h(
      'button',
      { type: 'button', className: 'link', onClick: () => showProblems(words, problems) },
      words,
    );
  }

  override render() {
    const { classNameWrapper, forID } = this.props;
    const { review, hasChanged, asked, busy, problem } = this.state;
    const frame = (...children: ReactNode[]) =>
      h(
        'section',
        { id: forID, className: `${classNameWrapper} portal-review`, 'aria-label': '审核和发布' },
        ...children,
      );
    if (!review) return frame(h('p', null, '还没有保存。保存以后是草稿，网站上看不到。'));
    const held = hasChanged || busy;
    return frame(
      h(
        'p',
        { className: 'portal-standing', role: 'status' },
        h('strong', { className: `portal-stage ${review.stage}` }, STAGES[review.stage]),
        h('span', null, this.facts(review)),
        this.problems(review),
      ),
      this.steps(review),
      asked
        ? this.askFor(asked)
        : h(
            'div',
            { className: 'portal-actions' },
            (review.actions as Taken[])
              .filter((action) => !ELSEWHERE.has(action))
              .map((action) =>
                h(
                  'button',
                  {
                    key: action,
                    type: 'button',
                    className: FORWARD.has(action) ? 'main' : undefined,
                    disabled: held && action !== 'comment',
                    onClick: () => this.press(action),
                  },
                  ACTIONS[action],
                ),
              ),
            h('button', { type: 'button', onClick: () => openHistoryDialog(this.path()) }, '历史'),
          ),
      hasChanged && h('p', { className: 'portal-hint' }, hintOf(review)),
      problem && h('p', { className: 'portal-problem', role: 'alert' }, problem),
      this.notes(review),
    );
  }
}
