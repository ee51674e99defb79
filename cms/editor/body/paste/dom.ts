/** Which nodes of pasted HTML are blocks. */

const BLOCK_TAGS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE UL'.split(
    ' ',
  ),
);

export const isElement = (node: Node): node is HTMLElement => node.nodeType === Node.ELEMENT_NODE;

export const isBlock = (node: Node) => isElement(node) && BLOCK_TAGS.has(node.tagName);

export const containsBlocks = (element: HTMLElement): boolean =>
  [...element.children].some((child) => isBlock(child) || containsBlocks(child as HTMLElement));
