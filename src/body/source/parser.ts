import type { Root as HastRoot } from 'hast';
import { type Features, mdxToHast, mdxToMdast } from 'satteri';

type Node = ReturnType<typeof mdxToMdast>;
type Parent = Extract<Node, { children: unknown }>;

/** The one place that calls the Markdown parser: the same one, with the same features, that @astrojs/mdx uses. */

/** Prefix of footnote ids, so that a footnote cannot take the id of something on the page. */
const FOOTNOTE_PREFIX = 'fn-';

/** Parser features of bodies and of `src/pages/*.mdx` alike (see `astro.config.mjs`). */
export const features = {
  gfm: {
    footnotes: {
      label: '注释',
      backContent: '↩',
      backLabel: '回到正文注释 {reference} 处',
      clobberPrefix: FOOTNOTE_PREFIX,
    },
  },
  math: true,
  frontmatter: false,
  smartPunctuation: false,
} as const satisfies Features;

/** A Markdown syntax node with the offsets of its source. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  children: SyntaxNode[];
  parent: SyntaxNode | undefined;
  /** How many nodes it stands in. */
  level: number;
  value?: string;
  url?: string;
  alt?: string | null;
  depth?: number;
  identifier?: string;
  label?: string | null;
  referenceType?: string;
  lang?: string | null;
  meta?: string | null;
}

/** What a walk over the syntax tree found: every node in document order. */
export interface SyntaxTree {
  nodes: SyntaxNode[];
}

/** Parses MDX to a flat list of syntax nodes. Throws when the text is not valid MDX. */
export function parseSyntax(source: string): SyntaxTree {
  const root = mdxToMdast(source, { features });
  const nodes: SyntaxNode[] = [];
  const stack: { node: Node; parent: SyntaxNode | undefined; depth: number }[] = [
    { node: root, parent: undefined, depth: 0 },
  ];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, parent, depth } = next;
    const { position, children, ...rest } = node as Parent;
    const seen: SyntaxNode = {
      ...rest,
      start: position?.start.offset ?? 0,
      end: position?.end.offset ?? 0,
      children: [],
      parent,
      level: depth,
    };
    parent?.children.push(seen);
    nodes.push(seen);
    for (let index = (children?.length ?? 0) - 1; index >= 0; index--)
      stack.push({ node: children[index] as Node, parent: seen, depth: depth + 1 });
  }
  return { nodes };
}

/** Parses MDX to an HTML syntax tree with positions. Throws when the text is not valid MDX. */
export const parseHtmlTree = (source: string): HastRoot => mdxToHast(source, { features }) as HastRoot;
