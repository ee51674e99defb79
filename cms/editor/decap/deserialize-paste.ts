import { cleanPaste, tellPaste } from '../body/paste/index.ts';

/**
 * Slate nodes for pasted HTML, by the same rules as in the source editor. Null for HTML that was copied from the rich-text
 * editor itself, which has Slate nodes already.
 *
 * @param toNodes Decap's Markdown parser
 */
export function deserializePaste(
  html: string,
  toNodes: (markdown: string) => unknown[],
): { children: unknown[] } | null {
  if (html.includes('data-slate-fragment')) return null;
  const pasted = cleanPaste(html);
  tellPaste(pasted);
  return { children: toNodes(pasted.markdown) };
}
