import { Map as ImmutableMap } from 'immutable';
import { Component, createElement as h } from 'react';
import type { ControlProps } from './control-props.ts';

/** Replaces Decap's code widget, which bundles highlighting for 90 languages: a text box and the language's name. */
class CodeControl extends Component<ControlProps<ImmutableMap<string, string>>> {
  override render() {
    const { value, onChange, forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    const parts: ImmutableMap<string, string> = ImmutableMap.isMap(value) ? value : ImmutableMap();
    const part = (tag: 'input' | 'textarea', key: string, options: object) =>
      h(tag, {
        ...options,
        className: classNameWrapper,
        value: parts.get(key) ?? '',
        spellCheck: false,
        onChange: (event: { target: HTMLInputElement }) => onChange(parts.set(key, event.target.value)),
        onFocus: setActiveStyle,
        onBlur: setInactiveStyle,
      });
    return h(
      'div',
      null,
      part('textarea', 'code', { id: forID, rows: 6, 'aria-label': '代码' }),
      part('input', 'lang', { 'aria-label': '语言', placeholder: '语言，可不填' }),
    );
  }
}

export default {
  Widget: () => ({ name: 'code', controlComponent: CodeControl, allowMapValue: true }),
};
