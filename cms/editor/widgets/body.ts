import CMS from '../decap/app.ts';
import { List } from 'immutable';
import { Component, type ComponentType, createElement as h } from 'react';
import type { Body } from '../../../src/body/index.ts';
import { loadRenderer } from '../body/render-body.ts';
import { type Components, mergeRichTextEdit, findLossyLine, roundTrip } from '../body/rich-text.ts';
import type { BodyProps } from './body-props.ts';
import { BodyChecks } from './body-checks.ts';
import { SourceEditor } from './source-editor.ts';

/**
 * The body: as source, or in Decap's rich-text editor when that editor keeps its meaning. Opening an entry never changes it.
 */

type Mode = 'source' | 'rich';

const MODE_KEY = 'portal.body-mode';

/** Decap's own preference: its editor must not start in raw mode inside this control. */
const DECAP_MODE_KEY = 'cms.md-mode';

const components = () => CMS.getEditorComponents() as unknown as Components;

interface State {
  mode: Mode;
  notice: string;
}

export class BodyControl extends Component<BodyProps, State> {
  override state: State = { mode: 'source', notice: '' };
  /** The source when the rich-text editor was opened. */
  private source = '';
  /** `source` after a round trip through the rich-text editor. */
  private untouched = '';
  /** The last value that the rich-text editor has passed on. */
  private latest = '';
  private renderBody: ((source: string) => Body) | undefined;
  private touched = false;
  private mounted = false;

  override componentDidMount() {
    this.mounted = true;
    if (localStorage.getItem(MODE_KEY) === 'rich') void this.switchTo('rich');
  }

  override componentWillUnmount() {
    this.mounted = false;
  }

  override shouldComponentUpdate() {
    return true;
  }

  private async switchTo(mode: Mode) {
    const value = this.props.value ?? '';
    if (mode === 'rich') {
      this.renderBody ??= await loadRenderer();
      const lost = findLossyLine(value, components(), this.renderBody);
      if (!this.mounted) return;
      if (lost) {
        const notice = `第 ${lost.line} 行「${lost.excerpt}」这样的写法，「所见即所得」保存时会走样，所以这篇只能在原文里改。`;
        this.setState({ mode: 'source', notice });
        return;
      }
      this.source = value;
      this.untouched = roundTrip(value, components());
      this.latest = this.untouched;
    }
    localStorage.setItem(DECAP_MODE_KEY, 'rich_text');
    this.touched = false;
    this.setState({ mode, notice: '' });
  }

  private choose = (mode: Mode) => {
    localStorage.setItem(MODE_KEY, mode);
    void this.switchTo(mode);
  };

  private onRichTextChange = (value: string) => {
    if (!this.touched || !this.renderBody || value === this.latest) return;
    this.latest = value;
    this.props.onChange(mergeRichTextEdit(this.source, this.untouched, value, this.renderBody));
  };

  private markTouched = () => {
    this.touched = true;
  };

  private renderRichText() {
    const { control } = CMS.getWidget('richtext') as unknown as {
      control: ComponentType<Record<string, unknown>>;
    };
    const { field } = this.props;
    return h(
      'div',
      {
        onKeyDownCapture: this.markTouched,
        onPasteCapture: this.markTouched,
        onDropCapture: this.markTouched,
        onClickCapture: this.markTouched,
      },
      h(control, {
        ...this.props,
        field: field.set('modes', List(['rich_text'])),
        onChange: this.onRichTextChange,
      }),
      h(BodyChecks, { source: this.props.value ?? '' }),
    );
  }

  override render() {
    const { mode, notice } = this.state;
    const tab = (name: Mode, label: string) =>
      h('button', { type: 'button', 'aria-pressed': mode === name, onClick: () => this.choose(name) }, label);
    return h(
      'div',
      { className: 'portal-body' },
      h('div', { className: 'portal-modes' }, tab('source', '原文'), tab('rich', '所见即所得')),
      notice && h('p', { className: 'portal-notice', role: 'status' }, notice),
      mode === 'rich' ? this.renderRichText() : h(SourceEditor, this.props),
    );
  }
}
