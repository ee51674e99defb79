import type { EditorView } from 'prosemirror-view';
import { blockNamed } from '../../../../src/blocks/index.ts';
import type { Block } from '../../../../src/model/block.ts';
import { openAttributesForm } from '../../body/block-form.ts';
import { insertBlocks, insertInline } from '../commands/format.ts';
import { nodeType } from '../model/schema.ts';
import { ask } from './ask.ts';
import { editFormula, editNote } from './popups.ts';
import { openQuizForm } from './quiz-form.ts';

/** Forms of what is changed as a whole. */

type Attributes = Record<string, string>;

/** Opens the form of the node at a position; false when it has none. */
export function editBlock(view: EditorView, at: number): boolean {
  const node = view.state.doc.nodeAt(at);
  if (!node) return false;
  const write = (attrs: object) => {
    const now = view.state.doc.nodeAt(at);
    if (now?.type === node.type)
      view.dispatch(view.state.tr.setNodeMarkup(at, undefined, { ...now.attrs, ...attrs }));
  };
  const closed = () => view.focus();
  switch (node.type.name) {
    case 'quiz':
      openQuizForm({
        attributes: node.attrs.attributes as Attributes,
        inner: String(node.attrs.inner),
        isNew: false,
        submit: write,
        closed,
      });
      return true;
    case 'math_block':
    case 'math_inline':
      return editFormula(view, node.type.name === 'math_block', at);
    case 'footnote_ref':
      return editNote(view, String(node.attrs.label));
    case 'image':
      ask({
        title: '修改图片',
        questions: [
          {
            name: 'alt',
            label: '替代文字',
            hint: '写一句图里画了什么，给看不见图的人听。',
            value: String(node.attrs.alt),
          },
          {
            name: 'title',
            label: '鼠标停在图上时显示的话',
            hint: '可以不填。',
            value: String(node.attrs.title),
          },
        ],
        done: '改好了',
        check: ({ alt = '' }): Record<string, string> => (alt.trim() === '' ? { alt: '请写替代文字' } : {}),
        submit: ({ alt = '', title = '' }) => write({ alt: alt.trim(), title: title.trim() }),
        closed,
      });
      return true;
    case 'raw_inline':
      ask({
        title: '修改这一处的原文',
        questions: [{ name: 'source', label: 'Markdown', value: String(node.attrs.source) }],
        done: '改好了',
        submit: ({ source = '' }) => write({ source }),
        closed,
      });
      return true;
  }
  const block = blockNamed(String(node.attrs.name));
  if (!block) return false;
  openAttributesForm({
    block,
    title: `修改${block.label}`,
    initial: node.attrs.attributes as Attributes,
    isNew: false,
    onSubmit: (values) => {
      const { attributes } = node.attrs as { attributes: Attributes };
      // Attributes that are kept stay in the order in which they were typed.
      const kept = Object.keys(attributes).filter((name) => values[name]);
      const added = Object.keys(values).filter((name) => !kept.includes(name));
      write({
        attributes: Object.fromEntries([...kept, ...added].map((name) => [name, values[name] ?? ''])),
      });
    },
    onClose: closed,
  });
  return true;
}

/** Asks what a new block needs, then puts it at the cursor; selected words become what an inline block is about. */
export function insertSiteBlock(view: EditorView, block: Block): boolean {
  const { from, to } = view.state.selection;
  const selected = view.state.doc.textBetween(from, to, ' ');
  const closed = () => view.focus();
  if (block.name === 'Quiz') {
    openQuizForm({
      attributes: {},
      inner: '',
      isNew: true,
      submit: (attrs) => insertBlocks([nodeType('quiz').create(attrs)])(view.state, view.dispatch),
      closed,
    });
    return true;
  }
  const put = (attributes: Attributes) => {
    if (block.placement === 'inline')
      insertInline(nodeType('site_inline').create({ name: block.name, attributes }))(
        view.state,
        view.dispatch,
      );
    else if (block.children) {
      const inside =
        block.name === 'Steps'
          ? nodeType('ordered_list').create(
              null,
              nodeType('list_item').create(null, nodeType('paragraph').create()),
            )
          : nodeType('paragraph').create();
      insertBlocks([nodeType('site_container').create({ name: block.name, attributes }, inside)])(
        view.state,
        view.dispatch,
      );
    } else
      insertBlocks([nodeType('site_block').create({ name: block.name, attributes })])(
        view.state,
        view.dispatch,
      );
  };
  if (Object.keys(block.schema.shape).length === 0) {
    put({});
    view.focus();
    return true;
  }
  const [first = ''] = Object.keys(block.schema.shape);
  openAttributesForm({
    block,
    title: `插入${block.label}`,
    initial: block.placement === 'inline' && selected ? { [first]: selected } : {},
    isNew: true,
    onSubmit: put,
    onClose: closed,
  });
  return true;
}
