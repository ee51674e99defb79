import { redo, undo } from 'prosemirror-history';
import { isInTable } from 'prosemirror-tables';
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { figure } from '../../../../src/blocks/figure/index.ts';
import { button, element } from '../../dialogs/dialog.ts';
import { headingName } from './catalogue.ts';
import {
  blockKind,
  deepestHeading,
  hasMark,
  heading,
  insertBlocks,
  isInside,
  list,
  mark,
  paragraph,
  quote,
} from '../commands/format.ts';
import { newTable, tableTools } from '../commands/tables.ts';
import { insertSiteBlock } from './blocks.ts';
import { openInsertList } from './insert-menu.ts';
import { editFormula, editLink, editNote } from './popups.ts';

/** The toolbar: one line that scrolls on a phone; a second one while the cursor is in a table. */

interface Tool {
  label: string;
  /** What the button shows; the label when there is none. */
  sign?: string;
  key?: string;
  run: (view: EditorView, button: HTMLElement) => void;
  isOn?: (view: EditorView) => boolean;
}

const command = (run: Command) => (view: EditorView) => {
  run(view.state, view.dispatch, view);
  view.focus();
};

const marked = (label: string, name: string, sign: string, key?: string): Tool => ({
  label,
  sign,
  ...(key && { key }),
  run: command(mark(name)),
  isOn: ({ state }) => hasMark(state, name),
});

const tools = (parts: Parts): readonly (Tool | '|')[] => [
  { label: '撤销', sign: '↶', key: 'Ctrl+Z', run: command(undo) },
  { label: '重做', sign: '↷', key: 'Ctrl+Y', run: command(redo) },
  '|',
  marked('加粗', 'strong', '粗', 'Ctrl+B'),
  marked('着重', 'em', '着', 'Ctrl+I'),
  marked('删除线', 'strike', '删'),
  marked('上标', 'sup', 'x²', 'Ctrl+.'),
  marked('下标', 'sub', 'x₂', 'Ctrl+,'),
  {
    label: '链接',
    key: 'Ctrl+K',
    run: (view) => void editLink(view),
    isOn: ({ state }) => hasMark(state, 'link'),
  },
  '|',
  { label: '列表', run: command(list('bullet_list')), isOn: ({ state }) => isInside(state, 'bullet_list') },
  { label: '编号', run: command(list('ordered_list')), isOn: ({ state }) => isInside(state, 'ordered_list') },
  { label: '引用', run: command(quote), isOn: ({ state }) => isInside(state, 'blockquote') },
  '|',
  { label: figure.label, run: (view) => void insertSiteBlock(view, figure) },
  { label: '表格', run: command(insertBlocks([newTable(3, 3)])) },
  { label: '公式', run: (view) => void editFormula(view, false) },
  { label: '脚注', run: (view) => void editNote(view) },
  { label: '插入', sign: '＋ 插入', run: (view, press) => openInsertList(view, press, parts.announce) },
  '|',
  { label: '查找', key: 'Ctrl+F', run: () => parts.find(true) },
  { label: '快捷键', sign: '？', key: 'Ctrl+/', run: () => parts.help() },
];

interface Parts {
  announce: (words: string) => void;
  find: (withReplacing: boolean) => void;
  help: () => void;
}

export interface Toolbar {
  dom: HTMLElement;
  update: (view: EditorView) => void;
  focus: () => true;
}

export function toolbar(getView: () => EditorView, parts: Parts): Toolbar {
  const dom = element('div', '', 'portal-doc-tools');
  const main = bar('正文的格式');
  const tableBar = bar('表格');
  tableBar.hidden = true;
  const kinds = element('select');
  kinds.setAttribute('aria-label', '这一段是');
  kinds.addEventListener('change', () => {
    const level = Number(kinds.value);
    command(level ? heading(level) : paragraph)(getView());
  });
  main.append(kinds);
  const buttons: { tool: Tool; press: HTMLButtonElement }[] = [];
  for (const tool of tools(parts)) {
    if (tool === '|') {
      main.append(element('span', '', 'portal-doc-gap'));
      continue;
    }
    const press = button(tool.sign ?? tool.label, () => tool.run(getView(), press));
    press.title = tool.key ? `${tool.label}（${tool.key}）` : tool.label;
    press.setAttribute('aria-label', tool.label);
    if (tool.key) press.setAttribute('aria-keyshortcuts', tool.key.replace('Ctrl', 'Control'));
    main.append(press);
    buttons.push({ tool, press });
  }
  for (const { label, run } of tableTools) tableBar.append(button(label, () => command(run)(getView())));
  // Pressing a button leaves the selection in the text as it is.
  dom.addEventListener('mousedown', (event) => {
    if (event.target instanceof HTMLButtonElement) event.preventDefault();
  });
  for (const one of [main, tableBar]) moveWithArrows(one);
  dom.append(main, tableBar);
  return {
    dom,
    focus: () => {
      main.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      return true;
    },
    update(view) {
      const { state } = view;
      for (const { tool, press } of buttons)
        if (tool.isOn) press.setAttribute('aria-pressed', String(tool.isOn(view)));
      showKinds(kinds, blockKind(state), deepestHeading(state));
      keepOneStop(main);
      tableBar.hidden = !isInTable(state);
    },
  };
}

function showKinds(kinds: HTMLSelectElement, kind: string, deepest: number): void {
  const level = Number(/^heading-(\d)$/.exec(kind)?.[1] ?? 0);
  const most = Math.max(deepest, level);
  if (kinds.dataset.most !== String(most)) {
    kinds.dataset.most = String(most);
    kinds.replaceChildren(new Option('正文', '0'));
    for (let one = 2; one <= most; one++) kinds.append(new Option(headingName(one), String(one)));
  }
  if (document.activeElement !== kinds) kinds.value = String(level);
  kinds.disabled = !/^(paragraph|heading-\d)$/.test(kind);
}

function bar(label: string): HTMLElement {
  const made = element('div', '', 'portal-doc-bar-line');
  made.setAttribute('role', 'toolbar');
  made.setAttribute('aria-label', label);
  return made;
}

const stopsOf = (line: HTMLElement) => [...line.querySelectorAll<HTMLElement>(':is(button, select):enabled')];

/** What cannot be used at the moment is no stop: the toolbar would be out of reach. */
function keepOneStop(line: HTMLElement): void {
  const stops = stopsOf(line);
  if (stops.some(({ tabIndex }) => tabIndex === 0)) return;
  for (const [index, stop] of stops.entries()) stop.tabIndex = index === 0 ? 0 : -1;
}

/** One stop for Tab; the arrow keys go from button to button. https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/ */
function moveWithArrows(line: HTMLElement): void {
  const stops = () => stopsOf(line);
  for (const stop of stops()) stop.tabIndex = -1;
  keepOneStop(line);
  line.addEventListener('focusin', ({ target }) => {
    for (const stop of line.querySelectorAll<HTMLElement>('button, select'))
      stop.tabIndex = stop === target ? 0 : -1;
  });
  line.addEventListener('keydown', (event) => {
    const all = stops();
    const now = all.indexOf(event.target as HTMLElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
}
