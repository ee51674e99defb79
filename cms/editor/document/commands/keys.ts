import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  newlineInCode,
  splitBlock,
} from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { type Command, type Plugin, TextSelection } from 'prosemirror-state';
import { markType, nodeType } from '../model/schema.ts';
import { deepestHeading, heading, insertInline, list, mark, moveBlock, paragraph, quote } from './format.ts';
import { tableKeys } from './tables.ts';

/** Keys and what is typed at the beginning of a line. */

const item = nodeType('list_item');

/** Shift+Enter: a line break, as in Word. In code it is a line like any other. */
const lineBreak: Command = chainCommands(newlineInCode, (state, dispatch) =>
  insertInline(nodeType('hard_break').create())(state, dispatch),
);

/** Enter in an empty paragraph at the end of a block of the site leaves the block. */
const leaveContainer: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const depth = $from.depth - 1;
  if (!empty || depth < 1 || $from.parent.content.size > 0) return false;
  const around = $from.node(depth);
  if (!/^(site_container|footnote_definition)$/.test(around.type.name)) return false;
  if ($from.index(depth) !== around.childCount - 1 || around.childCount === 1) return false;
  if (!dispatch) return true;
  const tr = state.tr.delete($from.before(), $from.after());
  const at = tr.mapping.map($from.after(depth));
  tr.insert(at, nodeType('paragraph').create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
};

/** Three empty lines at the end of code leave it. */
const leaveCode: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!parent.type.spec.code || !empty || $from.parentOffset < parent.content.size) return false;
  if (!parent.textContent.endsWith('\n\n')) return false;
  if (!dispatch || !view) return true;
  dispatch(state.tr.delete($from.pos - 2, $from.pos));
  return exitCode(view.state, dispatch);
};

/**
 * Home and End beside a formula or a note at the edge of a paragraph: there Chromium goes to the next paragraph. Only on
 * the first or last line of the paragraph; elsewhere the browser knows best.
 */
const toEdge =
  (side: 'start' | 'end', extend = false): Command =>
  (state, dispatch, view) => {
    const { $head, anchor } = state.selection;
    const { parent } = $head;
    const outer = side === 'end' ? parent.lastChild : parent.firstChild;
    if (!view || !parent.inlineContent || !outer || outer.isText) return false;
    const edge = side === 'end' ? $head.end() : $head.start();
    const [now, then] = [view.coordsAtPos($head.pos), view.coordsAtPos(edge)];
    if (now.bottom < then.top || now.top > then.bottom) return false;
    dispatch?.(
      state.tr.setSelection(TextSelection.create(state.doc, extend ? anchor : edge, edge)).scrollIntoView(),
    );
    return true;
  };

/** Enter in a list: another item; a task that is not done after a task. */
const splitItem: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const isTask = $from.depth > 1 && $from.node(-1).type === item && $from.node(-1).attrs.checked !== null;
  return splitListItem(item, { checked: isTask ? false : null })(state, dispatch);
};

/** An address followed by a space becomes a link. */
const linkRule = new InputRule(
  /(?:^|\s|[\p{Script=Han}，。；：（])(https?:\/\/[\w./?=%#:,@+~-]*[\w/])\s$/u,
  (state, match, start, end) => {
    const [whole, address = ''] = match;
    const from = start + whole.length - 1 - address.length;
    return state.tr
      .addMark(from, end, markType('link').create({ href: address }))
      .insertText(' ', end)
      .removeStoredMark(markType('link'));
  },
);

const rules = inputRules({
  rules: [
    new InputRule(/^(#{1,6})\s$/, (state, match, start, end) => {
      const level = Math.min(Math.max(2, match[1]?.length ?? 2), deepestHeading(state));
      const tr = state.tr.delete(start, end);
      return tr.setBlockType(tr.mapping.map(start), tr.mapping.map(start), nodeType('heading'), { level });
    }),
    wrappingInputRule(/^\s*>\s$/, nodeType('blockquote')),
    wrappingInputRule(/^\s*([-+*])\s$/, nodeType('bullet_list'), ([, bullet]) => ({ bullet })),
    wrappingInputRule(
      /^(\d{1,9})([.)])\s$/,
      nodeType('ordered_list'),
      ([, start, delimiter]) => ({ start: Number(start), delimiter }),
      ([, start], node) => node.childCount + Number(node.attrs.start) === Number(start),
    ),
    new InputRule(/^\[([ xX])\]\s$/, (state, match, start, end) => {
      const $start = state.doc.resolve(start);
      if ($start.node(-1)?.type !== item) return null;
      return state.tr
        .delete(start, end)
        .setNodeMarkup($start.before(-1), undefined, { checked: match[1] !== ' ' });
    }),
    textblockTypeInputRule(/^```([\w-]*)\s$/, nodeType('code_block'), ([, info = '']) => ({ info })),
    new InputRule(/^(?:---|\*\*\*)$/, (state, _match, start, end) => {
      const $start = state.doc.resolve(start);
      if ($start.depth !== 1) return null;
      const tr = state.tr.replaceWith($start.before(), state.doc.resolve(end).after(), [
        nodeType('horizontal_rule').create(),
        nodeType('paragraph').create(),
      ]);
      return tr.setSelection(TextSelection.near(tr.doc.resolve($start.before() + 2)));
    }),
    linkRule,
  ],
});

/** What the keys do; the descriptions are listed in the help sheet, `panels/help.ts`. */
export const keys: readonly { keys: string; does: string; run: Command }[] = [
  { keys: 'Mod-b', does: '加粗', run: mark('strong') },
  { keys: 'Mod-i', does: '着重', run: mark('em') },
  { keys: 'Mod-Shift-x', does: '删除线', run: mark('strike') },
  { keys: 'Mod-,', does: '下标', run: mark('sub') },
  { keys: 'Mod-.', does: '上标', run: mark('sup') },
  { keys: 'Mod-e', does: '代码', run: mark('code') },
  { keys: 'Mod-Alt-0', does: '正文', run: paragraph },
  { keys: 'Mod-Alt-2', does: '小标题', run: heading(2) },
  { keys: 'Mod-Alt-3', does: '小一级的标题', run: heading(3) },
  { keys: 'Mod-Shift-8', does: '项目列表', run: list('bullet_list') },
  { keys: 'Mod-Shift-7', does: '编号列表', run: list('ordered_list') },
  { keys: 'Mod-Shift-9', does: '引用', run: quote },
  { keys: 'Alt-Shift-ArrowUp', does: '把这一段往上移', run: moveBlock(-1) },
  { keys: 'Alt-Shift-ArrowDown', does: '把这一段往下移', run: moveBlock(1) },
  { keys: 'Shift-Enter', does: '换行（不另起一段）', run: lineBreak },
  { keys: 'Tab', does: '列表项缩进一级；表格里到下一格', run: sinkListItem(item) },
  { keys: 'Shift-Tab', does: '列表项退回一级；表格里到上一格', run: liftListItem(item) },
  { keys: 'Mod-z', does: '撤销', run: undo },
  { keys: 'Mod-y', does: '重做', run: redo },
];

/** The plugins of keys, with those of the panels first. */
export function keyPlugins(panels: Readonly<Record<string, Command>>): Plugin[] {
  const bound = Object.fromEntries(keys.map(({ keys: key, run }) => [key, run]));
  return [
    rules,
    keymap({ ...panels }),
    keymap(tableKeys),
    keymap({
      ...bound,
      'Mod-Shift-z': redo,
      // What a rule made of a typed mark is taken back by Backspace, as in Word.
      Backspace: undoInputRule,
      Home: toEdge('start'),
      End: toEdge('end'),
      'Shift-Home': toEdge('start', true),
      'Shift-End': toEdge('end', true),
      Enter: chainCommands(
        leaveCode,
        newlineInCode,
        splitItem,
        leaveContainer,
        createParagraphNear,
        liftEmptyBlock,
        splitBlock,
      ),
    }),
    keymap(baseKeymap),
  ];
}
