import type { Node } from 'prosemirror-model';
import { inlineMarkdown, type Notation, tag } from './inline.ts';

/** A block as Markdown in one notation. */

const FENCES = /^[ \t]*(`{3,})/gm;

/** Markdown of a block node; an empty string for an empty paragraph, which Markdown cannot hold. */
export function blockMarkdown(node: Node, notation: Notation): string {
  const { attrs } = node;
  switch (node.type.name) {
    case 'paragraph':
      return paragraph(inlineMarkdown(node.content, notation), notation);
    case 'heading': {
      const text = inlineMarkdown(node.content, notation, true).trim();
      const closing = notation.escape === 'all' ? text : text.replace(/#+$/, '\\$&');
      return text === '' ? '' : `${'#'.repeat(Math.max(1, Number(attrs.level) - notation.shift))} ${closing}`;
    }
    case 'blockquote':
      return childrenMarkdown(node, notation)
        .replace(/^(?=.)/gm, '> ')
        .replace(/^$/gm, '>');
    case 'bullet_list':
    case 'ordered_list':
      return listMarkdown(node, notation);
    case 'code_block': {
      const longest = [...node.textContent.matchAll(FENCES)].map(([, ticks = '']) => ticks.length);
      const fence = '`'.repeat(Math.max(3, ...longest.map((length) => length + 1)));
      return `${fence}${String(attrs.info)}\n${node.textContent}${node.textContent ? '\n' : ''}${fence}`;
    }
    case 'horizontal_rule':
      return '---';
    case 'table':
      return tableMarkdown(node, notation);
    case 'math_block':
      return `$$\n${String(attrs.tex)}\n$$`;
    case 'footnote_definition': {
      const inner = childrenMarkdown(node, notation);
      return `[^${String(attrs.label)}]: ${indent(inner, 4)}`;
    }
    case 'site_block':
      return tag(String(attrs.name), attrs.attributes as Record<string, string>, 'void');
    case 'site_container':
      return around(
        String(attrs.name),
        attrs.attributes as Record<string, string>,
        childrenMarkdown(node, notation),
      );
    case 'quiz':
      return around('Quiz', attrs.attributes as Record<string, string>, String(attrs.inner));
    default:
      return node.textContent;
  }
}

const around = (name: string, attributes: Record<string, string>, inner: string) =>
  `${tag(name, attributes, 'open')}\n\n${inner ? `${inner}\n\n` : ''}</${name}>`;

/** Blocks one below the other. Two lists that follow each other need different markers to stay two. */
function childrenMarkdown(node: Node, notation: Notation): string {
  const written: string[] = [];
  let before: Node | undefined;
  node.forEach((child) => {
    const text = blockMarkdown(apart(child, before), notation);
    if (text === '' && child.type.name === 'paragraph') return;
    written.push(text);
    before = child;
  });
  return written.join('\n\n');
}

/** The list with another marker than the list in front of it. */
export function apart(node: Node, before: Node | undefined): Node {
  if (!before || before.type !== node.type) return node;
  const { attrs, type } = node;
  if (type.name === 'bullet_list' && before.attrs.bullet === attrs.bullet)
    return type.create({ ...attrs, bullet: attrs.bullet === '-' ? '*' : '-' }, node.content);
  if (type.name === 'ordered_list' && before.attrs.delimiter === attrs.delimiter)
    return type.create({ ...attrs, delimiter: attrs.delimiter === '.' ? ')' : '.' }, node.content);
  return node;
}

/** Every line but the first behind spaces; empty lines stay empty. */
const indent = (text: string, width: number) => text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);

function listMarkdown(list: Node, notation: Notation): string {
  const { bullet, start, delimiter } = list.attrs;
  const items: string[] = [];
  let isLoose = list.attrs.loose === true;
  list.forEach((item, _, index) => {
    const marker =
      list.type.name === 'ordered_list'
        ? `${Number(start) + index}${String(delimiter)} `
        : `${String(bullet)} `;
    const task = item.attrs.checked === null ? '' : item.attrs.checked ? '[x] ' : '[ ] ';
    let written = '';
    let before: Node | undefined;
    item.forEach((child, _offset, at) => {
      const text = blockMarkdown(apart(child, before), notation);
      if (at > 0 && text === '' && child.type.name === 'paragraph') return;
      const isTight = !isLoose && at === 1 && /_list$/.test(child.type.name);
      written += at === 0 ? text : `${isTight ? '\n' : '\n\n'}${text}`;
      before = child;
    });
    const content = task + written;
    items.push(`${marker}${indent(content, marker.length)}`.trimEnd());
  });
  if (items.some((item) => /\n\n/.test(item)) && list.childCount > 1)
    isLoose = isLoose || hasParagraphs(list);
  return items.join(isLoose ? '\n\n' : '\n');
}

/** Whether an item of a list has several paragraphs, so that Markdown takes the whole list to be loose. */
function hasParagraphs(list: Node): boolean {
  let found = false;
  list.forEach((item) => {
    let count = 0;
    item.forEach((child) => {
      if (child.type.name === 'paragraph') count++;
    });
    if (count > 1) found = true;
  });
  return found;
}

const RULES: Record<string, string> = { left: ':--', right: '--:', center: ':-:' };

function tableMarkdown(table: Node, notation: Notation): string {
  const lines: string[] = [];
  table.forEach((row, _, y) => {
    const cells: string[] = [];
    const rules: string[] = [];
    row.forEach((cell) => {
      const text = inlineMarkdown(cell.firstChild?.content ?? cell.content, notation, true).trim();
      cells.push(text.replace(/(?<!\\)((?:\\\\)*)\|/g, '$1\\|'));
      rules.push(RULES[String(cell.attrs.align)] ?? '---');
    });
    lines.push(`| ${cells.join(' | ')} |`);
    if (y === 0) lines.push(`| ${rules.join(' | ')} |`);
  });
  return lines.join('\n');
}

/** Beginnings of a line that Markdown reads as a heading, a quotation, a list or a rule. */
const LINE_START = /^(#{1,6}(?=\s|$)|>|[+*-](?=\s|$)|-{2,}|=+(?=\s|$)|(?:`{3,}|~{3,})|:?-+:?\s*\|)/gm;

function paragraph(inline: string, { escape: escaped }: Notation): string {
  const text = inline.replace(/^[ \t]+/gm, '').replace(/^(?:\\?\n)+|[ \t]+$/g, '');
  if (escaped === 'all') return text.replace(/^(\d+)([.)])(?=\s|$)/gm, '$1\\$2');
  return text.replace(LINE_START, '\\$1').replace(/^(\d+)([.)])(?=\s|$)/gm, '$1\\$2');
}
