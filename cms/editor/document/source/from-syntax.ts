import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { blockNamed } from '../../../../src/blocks/index.ts';
import { inlineElement } from '../../../../src/body/source/inline-html.ts';
import type { SyntaxNode } from '../../../../src/body/source/parser.ts';
import { markType, nodeType, schema } from '../model/schema.ts';

/** From the syntax tree of a normalised body to nodes of the document. */

/** What the parser says of a node besides `SyntaxNode`. */
interface Syntax extends SyntaxNode {
  ordered?: boolean;
  spread?: boolean;
  checked?: boolean | null;
  align?: (string | null)[];
  name?: string | null;
  title?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
}

/** A construct that has no node; the block in which it stands is shown as source. */
export class NoNode extends Error {}

const HOLDS_MARK: Record<string, string> = { strong: 'strong', emphasis: 'em', delete: 'strike' };
const ELEMENT_MARK: Record<string, string> = {
  ...{ strong: 'strong', em: 'em', del: 'strike', sub: 'sub', sup: 'sup' },
  ...{ u: 'u', mark: 'mark', small: 'small', kbd: 'kbd' },
};

/**
 * The block node of a syntax node.
 *
 * @param source the normalised body
 * @throws NoNode
 */
export function blockNode(source: string, item: SyntaxNode, origin: number | null = null): Node {
  return new Converter(source).block(item as Syntax, origin);
}

class Converter {
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  block(item: Syntax, origin: number | null = null): Node {
    const make = (name: string, attributes: object = {}, content?: Fragment | readonly Node[]) =>
      nodeType(name).createChecked({ origin, ...attributes }, content ?? null);
    switch (item.type) {
      case 'paragraph':
        return make('paragraph', {}, this.inline(item.children));
      case 'heading':
        return make('heading', { level: item.depth }, this.inline(item.children));
      case 'blockquote':
        return make('blockquote', {}, this.blocks(item.children));
      case 'list':
        return this.list(item, origin);
      case 'code':
        return make(
          'code_block',
          { info: [item.lang, item.meta].filter(Boolean).join(' ') },
          textOf(item.value ?? ''),
        );
      case 'thematicBreak':
        return make('horizontal_rule');
      case 'math':
        if (item.meta) throw new NoNode('公式的第一行后面还有字');
        return make('math_block', { tex: item.value ?? '' });
      case 'table':
        return this.table(item, origin);
      case 'footnoteDefinition':
        return make(
          'footnote_definition',
          { label: item.label ?? item.identifier },
          this.blocks(item.children),
        );
      case 'mdxJsxFlowElement':
        return this.element(item, origin);
      case 'definition':
        throw new NoNode('链接的网址写在别处');
      default:
        throw new NoNode('编辑器还不认识的写法');
    }
  }

  private blocks(items: readonly SyntaxNode[]): Node[] {
    const made = items.map((item) => this.block(item as Syntax));
    return made.length > 0 ? made : [nodeType('paragraph').create()];
  }

  private list(item: Syntax, origin: number | null): Node {
    const items = item.children as Syntax[];
    const loose = item.spread === true || items.some(({ spread }) => spread === true);
    const marker = this.source.slice(items[0]?.start ?? item.start, item.end).trimStart();
    const children = items.map((one) => {
      const blocks = this.blocks(one.children);
      if (blocks[0]?.type.name !== 'paragraph') blocks.unshift(nodeType('paragraph').create());
      return nodeType('list_item').createChecked({ checked: one.checked ?? null }, blocks);
    });
    if (!item.ordered)
      return nodeType('bullet_list').createChecked({ origin, loose, bullet: marker[0] ?? '-' }, children);
    const [, number = '1', delimiter = '.'] = /^(\d+)([.)])/.exec(marker) ?? [];
    return nodeType('ordered_list').createChecked(
      { origin, loose, start: Number(number), delimiter },
      children,
    );
  }

  private table(item: Syntax, origin: number | null): Node {
    const rows = item.children as Syntax[];
    const width = Math.max(...rows.map(({ children }) => children.length));
    const made = rows.map((row, y) => {
      const cells = Array.from({ length: width }, (_, x) => {
        const cell = row.children[x];
        const content = cell ? this.inline(cell.children) : Fragment.empty;
        return nodeType(y === 0 ? 'table_header' : 'table_cell').createChecked(
          { align: item.align?.[x] ?? null },
          nodeType('paragraph').create(null, content),
        );
      });
      return nodeType('table_row').createChecked(null, cells);
    });
    return nodeType('table').createChecked({ origin }, made);
  }

  private element(item: Syntax, origin: number | null): Node {
    const name = item.name ?? '';
    const block = blockNamed(name);
    if (!block) {
      if (!inlineElement(name)) throw new NoNode('编辑器还不认识的标签');
      return nodeType('paragraph').createChecked({ origin }, this.inline([item]));
    }
    const attributes = attributesOf(item);
    if (block.placement === 'inline')
      return nodeType('paragraph').createChecked({ origin }, this.inline([item]));
    if (!block.children) {
      if (item.children.length > 0) throw new NoNode(`「${block.label}」里面不放文字`);
      return nodeType('site_block').createChecked({ origin, name, attributes });
    }
    if (name === 'Quiz') {
      const inner = this.source.slice(item.children[0]?.start ?? 0, item.children.at(-1)?.end ?? 0);
      return nodeType('quiz').createChecked({ origin, attributes, inner });
    }
    return nodeType('site_container').createChecked({ origin, name, attributes }, this.blocks(item.children));
  }

  private inline(items: readonly SyntaxNode[], marks: readonly Mark[] = []): Fragment {
    return Fragment.from(items.flatMap((item) => this.inlineNodes(item as Syntax, marks)));
  }

  private within(item: Syntax, marks: readonly Mark[], name: string, attributes?: object): Node[] {
    const inner = markType(name)
      .create({ ...attributes })
      .addToSet(marks);
    return item.children.flatMap((child) => this.inlineNodes(child as Syntax, inner));
  }

  private inlineNodes(item: Syntax, marks: readonly Mark[]): Node[] {
    const make = (name: string, attributes: object = {}) => [
      nodeType(name).create({ ...attributes }, null, marks),
    ];
    const holds = HOLDS_MARK[item.type];
    if (holds) return this.within(item, marks, holds);
    switch (item.type) {
      case 'text':
        return textNodes((item.value ?? '').replace(/\s*\n\s*/g, ' '), marks);
      case 'break':
        return make('hard_break');
      case 'inlineCode':
        return textNodes(item.value ?? '', markType('code').create().addToSet(marks));
      case 'inlineMath':
        return make('math_inline', { tex: item.value ?? '' });
      case 'image':
        return make('image', { src: item.url ?? '', alt: item.alt ?? '', title: item.title ?? '' });
      case 'footnoteReference':
        return make('footnote_ref', { label: item.label ?? item.identifier });
      case 'link':
        return this.within(item, marks, 'link', { href: item.url ?? '', title: item.title ?? '' });
      case 'paragraph':
        return item.children.flatMap((child) => this.inlineNodes(child as Syntax, marks));
      case 'mdxJsxTextElement':
      case 'mdxJsxFlowElement': {
        const name = item.name ?? '';
        if (blockNamed(name)?.placement === 'inline' && item.children.length === 0)
          return make('site_inline', { name, attributes: attributesOf(item) });
        const element = inlineElement(name);
        if (element === 'br') return make('hard_break');
        const mark = element && ELEMENT_MARK[element];
        if (mark) return this.within(item, marks, mark);
      }
    }
    return make('raw_inline', { source: this.source.slice(item.start, item.end) });
  }
}

const textNodes = (text: string, marks: readonly Mark[]) => (text === '' ? [] : [schema.text(text, marks)]);
const textOf = (text: string) => Fragment.from(textNodes(text, []));

const attributesOf = ({ attributes = [] }: Syntax): Record<string, string> =>
  Object.fromEntries(
    attributes.map(({ name = '', value }) => {
      if (typeof (value ?? '') !== 'string') throw new NoNode('属性里有算式');
      return [name, String(value ?? '')];
    }),
  );
