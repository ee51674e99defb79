import katex from 'katex';
import { escapeHtml } from '../../model/block.ts';

/** A formula on a line of its own; one wider than a phone scrolls by itself, from the keyboard too. */
export const displayMaths = (html: string): string =>
  `<div class="math-display" role="group" aria-label="公式" tabindex="0">${html}</div>`;

/** Longest formula in characters; time grows with the square of its nesting. */
const MAX_TEX = 5000;

/**
 * TeX → MathML. MathML needs no style sheet and no fonts; browsers without it show the symbols in a row.
 * Never throws: with an error `ok` is false and `html` shows the source.
 */
export function renderMaths(tex: string, display: boolean): { html: string; ok: boolean } {
  try {
    if (tex.length > MAX_TEX) throw new Error('too long');
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 500,
      maxSize: 20,
    });
    const math = /<math[\s\S]*<\/math>/.exec(html)?.[0] ?? '';
    const bare = math.replace(/<annotation[\s\S]*?<\/annotation>/, '').replace(/<\/?semantics>/g, '');
    return { html: bare.replace('<math ', `<math alttext="${escapeHtml(tex)}" `), ok: true };
  } catch {
    return { html: `<code class="math-source">${escapeHtml(tex)}</code>`, ok: false };
  }
}
