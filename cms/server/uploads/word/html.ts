import { parseHTML } from 'linkedom';
import { FORMULA_MARK } from './prepare.ts';

/** What the conversion wrote, in the form in which Word itself copies: the editor's rules for a paste read it. */

/** Prefix of the ids that the conversion gives footnotes. */
export const ID_PREFIX = 'word-';

const REFERENCE = new RegExp(`^#${ID_PREFIX}((?:foot|end)note-\\d+)$`);
const BACK = new RegExp(`^#${ID_PREFIX}(?:foot|end)note-ref-`);

function wordFootnotes(document: Document): void {
  const notes = document.createElement('div');
  notes.setAttribute('style', 'mso-element:footnote-list');
  for (const link of document.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    if (BACK.test(href)) link.remove();
    const id = REFERENCE.exec(href)?.[1];
    if (id) link.setAttribute('style', `mso-footnote-id:${id}`);
  }
  for (const item of document.querySelectorAll(`li[id^="${ID_PREFIX}"]`)) {
    const id = (item.getAttribute('id') ?? '').slice(ID_PREFIX.length);
    const note = document.createElement('div');
    note.setAttribute('style', 'mso-element:footnote');
    note.setAttribute('id', id);
    note.append(...item.childNodes);
    const list = item.parentElement;
    notes.append(note);
    item.remove();
    if (list?.childElementCount === 0) list.remove();
  }
  if (notes.childElementCount > 0) document.body.append(notes);
}

/** A heading is bold by itself. */
function plainHeadings(document: Document): void {
  for (const bold of document.querySelectorAll('h2 strong, h3 strong, h4 strong'))
    bold.replaceWith(...bold.childNodes);
}

/** HTML as a paste from Word has it, without the title. */
export function asPaste(html: string, formulas: readonly string[]): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  document.querySelector('h1.title')?.remove();
  plainHeadings(document as unknown as Document);
  wordFootnotes(document as unknown as Document);
  return document.body.innerHTML.replace(
    FORMULA_MARK,
    (_, index: string) => `<!--[if gte msEquation 12]>${formulas[Number(index)]}<![endif]-->`,
  );
}
