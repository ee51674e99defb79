import { NodeSelection, Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { element } from '../../dialogs/dialog.ts';

/** The handle beside a block: it is dragged to another place, or pressed for a menu that does the same with keys. */

export const dragHandle = (place: HTMLElement) =>
  new Plugin({
    view(view) {
      // No `<button>`: Firefox does not let one be dragged.
      const handle = element('div', '⠿', 'portal-doc-handle');
      handle.setAttribute('role', 'button');
      handle.draggable = true;
      handle.setAttribute('aria-label', '拖动这一段；按一下选中它');
      handle.title = '拖动这一段，或按一下选中它（Alt+Shift+↑↓ 移动）';
      handle.hidden = true;
      place.append(handle);
      let at: number | undefined;
      const show = (position: number | undefined) => {
        const dom = position === undefined ? null : view.nodeDOM(position);
        if (position === undefined || !(dom instanceof HTMLElement)) return;
        at = position;
        const box = dom.getBoundingClientRect();
        const around = place.getBoundingClientRect();
        handle.hidden = false;
        handle.style.top = `${box.top - around.top + place.scrollTop}px`;
      };
      const follow = (event: MouseEvent) => {
        // A browser looks for what is dragged where the button was pressed: the handle must stay there.
        if (view.composing || event.buttons !== 0) return;
        const found = view.posAtCoords({ left: event.clientX + 40, top: event.clientY });
        if (found) show(topOf(view, found.pos));
      };
      place.addEventListener('mousemove', follow);
      handle.addEventListener('click', () => {
        select(view, at);
        view.focus();
      });
      handle.addEventListener('dragstart', (event) => {
        select(view, at);
        const { selection } = view.state;
        if (!(selection instanceof NodeSelection) || !event.dataTransfer) return;
        const slice = selection.content();
        const { dom, text } = view.serializeForClipboard(slice);
        event.dataTransfer.clearData();
        event.dataTransfer.setData('text/html', dom.innerHTML);
        event.dataTransfer.setData('text/plain', text);
        event.dataTransfer.effectAllowed = 'copyMove';
        const drawn = view.nodeDOM(selection.from);
        if (drawn instanceof HTMLElement) event.dataTransfer.setDragImage(drawn, 0, 0);
        // Since 1.33 the node that is moved is told, so that the selection may change under way.
        Object.assign(view, { dragging: { slice, move: true, node: selection } });
      });
      return {
        update: () => {
          if (at !== undefined && at >= view.state.doc.content.size) handle.hidden = true;
        },
        destroy() {
          place.removeEventListener('mousemove', follow);
          handle.remove();
        },
      };
    },
  });

/** Where the top-level block of a position begins. */
const topOf = (view: EditorView, position: number): number | undefined => {
  const $at = view.state.doc.resolve(position);
  if ($at.depth > 0) return $at.before(1);
  return $at.nodeAfter ? position : undefined;
};

function select(view: EditorView, at: number | undefined): void {
  if (at === undefined || !view.state.doc.nodeAt(at)) return;
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
}
