import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { nodeType } from '../model/schema.ts';

/** A click below the last block goes on writing there: in a new paragraph when the last block takes no text. */
export function writeBelow(view: EditorView, column: HTMLElement): void {
  column.addEventListener('mousedown', (event) => {
    const { lastElementChild: last } = view.dom;
    const isBelow = event.target === column || event.target === view.dom;
    if (!isBelow || !last || event.clientY <= last.getBoundingClientRect().bottom) return;
    event.preventDefault();
    const { doc, tr } = view.state;
    const at = doc.content.size;
    if (doc.lastChild?.type.name !== 'paragraph') tr.insert(at, nodeType('paragraph').create());
    view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)).scrollIntoView());
    view.focus();
  });
}
