import { styleOf } from './dom.ts';
import { inlineOf, paragraph } from './inline.ts';
import { NOTE } from './marked.ts';

/** Word's footnotes and endnotes as `[^1]` and their definitions at the end. */

const REFERENCE = /mso-(foot|end)note-id:\s*([\w-]+)/i;
const LIST = /mso-element:\s*(?:foot|end)note-list/i;

/** Marks the references in the body and takes the notes out of it; returns their definitions. */
export function takeFootnotes(body: HTMLElement): string[] {
  const lists = [...body.querySelectorAll<HTMLElement>('[style*=note-list]')].filter((element) =>
    LIST.test(styleOf(element)),
  );
  const definitions: string[] = [];
  const references = [...body.querySelectorAll<HTMLAnchorElement>('a[style*=note-id]')].filter(
    (link) => REFERENCE.test(styleOf(link)) && !lists.some((list) => list.contains(link)),
  );
  for (const link of references) {
    const id = REFERENCE.exec(styleOf(link))?.[2] ?? '';
    const note = lists.map((list) => list.querySelector(`[id="${CSS.escape(id)}"]`)).find((found) => found);
    if (!note) continue;
    const number = definitions.length + 1;
    definitions.push(`[^${number}]: ${textOf(note)}`);
    const mark = body.ownerDocument.createElement('span');
    mark.setAttribute(NOTE, String(number));
    (link.closest('sup') ?? link).replaceWith(mark);
  }
  if (references.length > 0 && definitions.length === references.length)
    for (const list of lists) list.remove();
  return definitions;
}

function textOf(note: Element): string {
  for (const back of note.querySelectorAll('a[style*=note-id]')) back.remove();
  const paragraphs = [...note.querySelectorAll('p')];
  const parts = paragraphs.length > 0 ? paragraphs : [note];
  return parts
    .map((part) => paragraph(inlineOf([...part.childNodes])).replace(/\\?\n/g, ' '))
    .filter((text) => text !== '')
    .join(' ');
}
