import { type Attrs, type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { isSafeAddress } from '../../../../src/model/block.ts';

/**
 * What a body may hold, as a ProseMirror schema. Each node has exactly one meaning in Markdown (`../source`); what has
 * no node of its own stays source, as a `source` block or a `raw_inline`.
 */

/** Which top-level block of the opened text a node came from; null for a new one. See `../source/parse.ts`. */
const origin = { origin: { default: null } };

const dom = (name: string, attributes: Record<string, string> = {}): DOMOutputSpec => [name, attributes, 0];

const tables = tableNodes({
  tableGroup: 'block',
  cellContent: 'paragraph',
  cellAttributes: {
    align: {
      default: null,
      getFromDOM: (cell) => cell.style.textAlign || cell.getAttribute('align') || null,
      setDOMAttr: (value, attributes) => {
        if (value) attributes.style = `text-align:${value}`;
      },
    },
  },
});

/** Attributes that were copied with a node; false, no match, when somebody else has written them. */
function copiedAttrs(json: string | null): Attrs | false {
  try {
    const attrs: unknown = JSON.parse(json ?? '');
    return typeof attrs === 'object' && attrs !== null && !Array.isArray(attrs) ? (attrs as Attrs) : false;
  } catch {
    return false;
  }
}

/** A leaf whose looks are drawn by a node view, `../view`; its attributes travel in `data-value` when it is copied. */
const leaf = (name: string, attrs: Record<string, object>, rest: NodeSpec = {}): NodeSpec => ({
  attrs,
  atom: true,
  draggable: true,
  selectable: true,
  parseDOM: [
    {
      tag: `[data-leaf="${name}"]`,
      getAttrs: (element) => copiedAttrs(element.getAttribute('data-value')),
    },
  ],
  toDOM: (node) => [
    rest.inline ? 'span' : 'div',
    { 'data-leaf': name, 'data-value': JSON.stringify({ ...node.attrs, origin: null }) },
  ],
  ...rest,
});

const inline = { group: 'inline', inline: true };
const block = { group: 'block' };

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: {
    ...block,
    content: 'inline*',
    attrs: origin,
    parseDOM: [{ tag: 'p' }],
    toDOM: () => dom('p'),
  },
  heading: {
    ...block,
    content: 'inline*',
    attrs: { ...origin, level: { default: 2 } },
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      attrs: { level: Math.max(2, level) },
    })),
    toDOM: (node) => dom(`h${String(node.attrs.level)}`),
  },
  blockquote: {
    ...block,
    content: 'block+',
    attrs: origin,
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => dom('blockquote'),
  },
  bullet_list: {
    ...block,
    content: 'list_item+',
    attrs: { ...origin, bullet: { default: '-' }, loose: { default: false } },
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => dom('ul'),
  },
  ordered_list: {
    ...block,
    content: 'list_item+',
    attrs: { ...origin, start: { default: 1 }, delimiter: { default: '.' }, loose: { default: false } },
    parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ start: Number(list.getAttribute('start') ?? 1) }) }],
    toDOM: (node) => dom('ol', node.attrs.start === 1 ? {} : { start: String(node.attrs.start) }),
  },
  list_item: {
    content: 'paragraph block*',
    attrs: { checked: { default: null } },
    defining: true,
    parseDOM: [
      {
        tag: 'li',
        getAttrs: (item) => ({
          checked: item.hasAttribute('data-checked') ? item.getAttribute('data-checked') === 'true' : null,
        }),
      },
    ],
    toDOM: (node) =>
      dom('li', node.attrs.checked === null ? {} : { 'data-checked': String(node.attrs.checked) }),
  },
  code_block: {
    ...block,
    content: 'text*',
    marks: '',
    attrs: { ...origin, info: { default: '' } },
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', {}, ['code', 0]],
  },
  horizontal_rule: { ...block, attrs: origin, parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  ...tables,
  table: { ...tables.table, attrs: origin },
  math_block: leaf('math_block', { ...origin, tex: { default: '' } }, block),
  footnote_definition: {
    ...block,
    content: 'block+',
    attrs: { ...origin, label: { default: '1' } },
    defining: true,
    isolating: true,
    parseDOM: [
      { tag: 'section[data-note]', getAttrs: (note) => ({ label: note.getAttribute('data-note') }) },
    ],
    toDOM: (node) => dom('section', { 'data-note': String(node.attrs.label) }),
  },
  /** A block of the site without text inside, e.g. a picture; `attributes` as in its tag. */
  site_block: leaf('site_block', { ...origin, name: {}, attributes: { default: {} } }, block),
  /** A block of the site around other blocks, e.g. a callout. */
  site_container: {
    ...block,
    content: 'block+',
    attrs: { ...origin, name: {}, attributes: { default: {} } },
    defining: true,
    isolating: true,
    parseDOM: [
      {
        tag: 'section[data-block]',
        getAttrs: (element) => copiedAttrs(element.getAttribute('data-block')),
      },
    ],
    toDOM: ({ attrs: { name, attributes } }) =>
      dom('section', { 'data-block': JSON.stringify({ name, attributes }) }),
  },
  /** A question; `inner` is the Markdown of its options and its explanation, edited in a form. */
  quiz: leaf('quiz', { ...origin, attributes: { default: {} }, inner: { default: '' } }, block),
  /** Source that has no node of its own; `why` says so in Chinese. */
  source: {
    ...block,
    content: 'text*',
    marks: '',
    attrs: { ...origin, why: { default: '' } },
    code: true,
    defining: true,
    isolating: true,
    parseDOM: [
      {
        tag: 'pre[data-why]',
        priority: 60,
        preserveWhitespace: 'full',
        getAttrs: (element) => ({ why: element.getAttribute('data-why') }),
      },
    ],
    toDOM: (node) => ['pre', { 'data-why': String(node.attrs.why) }, ['code', 0]],
  },
  text: { group: 'inline' },
  hard_break: {
    ...inline,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  image: leaf('image', { src: {}, alt: { default: '' }, title: { default: '' } }, inline),
  math_inline: leaf('math_inline', { tex: { default: '' } }, inline),
  footnote_ref: leaf('footnote_ref', { label: { default: '1' } }, inline),
  /** A block of the site inside a line, e.g. a term. */
  site_inline: leaf('site_inline', { name: {}, attributes: { default: {} } }, inline),
  raw_inline: leaf('raw_inline', { source: {} }, inline),
};

const element = (name: string, others: string[] = []): MarkSpec => ({
  parseDOM: [name, ...others].map((tag) => ({ tag })),
  toDOM: () => dom(name),
});

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {}, title: { default: '' } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (link) =>
          isSafeAddress(link.getAttribute('href') ?? '') && {
            href: link.getAttribute('href'),
            title: link.getAttribute('title') ?? '',
          },
      },
    ],
    toDOM: (mark) => ['a', { href: String(mark.attrs.href), title: String(mark.attrs.href) }, 0],
  },
  strong: element('strong', ['b']),
  em: element('em', ['i']),
  strike: element('del', ['s', 'strike']),
  u: element('u'),
  mark: element('mark'),
  small: element('small'),
  kbd: element('kbd'),
  sub: { ...element('sub'), excludes: 'sub sup' },
  sup: { ...element('sup'), excludes: 'sub sup' },
  code: { ...element('code'), code: true, excludes: 'code' },
};

export const schema = new Schema({ nodes, marks });

/** The type of a node by name; a name that does not exist is a mistake of ours. */
export function nodeType(name: string) {
  const type = schema.nodes[name];
  if (!type) throw new Error(`no node ${name}`);
  return type;
}

/** The type of a mark by name. */
export function markType(name: string) {
  const type = schema.marks[name];
  if (!type) throw new Error(`no mark ${name}`);
  return type;
}
