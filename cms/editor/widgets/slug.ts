import { Component, createElement as h, type ReactNode } from 'react';
import routes from 'virtual:route-files';
import { explainSlug } from '../../../src/model/slug.ts';
import { takenNames } from '../../../src/model/taken-names.ts';
import { ACTIONS, type ReviewState } from '../../protocol/review.ts';
import { ROLES } from '../../protocol/roles.ts';
import { draftSlug } from '../entries/draft.ts';
import { openMoveDialog } from '../entries/move.ts';
import { type ControlProps, invalid, type Validity, valid } from '../decap/control-props.ts';

const REFRESH_MS = 600;

interface State {
  review: ReviewState | undefined;
}

/** The slug: an input for a new entry, read-only text afterwards; 「更改地址」 changes it. */
export class SlugControl extends Component<ControlProps<string>, State> {
  override state: State = { review: undefined };
  private timer: ReturnType<typeof setInterval> | undefined;
  private placeholder = '';

  override componentDidMount() {
    // Decap does not re-render a control when another field changes, and the proposal depends on the title.
    this.timer = setInterval(() => {
      if (this.isNew() && this.proposal() !== this.placeholder) this.forceUpdate();
    }, REFRESH_MS);
    window.addEventListener('portal-reviewed', this.updateReview);
  }

  override componentWillUnmount() {
    clearInterval(this.timer);
    window.removeEventListener('portal-reviewed', this.updateReview);
  }

  isValid = (): Validity => {
    const value = this.props.value?.trim();
    const pattern = this.props.field.get('address') as string | null;
    const address = pattern === null ? null : (slug: string) => pattern.replace('…', slug);
    const why = value && (explainSlug(value) ?? takenNames(address, routes)(value));
    return why ? invalid(why) : valid;
  };

  private updateReview = (event: Event) =>
    this.setState({ review: (event as CustomEvent<ReviewState>).detail });

  private isNew(): boolean {
    const entry = this.props.getEntry();
    return !entry.get('slug') || entry.get('newRecord') === true;
  }

  private proposal(): string {
    return draftSlug(this.props.getEntry());
  }

  /** The address of a saved entry, why it does not follow the title, and a button to change it. */
  private renderSaved(): ReactNode {
    const { field, forID, classNameWrapper, getEntry } = this.props;
    const { review } = this.state;
    const [slug, path] = [String(getEntry().get('slug')), String(getEntry().get('path'))];
    const pattern = field.get('address') as string | null;
    const mayMove = review?.actions.includes('move') && pattern !== null;
    const why = review?.isPublished
      ? '已经发布，网址不再随标题变：别人的收藏、二维码和搜索引擎都记着它。'
      : '已经保存，网址名不再随标题变。';
    const how = mayMove ? '' : `真要改时，由「${ROLES.publisher}」以上的人在没有别人修改它的时候更改。`;
    return h(
      'div',
      { className: `${classNameWrapper} portal-slug` },
      h('output', { id: forID }, (pattern ?? '…').replace('…', slug)),
      review && pattern !== null && h('small', null, why + how),
      mayMove &&
        h(
          'div',
          { className: 'portal-actions' },
          h(
            'button',
            {
              type: 'button',
              onClick: () => openMoveDialog({ path, slug, pattern, proposal: this.proposal() }),
            },
            ACTIONS.move,
          ),
        ),
    );
  }

  override render() {
    if (!this.isNew()) return this.renderSaved();
    const { value, onChange, forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    this.placeholder = this.proposal();
    return h('input', {
      id: forID,
      className: classNameWrapper,
      type: 'text',
      value: value ?? '',
      placeholder: this.placeholder,
      spellCheck: false,
      autoCapitalize: 'off',
      onChange: (event: { target: HTMLInputElement }) => onChange(event.target.value),
      onFocus: setActiveStyle,
      onBlur: setInactiveStyle,
    });
  }
}
