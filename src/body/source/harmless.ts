import type { Element, Root, RootContent } from 'hast';
import { blockNamed } from '../../blocks/index.ts';
import { isSafeAddress } from '../../model/block.ts';
import { inlineElement } from './inline-html.ts';
import { parseHtmlTree } from './parser.ts';

/** Reading the normalised text as real MDX, and refusing a tree in which anything could run. */

/** Parses the result and makes sure that nothing in it can run. */
export function parseSafely(source: string): { tree?: Root; errorOffset?: number } {
  try {
    const tree = parseHtmlTree(source);
    const harmful = harmfulNode(tree);
    return harmful ? { errorOffset: harmful.position?.start.offset } : { tree };
  } catch (error) {
    const [, line, column] = /^(\d+):(\d+)/.exec((error as Error).message) ?? [];
    if (!line) return {};
    const lineStart = source.split('\n', Number(line) - 1).join('\n').length + (Number(line) > 1 ? 1 : 0);
    return { errorOffset: lineStart + Number(column) - 1 };
  }
}

/** The first part of a tree that could run or that leads where no link may. */
function harmfulNode(tree: Root): RootContent | undefined {
  const stack: RootContent[] = [...tree.children];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      if (!node.name || !(blockNamed(node.name) || inlineElement(node.name) === node.name)) return node;
      if (
        node.attributes.some(
          (item) => item.type !== 'mdxJsxAttribute' || typeof (item.value ?? '') !== 'string',
        )
      )
        return node;
    } else if (node.type === 'element') {
      const address = node.properties.href ?? node.properties.src;
      if (typeof address === 'string' && !isSafeAddress(address)) return node;
    } else if (node.type !== 'text' && node.type !== 'comment') return node;
    if ('children' in node) stack.push(...(node as Element).children);
  }
  return undefined;
}
