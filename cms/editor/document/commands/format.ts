import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Node } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, TextSelection } from 'prosemirror-state';
import { markType, nodeType } from '../model/schema.ts';

/** Marks, headings and lists of the selection. */

export const mark = (name: string): Command => toggleMark(markType(name), null, { removeWhenPresent: false });

/** Whether the whole selection, or what is typed next, has a mark. */
export function hasMark({ selection, storedMarks, doc }: EditorState, name: string): boolean {
  const type = markType(name);
  const { empty, $from, from, to } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

/** Level of the last heading before a position; 1, the page's title, when there is none. */
export function levelBefore(doc: Node, position: number): number {
  let level = 1;
  doc.nodesBetween(0, Math.max(0, position), (node, at) => {
    if (node.type.name === 'heading' && at + node.nodeSize <= position) level = Number(node.attrs.level);
  });
  return level;
}

/** Deepest heading that may stand at the selection: one level below the one before, so that none is skipped. */
export const deepestHeading = ({ doc, selection }: EditorState): number =>
  Math.min(6, levelBefore(doc, selection.$from.before(selection.$from.depth || 1)) + 1);

/** Makes the selected paragraphs headings; a level that would skip one becomes the deepest allowed. */
export const heading =
  (level: number): Command =>
  (state, dispatch, view) =>
    setBlockType(nodeType('heading'), { level: Math.min(level, deepestHeading(state)) })(
      state,
      dispatch,
      view,
    );

export const paragraph: Command = (state, dispatch, view) =>
  setBlockType(nodeType('paragraph'))(state, dispatch, view);

/** What the selection stands in: `paragraph`, `heading-2`, `code_block`… */
export function blockKind({ selection }: EditorState): string {
  const { parent } = selection.$from;
  return parent.type.name === 'heading' ? `heading-${String(parent.attrs.level)}` : parent.type.name;
}

/** Whether the selection stands inside a node of a type. */
export function isInside({ selection: { $from } }: EditorState, name: string): boolean {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === name) return true;
  return false;
}

/** Depth of the innermost list around the selection. */
function listDepth({ selection: { $from } }: EditorState): number | undefined {
  for (let depth = $from.depth; depth > 0; depth--)
    if (/_list$/.test($from.node(depth).type.name)) return depth;
  return undefined;
}

/** Turns paragraphs into a list, a list into the other kind, and a list of the kind back into paragraphs. */
export const list =
  (name: 'bullet_list' | 'ordered_list', isTask = false): Command =>
  (state, dispatch, view) => {
    const depth = listDepth(state);
    if (depth === undefined) {
      const wrap = wrapInList(nodeType(name))(state, dispatch, view);
      if (wrap && dispatch && view && isTask) setTask(view.state, dispatch, false);
      return wrap;
    }
    const { $from } = state.selection;
    const found = $from.node(depth);
    const item = $from.node(depth + 1);
    const itIsTask = item?.attrs.checked !== null;
    if (found.type.name === name && itIsTask === isTask)
      return liftListItem(nodeType('list_item'))(state, dispatch, view);
    if (!dispatch) return true;
    const at = $from.before(depth);
    const { loose } = found.attrs;
    const tr = state.tr.setNodeMarkup(at, nodeType(name), { loose, origin: found.attrs.origin });
    found.forEach((child, offset) => {
      tr.setNodeMarkup(at + 1 + offset, undefined, { ...child.attrs, checked: isTask ? false : null });
    });
    dispatch(tr.scrollIntoView());
    return true;
  };

/** Makes the items of the list around the selection tasks, done or not; null makes them plain. */
function setTask(state: EditorState, dispatch: (tr: EditorState['tr']) => void, checked: boolean | null) {
  const depth = listDepth(state);
  if (depth === undefined) return;
  const { $from } = state.selection;
  const at = $from.before(depth);
  const tr = state.tr;
  $from.node(depth).forEach((child, offset) => {
    tr.setNodeMarkup(at + 1 + offset, undefined, { ...child.attrs, checked });
  });
  dispatch(tr);
}

export const quote: Command = (state, dispatch, view) =>
  isInside(state, 'blockquote')
    ? lift(state, dispatch, view)
    : wrapIn(nodeType('blockquote'))(state, dispatch, view);

/** Puts blocks at the selection: in place of an empty paragraph, else below the block with the cursor. */
export const insertBlocks =
  (nodes: readonly Node[]): Command =>
  (state, dispatch) => {
    if (!dispatch) return true;
    const { $from, $to } = state.selection;
    const tr = state.tr;
    const depth = placeDepth(state);
    const isEmpty = $from.parent.isTextblock && $from.parent.content.size === 0 && $from.depth === depth;
    const from = isEmpty ? $from.before(depth) : depth === 0 ? $to.pos : $to.after(depth);
    const to = isEmpty ? $from.after(depth) : from;
    tr.replaceWith(from, to, nodes as Node[]);
    const size = nodes.reduce((sum, node) => sum + node.nodeSize, 0);
    if (from + size >= tr.doc.content.size && nodes.at(-1)?.isAtom)
      tr.insert(from + size, nodeType('paragraph').create());
    const inside = nodes.length === 1 && !nodes[0]?.isAtom;
    const target = tr.doc.resolve(Math.min(inside ? from + 1 : from + size, tr.doc.content.size));
    dispatch(tr.setSelection(TextSelection.near(target, inside ? 1 : 1)).scrollIntoView());
    return true;
  };

/** Depth of the block below which others may be put: outside lists' paragraphs, cells, quotations of one line. */
function placeDepth({ selection: { $from } }: EditorState): number {
  for (let depth = $from.depth; depth > 0; depth--) {
    const { name } = $from.node(depth - 1).type;
    if (/^(doc|site_container|blockquote|footnote_definition)$/.test(name)) return depth;
  }
  return $from.depth;
}

/** Puts an inline node, or marked text, in place of the selection. */
export const insertInline =
  (node: Node): Command =>
  (state, dispatch) => {
    if (!state.selection.$from.parent.inlineContent) return false;
    dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView());
    return true;
  };

/** Moves the top-level block with the cursor up or down. */
export const moveBlock =
  (direction: -1 | 1): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    const index = $from.index(0);
    const { doc } = state;
    const other = doc.maybeChild(index + direction);
    const own = doc.maybeChild(index);
    if (!own || !other) return false;
    if (!dispatch) return true;
    const start = $from.posAtIndex(index, 0);
    const offset = state.selection.from - start;
    const target = direction < 0 ? start - other.nodeSize : start + other.nodeSize;
    const tr = state.tr.delete(start, start + own.nodeSize).insert(target, own);
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(target + offset, tr.doc.content.size))));
    dispatch(tr.scrollIntoView());
    return true;
  };
