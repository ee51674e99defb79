import { Component, createElement as h } from 'react';
import type { ControlProps } from '../decap/control-props.ts';

/** A read-only identifier, generated when a new entry is saved (see `draft.ts`). */
export class UidControl extends Component<ControlProps<string>> {
  override render() {
    const { value, forID, classNameWrapper, getEntry } = this.props;
    const text = getEntry().get('newRecord') ? '保存时自动生成' : (value ?? '保存时自动生成');
    return h('output', { id: forID, className: `${classNameWrapper} portal-fixed` }, text);
  }
}
