import { Component, createElement as h } from 'react';
import { countyDay } from '../../../src/calendar/clock.ts';
import { readTypedMoment, DAY_EXAMPLES } from '../../../src/calendar/typed.ts';
import { readTypedTimes } from '../../../src/calendar/typed-time.ts';
import { type ControlProps, invalid, type Validity, valid } from '../decap/control-props.ts';

/**
 * A date with an optional time, `2026-09-01` or `2026-09-01T09:00`, typed in any usual way or picked from a calendar. What
 * cannot be read stays in its box with the reason; the value is the last that was understood.
 */

type Part = 'day' | 'time';

interface State {
  /** What is in the boxes while it is typed. */
  typed: Partial<Record<Part, string>>;
  problem: string;
}

export class MomentControl extends Component<ControlProps<string>, State> {
  override state: State = { typed: {}, problem: '' };

  override componentDidUpdate({ value }: ControlProps<string>) {
    // The entry was loaded again, or an older version was put back: what was typed before means nothing any more.
    if (value !== this.props.value && this.props.value !== this.sent)
      this.setState({ typed: {}, problem: '' });
  }

  /** The value that this control has set. */
  private sent: string | undefined;

  isValid = (): Validity => (this.state.problem ? invalid(this.state.problem) : valid);

  private parts(): Record<Part, string> {
    const [day = '', time = ''] = (this.props.value ?? '').split('T');
    return { day, time: time.slice(0, 5) };
  }

  private change(next: Record<Part, string>) {
    this.sent = next.day && next.time ? `${next.day}T${next.time}` : next.day;
    this.props.onChange(this.sent);
  }

  /** Takes over what was typed into a box, once it is complete. */
  private read(part: Part) {
    const typed = this.state.typed[part];
    if (typed === undefined) return;
    const problem = part === 'day' ? this.readDay(typed) : this.readTime(typed);
    if (problem) this.setState({ problem });
    else this.setState(({ typed: { [part]: _, ...others } }) => ({ typed: others, problem: '' }));
  }

  /** @returns why it cannot be read */
  private readDay(typed: string): string | undefined {
    if (typed.trim() === '') return void this.change({ day: '', time: '' });
    const read = readTypedMoment(typed, countyDay(new Date()), { checkWeekday: true });
    if (!read) return `看不懂「${typed}」是哪一天：${DAY_EXAMPLES}`;
    if ('problem' in read) return read.problem;
    this.change({ day: read.day, time: read.from ?? this.parts().time });
    return undefined;
  }

  private readTime(typed: string): string | undefined {
    const read = readTypedTimes(typed);
    if ('problem' in read) return read.problem;
    if (read.from && !this.parts().day) return '请先写哪一天';
    if (read.to) return '这里只写一个时间，结束写在「结束」一栏';
    this.change({ ...this.parts(), time: read.from ?? '' });
    return undefined;
  }

  private box(part: Part, label: object) {
    const { setActiveStyle, setInactiveStyle } = this.props;
    return h('input', {
      type: 'text',
      ...label,
      className: `portal-moment-${part}`,
      autoComplete: 'off',
      placeholder: part === 'day' ? '12月4日' : '全天',
      value: this.state.typed[part] ?? this.parts()[part],
      onChange: ({ target }: { target: HTMLInputElement }) =>
        this.setState(
          ({ typed }) => ({ typed: { ...typed, [part]: target.value } }),
          () => this.readAhead(part),
        ),
      onFocus: setActiveStyle,
      onBlur: () => {
        this.read(part);
        setInactiveStyle();
      },
    });
  }

  /** A value in the form that the file has is taken over while it is typed or pasted: nothing is left to guess. */
  private readAhead(part: Part) {
    const typed = this.state.typed[part] ?? '';
    if (typed === '' || (part === 'day' ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{2}:\d{2}$/).test(typed))
      this.read(part);
  }

  override render() {
    const { value, forID, classNameWrapper } = this.props;
    const { day, time } = this.parts();
    const { problem } = this.state;
    return h(
      'div',
      { className: `${classNameWrapper} portal-moment` },
      this.box('day', { id: forID }),
      h('input', {
        type: 'date',
        className: 'portal-moment-pick',
        'aria-label': '在日历上选',
        tabIndex: -1,
        value: day,
        onChange: ({ target }: { target: HTMLInputElement }) => {
          this.setState({ typed: {}, problem: '' });
          this.change({ day: target.value, time });
        },
      }),
      this.box('time', { 'aria-label': '几点' }),
      time && h('button', { type: 'button', onClick: () => this.change({ day, time: '' }) }, '全天'),
      value && h('button', { type: 'button', onClick: () => this.change({ day: '', time: '' }) }, '清除'),
      problem && h('p', { className: 'portal-moment-problem', role: 'alert' }, problem),
    );
  }
}
