import CMS from 'decap-cms-app';
import { List, type Map as ImmutableMap } from 'immutable';
import { Component, type ComponentType, createElement as h } from 'react';
import { markdownToSlate, slateToMarkdown } from 'virtual:decap-richtext';
import { renderInBrowser } from '../body.ts';
import { SourceEditor } from './source-editor.ts';
import type { ControlProps } from './props.ts';

/**
 * The body: as source, or in Decap's rich-text editor when that editor would not change what the body says. Opening an
 * entry never changes it.
 */

type Mode = 'source' | 'rich';

const MODE_KEY = 'portal.body-mode';

/** Prefix of Decap's preferences: its own editor must not start in its own raw mode inside ours. */
const DECAP_MODE_KEY = 'cms.md-mode';

export interface BodyProps extends ControlProps<string> {
  onOpenMediaLibrary: (options: object) => void;
  onRemoveInsertedMedia: (controlId: string) => void;
  mediaPaths: ImmutableMap<string, string | List<string>>;
  getEditorComponents: () => ImmutableMap<string, { type: string }>;
}

/** What the rich-text editor makes of a body that nobody has touched. */
function throughRichText(source: string): string {
  const all = CMS.getEditorComponents() as unknown as ImmutableMap<string, { type: string }>;
  const editorComponents = all.filter(({ type }) => type !== 'inline');
  const voidCodeBlock = editorComponents.some(({ type }) => type === 'code-block');
  return slateToMarkdown(
    markdownToSlate(source, { editorComponents, voidCodeBlock }),
    { voidCodeBlock },
    editorComponents,
  );
}

async function survivesRichText(source: string): Promise<boolean> {
  if (source.trim() === '') return true;
  const [before, after] = await Promise.all([
    renderInBrowser(source),
    renderInBrowser(throughRichText(source)),
  ]);
  const plain = (html: string) => html.replace(/\s+/g, ' ');
  return plain(before.html) === plain(after.html);
}

interface State {
  mode: Mode;
  notice: string;
}

export class BodyControl extends Component<BodyProps, State> {
  override state: State = { mode: 'source', notice: '' };
  /** What the rich-text editor says before anybody has typed. */
  private untouched: string | undefined;
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
    if (mode === 'rich' && !(await survivesRichText(value))) {
      const notice = '这篇正文里有「所见即所得」保存不好的写法，只能在原文里改，免得内容走样。';
      if (this.mounted) this.setState({ mode: 'source', notice });
      return;
    }
    if (!this.mounted) return;
    localStorage.setItem(DECAP_MODE_KEY, 'rich_text');
    this.untouched = mode === 'rich' ? throughRichText(value) : undefined;
    this.touched = false;
    this.setState({ mode, notice: '' });
  }

  private choose = (mode: Mode) => {
    localStorage.setItem(MODE_KEY, mode);
    void this.switchTo(mode);
  };

  private changedInRichText = (value: string) => {
    if (!this.touched || value === this.untouched) return;
    this.untouched = undefined;
    this.props.onChange(value);
  };

  private touch = () => {
    this.touched = true;
  };

  private richText() {
    const { control } = CMS.getWidget('richtext') as unknown as {
      control: ComponentType<Record<string, unknown>>;
    };
    const { field } = this.props;
    return h(
      'div',
      {
        onKeyDownCapture: this.touch,
        onPasteCapture: this.touch,
        onDropCapture: this.touch,
        onClickCapture: this.touch,
      },
      h(control, {
        ...this.props,
        field: field.set('modes', List(['rich_text'])),
        onChange: this.changedInRichText,
      }),
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
      mode === 'rich' ? this.richText() : h(SourceEditor, this.props),
    );
  }
}
