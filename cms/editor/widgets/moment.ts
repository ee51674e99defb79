import { Component, createElement as h } from 'react';
import type { ControlProps } from '../decap/control-props.ts';

/** A date with an optional time, `2026-09-01` or `2026-09-01T09:00`. */
export class MomentControl extends Component<ControlProps<string>> {
  override render() {
    const { value = '', onChange, forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    const [day = '', time = ''] = value.split('T');
    const input = (part: 'date' | 'time', current: string, changed: (next: string) => void) =>
      h('input', {
        type: part,
        ...(part === 'date' ? { id: forID } : { 'aria-label': '几点', disabled: !day }),
        value: current,
        onChange: (event: { target: HTMLInputElement }) => changed(event.target.value),
        onFocus: setActiveStyle,
        onBlur: setInactiveStyle,
      });
    const joined = (nextDay: string, nextTime: string) =>
      nextDay && nextTime ? `${nextDay}T${nextTime}` : nextDay;
    return h(
      'div',
      { className: `${classNameWrapper} portal-moment` },
      input('date', day, (next) => onChange(joined(next, time))),
      input('time', time.slice(0, 5), (next) => onChange(joined(day, next))),
      time && h('button', { type: 'button', onClick: () => onChange(day) }, '全天'),
      value && h('button', { type: 'button', onClick: () => onChange('') }, '清除'),
    );
  }
}
