import { Component, createElement as h, createRef } from 'react';
import type { ControlProps } from '../decap/control-props.ts';
import type { DocumentEditor as Handle } from '../document/index.ts';
import { toMediaFile } from '../media/media-file.ts';
import { siteRoot } from '../client/address.ts';
import { BodyChecks } from './body-checks.ts';

/** The document editor as a control of Decap's. React draws its place once and leaves it alone. */

interface State {
  failed: string;
  isReady: boolean;
}

export class DocumentEditor extends Component<ControlProps<string>, State> {
  override state: State = { failed: '', isReady: false };
  private readonly place = createRef<HTMLDivElement>();
  private handle: Handle | undefined;
  private isGone = false;

  override componentDidMount() {
    void this.open();
  }

  private open = async () => {
    try {
      const { createDocumentEditor } = await import('../document/index.ts');
      if (this.isGone || !this.place.current) return;
      const { value = '', forID } = this.props;
      this.handle = createDocumentEditor({
        place: this.place.current,
        value,
        id: forID,
        onChange: (text) => this.props.onChange(text),
        onFocus: () => this.props.setActiveStyle(),
        onBlur: () => this.props.setInactiveStyle(),
        pictureUrl,
      });
      this.setState({ failed: '', isReady: true });
    } catch (error) {
      if (!this.isGone) this.setState({ failed: (error as Error).message });
    }
  };

  override componentDidUpdate() {
    this.handle?.setValue(this.props.value ?? '');
  }

  override componentWillUnmount() {
    this.isGone = true;
    this.handle?.destroy();
  }

  override render() {
    const { failed, isReady } = this.state;
    return h(
      'div',
      { className: `${this.props.classNameWrapper} portal-document` },
      failed &&
        h(
          'p',
          { className: 'portal-notice', role: 'alert' },
          '正文没有打开，请检查网络。',
          h('button', { type: 'button', onClick: this.open }, '再试一次'),
        ),
      !failed && !isReady && h('p', { className: 'portal-doc-wait', role: 'status' }, '正在打开正文…'),
      h('div', { ref: this.place }),
      isReady &&
        h(BodyChecks, {
          source: this.props.value ?? '',
          placeOf: (line: number) => {
            const block = this.handle?.blockAt(line);
            return block && `第 ${block.number} 段「${block.words}」`;
          },
          onJump: (line: number) => this.handle?.jumpTo(line),
        }),
    );
  }
}

/** Address of a picture while it is edited; uploads are served by the publishing server. */
const pictureUrl = (address: string): string => {
  if (address.startsWith('/uploads/')) return toMediaFile({ path: address.slice(1), size: 0 }).url;
  return address.startsWith('/') && !address.startsWith('//') ? siteRoot + address.slice(1) : address;
};
