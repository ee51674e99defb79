import type { Element, ElementContent, Root, RootContent } from 'hast';
import Slugger from 'github-slugger';
import { blockNamed } from '../blocks/index.ts';
import { type BlockContext, escapeHtml, isSafeAddress, pictureHtml } from '../model/block.ts';
import type { Problem } from '../model/problems.ts';
import { shapeOf } from '../model/schema.ts';
import { attributeValues } from './source/attributes.ts';
import { inlineElement } from './source/inline-html.ts';
import { displayMaths, renderMaths } from '../blocks/formula/maths.ts';

/** From the HTML syntax tree to HTML. Everything is escaped here; only known elements and blocks come out. */

export interface Heading {
  /** 2 to 6. */
  depth: number;
  /** The heading's id. */
  slug: string;
  text: string;
}

export interface Rendered {
  html: string;
  headings: Heading[];
  /** Names of the blocks used, each once, in order of appearance. */
  blocks: string[];
  problems: RenderProblem[];
}

/** What is seen only when a body is written as HTML. */
export interface RenderProblem {
  severity: Problem['severity'];
  /** Offset in the normalised source. */
  at: number;
  field?: string;
  message: string;
}

const VOID = new Set(['br', 'hr', 'img', 'input']);
const KNOWN = new Set([
  'a',
  'blockquote',
  'br',
  'code',
  'del',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'img',
  'input',
  'li',
  'ol',
  'p',
  'pre',
  'section',
  'strong',
  'sup',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
]);

/** hast property → HTML attribute, for the properties that the parser makes. */
const ATTRIBUTES: Record<string, string> = {
  className: 'class',
  dataFootnoteRef: 'data-footnote-ref',
  dataFootnoteBackref: 'data-footnote-backref',
  dataFootnotes: 'data-footnotes',
  ariaDescribedBy: 'aria-describedby',
  ariaLabel: 'aria-label',
  href: 'href',
  id: 'id',
  title: 'title',
  type: 'type',
  checked: 'checked',
  disabled: 'disabled',
  start: 'start',
  style: 'style',
};

/** Renders a tree made by `normalize`. */
export function renderTree(tree: Root, context: BlockContext): Rendered {
  const slugger = new Slugger();
  const rendered: Rendered = { html: '', headings: [], blocks: [], problems: [] };

  const report = (
    { position }: RootContent,
    severity: Problem['severity'],
    message: string,
    field?: string,
  ) =>
    rendered.problems.push({ severity, at: position?.start.offset ?? 0, message, ...(field && { field }) });

  const children = (nodes: readonly (RootContent | ElementContent)[]): string => nodes.map(node).join('');

  const node = (item: RootContent | ElementContent): string => {
    if (item.type === 'text') return escapeHtml(item.value);
    if (item.type === 'element') return element(item);
    if (item.type !== 'mdxJsxFlowElement' && item.type !== 'mdxJsxTextElement') return '';
    const inner = children(item.children);
    const attributes = item.attributes.flatMap((attribute) =>
      attribute.type === 'mdxJsxAttribute' && typeof (attribute.value ?? '') === 'string'
        ? [{ name: attribute.name, value: String(attribute.value ?? '') }]
        : [],
    );
    const block = blockNamed(item.name ?? '');
    if (block) {
      if (!rendered.blocks.includes(block.name)) rendered.blocks.push(block.name);
      const known = attributes.filter(({ name }) => name in shapeOf(block.schema));
      const parsed = block.schema.safeParse(attributeValues(known));
      if (!parsed.success) return broken(block.label, attributes, inner);
      const problem = block.check?.(parsed.data, inner);
      if (problem) report(item, 'error', problem, `<${block.name}>（${block.label}）`);
      return block.render(parsed.data, inner, context);
    }
    const name = inlineElement(item.name ?? '');
    if (!name) return inner;
    return name === 'br' ? '<br>' : `<${name}>${inner}</${name}>`;
  };

  const element = (item: Element): string => {
    const { tagName, properties } = item;
    if (!KNOWN.has(tagName)) return children(item.children);
    const maths = mathsOf(item);
    if (maths) {
      const { html, ok } = renderMaths(maths.tex, maths.display);
      if (!ok) report(item, 'error', '公式写法有误或太长，已按原文显示；请检查 TeX');
      return maths.display ? displayMaths(html) : html;
    }
    if (tagName === 'img') return image(item);
    if (/^h[1-6]$/.test(tagName) && properties.id === undefined) return heading(item);
    if (tagName === 'table') return scrollable(children(item.children));
    const open = `<${tagName}${attributesOf(item)}>`;
    return VOID.has(tagName) ? open : `${open}${children(item.children)}</${tagName}>`;
  };

  const heading = (item: Element) => {
    const text = textOf(item);
    const slug = slugger.slug(text) || 'section';
    const depth = Number(item.tagName[1]);
    const above = rendered.headings.at(-1)?.depth ?? 1;
    if (depth > above + 1)
      report(
        item,
        'warning',
        `小标题「${text}」是第 ${depth} 级，上面没有第 ${depth - 1} 级；请改成第 ${above + 1} 级，行首写 ${'#'.repeat(above + 1)}`,
      );
    rendered.headings.push({ depth, slug, text });
    return `<${item.tagName} id="${escapeHtml(slug)}">${children(item.children)}</${item.tagName}>`;
  };

  const image = ({ properties }: Element) => {
    const src = String(properties.src ?? '');
    const title = properties.title ? ` title="${escapeHtml(String(properties.title))}"` : '';
    return isSafeAddress(src) ? pictureHtml(decode(src), String(properties.alt ?? ''), context, title) : '';
  };

  const attributesOf = (item: Element) => {
    let written = '';
    for (const [property, value] of Object.entries(item.properties)) {
      const name = ATTRIBUTES[property];
      if (!name || value === false || value === null || value === undefined) continue;
      if (value === true && name.startsWith('data-')) written += ` ${name}="true"`;
      else if (value === true || value === '') written += ` ${name}`;
      else if (name === 'style') written += ` style="${escapeHtml(String(value).replace(': ', ':'))}"`;
      else if (name === 'href') written += linkAttributes(String(value));
      else written += ` ${name}="${escapeHtml(Array.isArray(value) ? value.join(' ') : String(value))}"`;
    }
    if (item.tagName === 'input') written += ' aria-label="任务"';
    return written;
  };

  const linkAttributes = (address: string) => {
    if (!isSafeAddress(address)) return '';
    const external = /^https?:/i.test(address) ? ' rel="noopener external"' : '';
    return ` href="${escapeHtml(context.href(address))}"${external}`;
  };

  rendered.html = children(tree.children);
  return rendered;
}

/**
 * A table that may be wider than a phone scrolls by itself; its column heads name it for those who cannot see it. It is
 * a group, not a landmark: two tables of a text may well have the same heads. The corner above row heads is no head.
 */
export function scrollable(rows: string): string {
  const heads = [...rows.matchAll(/<th(?: [^>]*)?>([\s\S]*?)<\/th>/g)].map(([, head = '']) =>
    plainText(head),
  );
  const name = ['表格', heads.filter(Boolean).join('、')].filter(Boolean).join('：');
  const cells = rows.replace(/<th( [^>]*)?>\s*<\/th>/g, '<td$1></td>').replace(/<th\b/g, '<th scope="col"');
  return `<div class="table-scroll" role="group" tabindex="0" aria-label="${escapeHtml(name)}"><table>${cells}</table></div>`;
}

const decode = (address: string) => {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
};

/** `$…$` and `$$…$$` reach the tree as code of language `math`. */
function mathsOf(item: Element): { tex: string; display: boolean } | undefined {
  const code = item.tagName === 'pre' ? item.children[0] : item;
  if (code?.type !== 'element' || code.tagName !== 'code') return undefined;
  const classes = code.properties.className;
  if (!Array.isArray(classes) || !classes.includes('language-math')) return undefined;
  if (!classes.includes('math-inline') && !classes.includes('math-display')) return undefined;
  return { tex: textOf(code), display: classes.includes('math-display') };
}

function textOf(item: Element | Root): string {
  return item.children
    .map((child) =>
      child.type === 'text' ? child.value : 'children' in child ? textOf(child as Element) : '',
    )
    .join('');
}

/** A block that cannot be shown as meant still shows every word in it. */
const broken = (label: string, attributes: readonly { name: string; value: string }[], inner: string) =>
  `<div class="block-broken" role="note"><p>「${label}」没有写完整：</p><ul>${attributes
    .map(({ name, value }) => `<li>${escapeHtml(name)}：${escapeHtml(value)}</li>`)
    .join('')}</ul>${inner}</div>`;

const BLOCK_END =
  /<\/(?:p|h[1-6]|li|tr|td|th|dt|dd|div|figure|figcaption|blockquote|pre|section|table|summary|details)>|<(?:br|hr)[^>]*>/g;
const REFERENCES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** The words of rendered HTML, one line a paragraph, for search, excerpts and reading time. */
export function plainText(html: string): string {
  return html
    .replace(BLOCK_END, '$&\n')
    .replace(/<img [^>]*alt="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<math[^>]*alttext="([^"]*)"[^>]*>[\s\S]*?<\/math>/g, ' $1 ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot);/g, (reference) => REFERENCES[reference] as string)
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
