import { commentsIn } from './dom.ts';
import { TEX } from './marked.ts';
import { officeMathToTex } from './office-math.ts';
import { mathToTex } from './mathml.ts';
import type { Notes } from './notes.ts';

/** Formulas of web pages (MathML, KaTeX, MathJax) and of Word as TeX, which the body writes between dollar signs. */

/** Replaces each formula by an empty element with its TeX; says which ones were not understood. */
export function writeFormulas(body: HTMLElement, notes: Notes): void {
  const unread: string[] = [];
  officeFormulas(body);
  for (const math of body.querySelectorAll('math')) {
    const drawn = math.closest('.katex,mjx-container,.MathJax,.mwe-math-element') ?? math;
    const tex = annotationOf(math) ?? mathToTex(math);
    if (tex === undefined) {
      unread.push(math.textContent ?? '');
      continue;
    }
    // KaTeX draws the formula again for the eye.
    drawn.replaceWith(formula(body, tex));
  }
  for (const script of body.querySelectorAll('script[type^="math/tex"]'))
    script.replaceWith(formula(body, script.textContent ?? ''));
  if (unread.length > 0) notes.add('公式没有认全，只粘贴了其中的字，请用「公式」重新写', unread);
}

function formula(body: HTMLElement, tex: string): Node {
  // A number needs no formula.
  if (/^[\d.,\s]*$/.test(tex)) return body.ownerDocument.createTextNode(tex);
  const made = body.ownerDocument.createElement('span');
  made.setAttribute(TEX, tex);
  return made;
}

const annotationOf = (math: Element): string | undefined =>
  math.querySelector('annotation[encoding="application/x-tex"]')?.textContent?.trim() || undefined;

/**
 * Word copies a formula as a comment with Office Math and, for programs that do not know it, as a picture of it between
 * `<![if !msEquation]>` and `<![endif]>`, which HTML parsers read as comments too.
 */
function officeFormulas(body: HTMLElement): void {
  for (const comment of commentsIn(body)) {
    const xml = /^\[if [^\]]*msEquation[^\]]*\]>([\s\S]*)<!\[endif\]$/i.exec(comment.data)?.[1];
    const tex = xml === undefined ? undefined : officeMathToTex(xml);
    if (tex === undefined) continue;
    removeFallback(comment);
    comment.replaceWith(formula(body, tex));
  }
}

function removeFallback(comment: Comment): void {
  const isMark = (node: Node | null, pattern: RegExp) =>
    node?.nodeType === Node.COMMENT_NODE && pattern.test((node as Comment).data);
  let begin = comment.nextSibling;
  while (begin?.nodeType === Node.TEXT_NODE && (begin.textContent ?? '').trim() === '')
    begin = begin.nextSibling;
  if (!isMark(begin, /^\[if !msEquation\]/i)) return;
  const removed: Node[] = [];
  for (let node = begin; node; node = node.nextSibling) {
    removed.push(node);
    if (isMark(node, /^\[endif\]/i)) {
      for (const one of removed) (one as ChildNode).remove();
      return;
    }
  }
}
