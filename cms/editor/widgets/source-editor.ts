import { Component, createElement as h, createRef } from 'react';
import type { ControlProps } from '../decap/control-props.ts';
import { blocks } from '../../../src/blocks/index.ts';
import { figure } from '../../../src/blocks/figure/index.ts';
import type { Block } from '../../../src/model/block.ts';
import { cleanCharacters } from '../../../src/model/clean-characters.ts';
import { findBlockAt } from '../body/find-block.ts';
import { openNewBlockForm, openBlockForm } from '../body/block-form.ts';
import {
  type Edit,
  insertFootnote,
  type LineMark,
  type Mark,
  toggleMark,
  toggleLinePrefix,
} from '../body/markdown-edits.ts';
import { type CleanPaste, cleanPaste, isFormatted, tellPaste } from '../body/paste/index.ts';
import { joinWrappedLines } from '../body/paste/wrapped-lines.ts';
import { uploadedPictures } from './uploaded-pictures.ts';
import { filesOf } from '../media/dropped-files.ts';
import { BodyChecks } from './body-checks.ts';

/** The body as Markdown in a textarea with a toolbar. */

/** A toolbar button: marks around the selection, a prefix of lines, a block, or a footnote. */
type Button = { label: string; key?: string } & (
  { mark: Mark } | { lines: LineMark } | { block: string } | { isFootnote: true }
);

const buttons: readonly Button[] = [
  { label: '小标题', lines: { line: '## ', placeholder: '小标题' } },
  { label: '加粗', key: 'b', mark: { before: '**', after: '**', placeholder: '重点' } },
  {
    label: '链接',
    key: 'k',
    mark: { before: '[', after: '](https://)', placeholder: '链接文字', fill: 'https://' },
  },
  { label: '列表', lines: { line: '- ', placeholder: '一项' } },
  { label: '编号', lines: { line: '1. ', placeholder: '第一步' } },
  { label: '引用', lines: { line: '> ', placeholder: '引用的话' } },
  { label: '表格', block: '| 项目 | 数值 |\n| --- | ---: |\n| 甲 | 1 |\n| 乙 | 2 |' },
  { label: '脚注', isFootnote: true },
  { label: '公式', mark: { before: '$', after: '$', placeholder: 'E=mc^2' } },
];

interface State {
  /** Label of the block around the cursor. */
  inBlock?: string | undefined;
}

export class SourceEditor extends Component<ControlProps<string>, State> {
  override state: State = {};
  private readonly box = createRef<HTMLTextAreaElement>();

  /** Replaces the selection so that the browser's undo works. */
  private write(text: string) {
    const box = this.box.current;
    if (!box) return;
    box.focus();
    if (!document.execCommand('insertText', false, text)) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
      this.props.onChange(box.value);
    }
  }

  private apply({ from, to, text, select }: Edit) {
    const box = this.box.current;
    if (!box) return;
    box.setSelectionRange(from, to);
    this.write(text);
    box.setSelectionRange(...select);
  }

  private press = (button: Button) => {
    const box = this.box.current;
    if (!box) return;
    const { value, selectionStart: start, selectionEnd: end } = box;
    const text = { value, start, end };
    if ('block' in button) this.insertBlock(button.block);
    else if ('mark' in button) this.apply(toggleMark(text, button.mark));
    else if ('lines' in button) this.apply(toggleLinePrefix(text, button.lines));
    else for (const edit of insertFootnote(text)) this.apply(edit);
  };

  /** Ctrl+B and Ctrl+K, as in Word. */
  private onShortcut = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = buttons.find(({ key }) => key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    this.press(button);
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

  /** Formatted text becomes Markdown, files are uploaded; other plain text is left to the browser. */
  private paste = (event: ClipboardEvent) => {
    const { clipboardData } = event;
    const files = filesOf(clipboardData);
    const html = clipboardData?.getData('text/html') ?? '';
    if (files.length > 0) {
      event.preventDefault();
      this.upload(files);
    } else if (isFormatted(html)) {
      event.preventDefault();
      this.insertPasted(cleanPaste(html));
    } else {
      const plain = cleanCharacters(clipboardData?.getData('text/plain') ?? '');
      const { text, joined } = joinWrappedLines(plain);
      if (joined === 0 && plain === clipboardData?.getData('text/plain')) return;
      event.preventDefault();
      this.write(text);
      if (joined > 0) tellPaste({ refused: [], notes: [`页边断开的 ${joined} 行接上了，请看看分段对不对`] });
    }
  };

  private insertPasted(pasted: CleanPaste) {
    if (/\n\n|^(?:#|\||- |1\. )/.test(pasted.markdown)) this.insertBlock(pasted.markdown);
    else this.write(pasted.markdown);
    tellPaste(pasted);
  }

  private drop = (event: DragEvent) => {
    const files = filesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    this.upload(files);
  };

  /** Puts a sentence for each file into the text and replaces it when the file is uploaded. */
  private upload(files: readonly File[]) {
    uploadedPictures(files, {
      insert: (sentence) => this.insertBlock(sentence),
      replace: (sentence, markdown) => this.replaceText(sentence, markdown),
    });
  }

  /** Replaces a passage that may have moved since it was written; the cursor stays where it is. */
  private replaceText(passage: string, text: string) {
    const box = this.box.current;
    const from = box?.value.indexOf(passage) ?? -1;
    if (!box || from < 0) return;
    const { selectionStart, selectionEnd } = box;
    const moved = (offset: number) =>
      offset > from ? Math.max(from, offset + text.length - passage.length) : offset;
    this.apply({
      from,
      to: from + passage.length,
      text,
      select: [moved(selectionStart), moved(selectionEnd)],
    });
  }

  /** Opens the form of a new block and inserts the block at the selection. */
  private openBlock(block: Block) {
    const box = this.box.current;
    if (!box) return;
    const { selectionStart, selectionEnd } = box;
    openNewBlockForm(block, box.value.slice(selectionStart, selectionEnd), (mdx) => {
      box.setSelectionRange(selectionStart, selectionEnd);
      if (block.placement === 'inline') this.write(mdx);
      else this.insertBlock(mdx);
    });
  }

  private openBlockFromMenu = (event: { target: HTMLSelectElement }) => {
    const block = blocks.find(({ name }) => name === event.target.value);
    event.target.value = '';
    if (block) this.openBlock(block);
  };

  /** Updates the button for the block around the cursor. */
  private updateBlockButton = () => {
    const box = this.box.current;
    const label = box ? findBlockAt(box.value, box.selectionStart)?.block.label : undefined;
    if (label !== this.state.inBlock) this.setState({ inBlock: label });
  };

  private editBlock = () => {
    const box = this.box.current;
    const found = box && findBlockAt(box.value, box.selectionStart);
    if (!found) return;
    const { start, end } = found.tag;
    openBlockForm(found, (openingTag) => {
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
        buttons.map((button) =>
          h(
            'button',
            {
              key: button.label,
              type: 'button',
              ...(button.key && {
                title: `Ctrl+${button.key.toUpperCase()}`,
                'aria-keyshortcuts': `Control+${button.key.toUpperCase()}`,
              }),
              onClick: () => this.press(button),
            },
            button.label,
          ),
        ),
        h('button', { type: 'button', onClick: () => this.openBlock(figure) }, figure.label),
        h(
          'select',
          { 'aria-label': '插入内容块', defaultValue: '', onChange: this.openBlockFromMenu },
          h('option', { value: '' }, '内容块…'),
          blocks.map(({ name, label, description }) =>
            h('option', { key: name, value: name, title: description }, label),
          ),
        ),
        inBlock !== undefined &&
          h('button', { type: 'button', onClick: this.editBlock }, `修改这个${inBlock}`),
        h('small', null, `${[...value.replace(/\s/g, '')].length} 字`),
      ),
      h('textarea', {
        id: forID,
        ref: this.box,
        value,
        spellCheck: false,
        onPaste: this.paste,
        onDrop: this.drop,
        onKeyDown: this.onShortcut,
        onSelect: this.updateBlockButton,
        onChange: (event: { target: HTMLTextAreaElement }) => onChange(event.target.value),
        onFocus: setActiveStyle,
        onBlur: setInactiveStyle,
      }),
      h(BodyChecks, { source: value }),
    );
  }
}
