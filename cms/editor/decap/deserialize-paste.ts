import { listRemovedPictures, cleanPaste } from '../body/paste.ts';

/**
 * What Decap's rich-text editor puts in for pasted HTML: the same as in the source. Null leaves what was copied from
 * that editor itself to it.
 *
 * @param toNodes reads Markdown as that editor does
 */
export function deserializePaste(
  html: string,
  toNodes: (markdown: string) => unknown[],
): { children: unknown[] } | null {
  if (html.includes('data-slate-fragment')) return null;
  const { markdown, refused } = cleanPaste(html);
  if (refused.length > 0) listRemovedPictures(refused);
  return { children: toNodes(markdown) };
}
