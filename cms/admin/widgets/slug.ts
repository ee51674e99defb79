import { Component, createElement as h } from 'react';
import { SLUG } from '../../../src/model/slug.ts';
import { draftSlug } from '../draft.ts';
import { type ControlProps, invalid, type Validity, valid } from './props.ts';

const REFRESH_MS = 600;

/** The file's name: asked for once, when the entry is new; shown and fixed afterwards. */
export class SlugControl extends Component<ControlProps<string>> {
  private timer: ReturnType<typeof setInterval> | undefined;
  private shown = '';

  override componentDidMount() {
    // Decap does not tell a control when another field changes, and the proposal follows the title.
    this.timer = setInterval(() => {
      if (this.proposal() !== this.shown) this.forceUpdate();
    }, REFRESH_MS);
  }

  override componentWillUnmount() {
    clearInterval(this.timer);
  }

  isValid = (): Validity => {
    const value = this.props.value?.trim();
    return !value || SLUG.test(value) ? valid : invalid('只能用小写字母、数字和短横，例如 yumi-qingzhu');
  };

  private proposal(): string {
    return draftSlug(this.props.getEntry());
  }

  override render() {
    const { value, onChange, field, forID, classNameWrapper, setActiveStyle, setInactiveStyle, getEntry } =
      this.props;
    const slug = getEntry().get('slug') as string | undefined;
    const pattern = (field.get('address') as string | null) ?? '…';
    if (slug && !getEntry().get('newRecord'))
      return h(
        'output',
        { id: forID, className: `${classNameWrapper} portal-fixed` },
        pattern.replace('…', slug),
      );
    this.shown = this.proposal();
    return h('input', {
      id: forID,
      className: classNameWrapper,
      type: 'text',
      value: value ?? '',
      placeholder: this.shown,
      spellCheck: false,
      autoCapitalize: 'off',
      onChange: (event: { target: HTMLInputElement }) => onChange(event.target.value),
      onFocus: setActiveStyle,
      onBlur: setInactiveStyle,
    });
  }
}
