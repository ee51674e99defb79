/** Nodes of pasted HTML: which are blocks, what their style says, their texts. */

const BLOCK_TAGS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE UL'.split(
    ' ',
  ),
);

export const isElement = (node: Node): node is HTMLElement => node.nodeType === Node.ELEMENT_NODE;

export const isBlock = (node: Node) => isElement(node) && BLOCK_TAGS.has(node.tagName);

export const containsBlocks = (element: HTMLElement): boolean =>
  [...element.children].some((child) => isBlock(child) || containsBlocks(child as HTMLElement));

/** The `style` as it is written: a style object drops what only Microsoft's programs know. */
export const styleOf = (element: Element): string => element.getAttribute('style') ?? '';

/** Whether an element makes its text bold; undefined when it says nothing about it. */
export function boldOf(element: Element): boolean | undefined {
  const weight = /(?:^|;)\s*font-weight:\s*(bold|bolder|normal|\d+)/i.exec(styleOf(element))?.[1];
  if (weight) return /bold|[6-9]00/i.test(weight);
  return ['B', 'STRONG'].includes(element.tagName) ? true : undefined;
}

/** The texts in an element, in order. */
export const textsIn = (element: Element): Text[] => nodesIn<Text>(element, NodeFilter.SHOW_TEXT);

/** The comments in an element, in order. */
export const commentsIn = (element: Element): Comment[] => nodesIn<Comment>(element, NodeFilter.SHOW_COMMENT);

function nodesIn<Found extends Node>(element: Element, what: number): Found[] {
  const walker = element.ownerDocument.createTreeWalker(element, what);
  const found: Found[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Found);
  return found;
}
