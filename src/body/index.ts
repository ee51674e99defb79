import type { BlockContext } from '../model/block.ts';
import type { Problem } from '../model/problems.ts';
import { normalize } from './normalize.ts';
import { type Heading, plainText, renderTree } from './render.ts';

/**
 * Safe bodies: what an editor typed → HTML that cannot run anything. Pure; the same in Node and in a browser.
 * See `README.md` in this folder.
 */

export type { Heading } from './render.ts';

/** A rendered body. */
export interface Body {
  html: string;
  headings: Heading[];
  /** Names of the blocks used, e.g. `Callout`. */
  blocks: string[];
  /** Every word a reader sees, one line a paragraph. */
  text: string;
  /** What an editor should look at; lines and columns of `source`, 1-based; `file` is empty. */
  problems: Problem[];
}

/** What the page can tell about pictures and addresses; without it pictures have no size and addresses stay. */
export type BodyOptions = Partial<BlockContext>;

/** Changes whenever the same source may give other HTML; part of every cache key. */
export const bodyVersion = '7';

/**
 * Renders a body. Never throws, whatever the input; what would take long is shown as plain text (`limits.ts`).
 *
 * @param source Markdown with known blocks, without front matter
 */
export function renderBody(source: string, options: BodyOptions = {}): Body {
  const context: BlockContext = { picture: () => undefined, href: (address) => address, ...options };
  const { tree, problems, placeOf } = normalize(source);
  const rendered = renderTree(tree, context);
  for (const { at, ...problem } of rendered.problems) problems.push({ file: '', ...placeOf(at), ...problem });
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const { html, headings, blocks } = rendered;
  return { html, headings, blocks, text: plainText(html), problems };
}

/**
 * The same body as a valid MDX document of Markdown, maths and known blocks with literal attributes; idempotent.
 * What was text stays text: `温度<30℃` becomes `温度\<30℃`.
 */
export const normalizeBody = (source: string): string => normalize(source).source;
