import { Component, createElement as h } from 'react';
import type { Problem } from '../../../src/model/problems.ts';
import { renderInBrowser } from '../body/render-body.ts';

/** Problems of the body, listed below the editor, checked after typing (debounced). */

const CHECK_DEBOUNCE_MS = 700;

interface Props {
  source: string;
  /** What the place of a line is called; without it the line's number is said. */
  placeOf?: (line: number) => string | undefined;
  /** Shows the place of a line. */
  onJump?: (line: number) => void;
}

interface State {
  problems: Problem[];
}

export class BodyChecks extends Component<Props, State> {
  override state: State = { problems: [] };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isMounted = false;

  override componentDidMount() {
    this.isMounted = true;
    this.check();
  }

  override componentDidUpdate(previous: Props) {
    if (previous.source !== this.props.source) this.check();
  }

  override componentWillUnmount() {
    this.isMounted = false;
    clearTimeout(this.timer);
  }

  private check() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const { source } = this.props;
      const { problems } = await renderInBrowser(source);
      if (this.isMounted && source === this.props.source) this.setState({ problems });
    }, CHECK_DEBOUNCE_MS);
  }

  override render() {
    const { problems } = this.state;
    if (problems.length === 0) return null;
    return h(
      'ul',
      { className: 'portal-checks', 'aria-label': '正文里要改的地方' },
      problems.map(({ severity, line, field = '', message }) =>
        h(
          'li',
          { key: `${line}:${field}${message}`, className: severity },
          this.place(line),
          ` ${field}${message}`,
        ),
      ),
    );
  }

  private place(line = 1) {
    const { placeOf, onJump } = this.props;
    const words = placeOf?.(line) ?? `第 ${line} 行`;
    return onJump ? h('button', { type: 'button', onClick: () => onJump(line) }, words) : words;
  }
}
