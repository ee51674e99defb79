import type { Edit } from '../source/edits.ts';
import { emphasisEdits } from './emphasis.ts';
import type { Source } from '../source/masked.ts';
import type { SyntaxNode } from '../source/parser.ts';
import { endOfLine } from '../source/offsets.ts';

/** What an editor means and Markdown reads otherwise: nothing typed is lost, and bold is bold. */

/** Things that Markdown would swallow without a trace: surplus cells, words after a code fence. */
export function keepEverythingVisible({ text, tree }: Source, edits: Edit[]) {
  for (const node of tree.nodes) {
    if (node.type === 'table') {
      const columns = node.children[0]?.children.length ?? 0;
      for (const row of node.children)
        for (const cell of row.children.slice(columns))
          if (text[cell.start] === '|') edits.push({ start: cell.start, end: cell.start, text: '\\' });
    }
    if (node.type === 'code' || node.type === 'math') showFenceWords(text, node, edits);
  }
}

/**
 * `$$…$$` alone on its line is display maths, as in TeX; Markdown takes it for maths within a line,
 * which a phone cannot scroll.
 */
export function displayedMaths({ text, tree, code }: Source): Edit[] {
  return tree.nodes.flatMap((node) => {
    const [maths] = node.children;
    if (node.type !== 'paragraph' || node.parent?.type !== 'root' || node.children.length !== 1) return [];
    if (maths?.type !== 'inlineMath' || !code[maths.start]) return [];
    const { start, end } = maths;
    if (!/^\$\$[^$\n]+\$\$$/.test(text.slice(start, end))) return [];
    return [
      { start: start + 2, end: start + 2, text: '\n' },
      { start: end - 2, end: end - 2, text: '\n' },
    ];
  });
}

const FENCE_INFO = /^[\w+#.-]*(\s+(\{[\d,\s-]*\}|[\w-]+="[^"]*"|[\w-]+=[^\s"]+))*$/;

/** Words after an opening fence that are no language name become the first line of the code. */
function showFenceWords(text: string, node: SyntaxNode, edits: Edit[]) {
  const lineEnd = Math.min(endOfLine(text, node.start), node.end);
  const [opening = '', fence = ''] =
    /^(`{3,}|~{3,}|\${2,})[ \t]*/.exec(text.slice(node.start, lineEnd)) ?? [];
  const info = text.slice(node.start + opening.length, lineEnd).trim();
  if (fence === '' || info === '' || (node.type === 'code' && FENCE_INFO.test(info))) return;
  const prefix = text.slice(text.lastIndexOf('\n', node.start - 1) + 1, node.start).replace(/[^>\t]/g, ' ');
  edits.push({ start: node.start + fence.length, end: node.start + opening.length, text: `\n${prefix}` });
}

/** Bold and italics in every stretch of inline text; see `emphasis.ts`. */
export function emphasisOf({ masked, tree }: Source): Edit[] {
  const edits: Edit[] = [];
  for (const node of tree.nodes) {
    if (!/^(paragraph|heading|tableCell|link)$/.test(node.type) || node.children.length === 0) continue;
    const start = (node.children[0] as SyntaxNode).start;
    const end = (node.children.at(-1) as SyntaxNode).end;
    if (!/[*~]/.test(masked.slice(start, end))) continue;
    const opaque = new Map<number, number>();
    const inner = [...node.children];
    for (let child = inner.pop(); child; child = inner.pop()) {
      if (
        /^(inlineCode|inlineMath|image|imageReference|link|linkReference|footnoteReference)$/.test(child.type)
      )
        opaque.set(child.start, child.end);
      else inner.push(...child.children);
    }
    edits.push(...emphasisEdits(masked, start, end, (offset) => opaque.get(offset)));
  }
  return edits;
}
