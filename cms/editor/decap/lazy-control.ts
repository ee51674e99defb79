import { Component, type ComponentType, createElement as h, createRef, type RefObject } from 'react';
import { valid, type Validity } from './control-props.ts';

/** What Decap asks of the control of a widget, through a `ref`. */
interface Asked {
  isValid?: () => Validity;
  focus?: (path?: string) => void;
}

type Loaded = ComponentType<Record<string, unknown> & { ref?: RefObject<Asked | null> }>;

const RETRY_MS = 2000;

/**
 * A widget's control whose code is loaded when a form first shows it: lists and login do without. Until then its place
 * holds an outline; a failed loading is tried again.
 *
 * @param load gives a class component; called once per attempt
 */
export function lazyControl(load: () => Promise<unknown>): ComponentType {
  let loaded: Loaded | undefined;

  const control = class extends Component<Record<string, unknown>> {
    private readonly inner = createRef<Asked>();
    private timer: ReturnType<typeof setTimeout> | undefined;
    private isGone = false;

    override componentDidMount() {
      this.isGone = false;
      if (!loaded) void this.fetch();
    }

    override componentWillUnmount() {
      this.isGone = true;
      clearTimeout(this.timer);
    }

    override shouldComponentUpdate() {
      return true;
    }

    isValid = (): Validity => this.inner.current?.isValid?.() ?? valid;

    focus = (path?: string): void => {
      const { current } = this.inner;
      if (current?.focus) current.focus(path);
      else document.getElementById(String(this.props.forID ?? this.props.uniqueFieldId))?.focus();
    };

    private async fetch(): Promise<void> {
      try {
        loaded = (await load()) as Loaded;
      } catch (error) {
        console.warn(error);
        if (!this.isGone) this.timer = setTimeout(() => void this.fetch(), RETRY_MS);
        return;
      }
      if (!this.isGone) this.forceUpdate();
    }

    override render() {
      return loaded
        ? h(loaded, { ...this.props, ref: this.inner })
        : h('div', { className: 'portal-loading', 'aria-busy': true }, '正在打开正文…');
    }
  };
  return control as unknown as ComponentType;
}
