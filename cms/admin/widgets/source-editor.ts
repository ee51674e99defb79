import { Component, createElement as h, createRef } from 'react';
import { blocks } from '../../../src/blocks/index.ts';
import { figure } from '../../../src/blocks/figure/index.ts';
import type { Block } from '../../../src/model/block.ts';
import { blockAt } from '../block-at.ts';
import { askForBlock, changeBlock } from '../block-form.ts';
import { askForPictures, cleanPaste, isFormatted } from '../paste.ts';
import type { BodyProps } from './body.ts';
import { BodyChecks } from './body-checks.ts';

/** The body as Markdown in a plain text box, with buttons for those who do not know Markdown by heart. */

/** What a button writes: before and after the selection; `block` on lines of its own; `line` at each line's beginning. */
interface Insertion {
  label: string;
  before?: string;
  after?: string;
  line?: string;
  block?: string;
  /** Stands in for the selection when nothing is selected. */
  sample?: string;
}

const insertions: readonly Insertion[] = [
  { label: '小标题', line: '## ', sample: '小标题' },
  { label: '加粗', before: '**', after: '**', sample: '重点' },
  { label: '链接', before: '[', after: '](https://)', sample: '链接文字' },
  { label: '列表', line: '- ', sample: '一项' },
  { label: '编号', line: '1. ', sample: '第一步' },
  { label: '引用', line: '> ', sample: '引用的话' },
  { label: '表格', block: '| 项目 | 数值 |\n| --- | ---: |\n| 甲 | 1 |\n| 乙 | 2 |' },
  { label: '脚注', before: '', after: '[^1]\n\n[^1]: 注释写在这里。' },
  { label: '公式', before: '$', after: '$', sample: 'E=mc^2' },
];

interface State {
  /** What the block around the cursor is called. */
  inBlock?: string | undefined;
}

export class SourceEditor extends Component<BodyProps, State> {
  override state: State = {};
  private readonly box = createRef<HTMLTextAreaElement>();

  /** Replaces the selection in a way that the browser can undo. */
  private write(text: string) {
    const box = this.box.current;
    if (!box) return;
    box.focus();
    if (!document.execCommand('insertText', false, text)) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
      this.props.onChange(box.value);
    }
  }

  private insert = ({ before = '', after = '', line, block, sample = '' }: Insertion) => {
    const box = this.box.current;
    if (!box) return;
    if (block !== undefined) {
      this.insertBlock(block);
      return;
    }
    const selected = box.value.slice(box.selectionStart, box.selectionEnd) || sample;
    if (line === undefined) {
      this.write(before + selected + after);
      return;
    }
    const atLineStart = box.selectionStart === 0 || box.value[box.selectionStart - 1] === '\n';
    this.write((atLineStart ? '' : '\n') + selected.replace(/^/gm, line));
  };

  private insertBlock(text: string) {
    const box = this.box.current;
    if (!box) return;
    const before = box.value.slice(0, box.selectionStart);
    const after = box.value.slice(box.selectionEnd);
    const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    const end = after === '' || after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
    this.write(gap + text + end);
  }

  /** Text with a form becomes Markdown; plain text is the browser's business. */
  private paste = (event: ClipboardEvent) => {
    const html = event.clipboardData?.getData('text/html') ?? '';
    if (!isFormatted(html)) return;
    const { markdown, refused } = cleanPaste(html);
    event.preventDefault();
    if (/\n\n|^(?:#|\||- |1\. )/.test(markdown)) this.insertBlock(markdown);
    else this.write(markdown);
    if (refused.length > 0) askForPictures(refused);
  };

  /** Opens the form of a new block; its text goes where the cursor was. */
  private ask(block: Block) {
    const box = this.box.current;
    if (!box) return;
    const { selectionStart, selectionEnd } = box;
    askForBlock(block, box.value.slice(selectionStart, selectionEnd), (mdx) => {
      box.setSelectionRange(selectionStart, selectionEnd);
      if (block.placement === 'inline') this.write(mdx);
      else this.insertBlock(mdx);
    });
  }

  private askFromMenu = (event: { target: HTMLSelectElement }) => {
    const block = blocks.find(({ name }) => name === event.target.value);
    event.target.value = '';
    if (block) this.ask(block);
  };

  /** Notes which block the cursor is in. */
  private look = () => {
    const box = this.box.current;
    const label = box ? blockAt(box.value, box.selectionStart)?.block.label : undefined;
    if (label !== this.state.inBlock) this.setState({ inBlock: label });
  };

  private change = () => {
    const box = this.box.current;
    const found = box && blockAt(box.value, box.selectionStart);
    if (!found) return;
    const { start, end } = found.tag;
    changeBlock(found, (openingTag) => {
      box.setSelectionRange(start, end);
      this.write(openingTag);
    });
  };

  override render() {
    const { value = '', onChange, forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    const { inBlock } = this.state;
    return h(
      'div',
      { className: `${classNameWrapper} portal-source` },
      h(
        'div',
        { className: 'portal-tools', role: 'toolbar', 'aria-label': '插入' },
        insertions.map((insertion) =>
          h(
            'button',
            { key: insertion.label, type: 'button', onClick: () => this.insert(insertion) },
            insertion.label,
          ),
        ),
        h('button', { type: 'button', onClick: () => this.ask(figure) }, figure.label),
        h(
          'select',
          { 'aria-label': '插入内容块', defaultValue: '', onChange: this.askFromMenu },
          h('option', { value: '' }, '内容块…'),
          blocks.map(({ name, label, description }) =>
            h('option', { key: name, value: name, title: description }, label),
          ),
        ),
        inBlock !== undefined && h('button', { type: 'button', onClick: this.change }, `修改这个${inBlock}`),
        h('small', null, `${[...value.replace(/\s/g, '')].length} 字`),
      ),
      h('textarea', {
        id: forID,
        ref: this.box,
        value,
        spellCheck: false,
        onPaste: this.paste,
        onSelect: this.look,
        onChange: (event: { target: HTMLTextAreaElement }) => onChange(event.target.value),
        onFocus: setActiveStyle,
        onBlur: setInactiveStyle,
      }),
      h(BodyChecks, { source: value }),
    );
  }
}
