import { Component, createElement as h } from 'react';
import type { ControlProps } from '../decap/control-props.ts';
import { DocumentEditor } from './document-editor.ts';
import { SourceEditor } from './source-editor.ts';

/** The body: written as it is read on the page, or, behind 「高级」, as Markdown. Opening an entry never changes it. */

type Mode = 'document' | 'source';

const MODE_KEY = 'portal.body-mode';

interface State {
  mode: Mode;
}

export class BodyControl extends Component<ControlProps<string>, State> {
  override state: State = { mode: localStorage.getItem(MODE_KEY) === 'source' ? 'source' : 'document' };

  private choose = (mode: Mode) => {
    localStorage.setItem(MODE_KEY, mode);
    this.setState({ mode });
  };

  override render() {
    const { mode } = this.state;
    return h(
      'div',
      { className: 'portal-body' },
      mode === 'source' ? h(SourceEditor, this.props) : h(DocumentEditor, this.props),
      h(
        'details',
        { className: 'portal-advanced', open: mode === 'source' },
        h('summary', null, '高级'),
        h(
          'div',
          { className: 'portal-modes', role: 'group', 'aria-label': '正文怎么写' },
          this.tab('document', '页面'),
          this.tab('source', 'Markdown 原文'),
        ),
      ),
    );
  }

  private tab(name: Mode, label: string) {
    return h(
      'button',
      { type: 'button', 'aria-pressed': this.state.mode === name, onClick: () => this.choose(name) },
      label,
    );
  }
}
