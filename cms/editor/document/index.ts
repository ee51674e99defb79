import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { EditorState, Plugin, Selection } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { element } from '../dialogs/dialog.ts';
import { keyPlugins } from './commands/keys.ts';
import { tidyTables } from './commands/tables.ts';
import { findPanel, findPlugin } from './panels/find.ts';
import { dragHandle } from './panels/handle.ts';
import { openHelp } from './panels/help.ts';
import { insertMenu } from './panels/insert-menu.ts';
import { editLink, goTo } from './panels/popups.ts';
import { toolbar } from './panels/toolbar.ts';
import { uploadPlugin } from './panels/uploads.ts';
import type { Opened } from './source/opened.ts';
import { parseDocument } from './source/parse.ts';
import { blockOfLine, serializeDocument } from './source/serialize.ts';
import { writeBelow } from './view/below.ts';
import { atomView, containerView, inlineView, openSelected } from './view/block-views.ts';
import type { PictureUrl } from './view/draw.ts';
import { leafViews } from './view/leaf-views.ts';
import { addPageStyles } from './view/page-style.ts';
import { pastePlugin } from './view/paste.ts';

/** The document editor: a body as it is read on the page, written in place. See `README.md`. */

/** How long after the last change the body's text is passed on. */
const PASS_ON_MS = 250;

/** How long a text that comes back is taken for the editor's own. */
const OWN_MS = 2000;

interface Options {
  /** Where it is drawn. */
  place: HTMLElement;
  value: string;
  /** Identifier of the text, for the field's label. */
  id: string;
  onChange: (text: string) => void;
  onFocus: () => void;
  onBlur: () => void;
  pictureUrl: PictureUrl;
}

export interface DocumentEditor {
  /** Takes a body from elsewhere, e.g. when the entry is reverted; what the editor itself passed on is ignored. */
  setValue: (text: string) => void;
  /** Passes on what was typed, now. */
  flush: () => void;
  /** The block in which a line of the body stands: its number, from 1, and a few words of it. */
  blockAt: (line: number) => { number: number; words: string } | undefined;
  /** Puts the cursor into that block and shows it. */
  jumpTo: (line: number) => void;
  destroy: () => void;
}

export function createDocumentEditor(options: Options): DocumentEditor {
  const theme = getComputedStyle(document.documentElement).getPropertyValue('--portal-theme').trim();
  addPageStyles(/^#[\da-f]{6}$/i.test(theme) ? theme : '#1f6f5c');
  const live = element('p', '', 'portal-doc-live');
  live.setAttribute('role', 'status');
  const announce = (words: string) => {
    live.textContent = words;
  };
  const count = element('small', '', 'portal-doc-count');
  const column = element('div', '', 'portal-doc-column portal-page-column');
  const find = findPanel(() => view);
  const help = () => openHelp(() => view.focus());
  const tools = toolbar(() => view, { announce, find: find.open, help });

  let opened: Opened = parseDocument(options.value);
  let latest = options.value;
  /** When each text was passed on: Decap may render an older one a moment after a newer one. */
  const passedOn = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    showCount();
    const text = serializeDocument(view.state.doc, opened);
    if (text === latest) return;
    latest = text;
    passedOn.set(text, Date.now());
    options.onChange(text);
  };
  const passOnSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (view.composing ? passOnSoon() : flush()), PASS_ON_MS);
  };

  const plugins: Plugin[] = [
    insertMenu(announce),
    pastePlugin(announce),
    ...keyPlugins({
      'Mod-k': () => editLink(view),
      'Mod-f': () => find.open(false),
      'Mod-h': () => find.open(true),
      'Mod-/': help,
      'Alt-F10': tools.focus,
      // biome-ignore lint/correctness/noComponentHookFactories: the name of a key, not a component
      Enter: () => openSelected(view),
    }),
    history(),
    dropCursor({ width: 3, color: 'var(--portal-theme)' }),
    gapCursor(),
    tidyTables,
    tableEditing(),
    uploadPlugin(announce),
    findPlugin(),
    dragHandle(column),
    placeholder,
  ];
  const stateOf = (doc: Node, selection?: Selection) =>
    EditorState.create({ doc, plugins, ...(selection && { selection }) });

  const view: EditorView = new EditorView(column, {
    state: stateOf(opened.doc),
    attributes: {
      id: options.id,
      class: 'portal-doc-text prose',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': '正文',
      'aria-describedby': `${options.id}-keys`,
      spellcheck: 'false',
    },
    nodeViews: {
      site_block: atomView(options.pictureUrl),
      quiz: atomView(options.pictureUrl),
      site_container: containerView(options.pictureUrl),
      site_inline: inlineView(options.pictureUrl),
      ...leafViews(options.pictureUrl),
    },
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) passOnSoon();
      show();
    },
    handleDOMEvents: {
      focus: options.onFocus,
      blur: () => {
        options.onBlur();
        flush();
      },
      keydown: (_view, event) => {
        if (event.isComposing || event.keyCode === COMPOSING) return;
        readSelection(view);
        if (event.ctrlKey || event.metaKey) flush();
      },
    },
  });

  const show = () => {
    if (view.composing) return;
    tools.update(view);
  };
  const showCount = () => {
    count.textContent = `${wordsOf(view.state.doc)} 字`;
  };
  const keysHint = element('span', '按 Alt+F10 到工具栏，按 Ctrl+/ 看快捷键', 'portal-doc-live');
  keysHint.id = `${options.id}-keys`;
  tools.dom.append(find.dom);
  options.place.append(tools.dom, column, count, live, keysHint);
  writeBelow(view, column);
  show();
  showCount();
  // Pressing 保存 or leaving takes what was typed along; before Decap's own handlers, which clear the form.
  const flushNow = () => flush();
  for (const type of LEAVING) window.addEventListener(type, flushNow, { capture: true });

  return {
    flush,
    setValue(text) {
      if (text === latest || Date.now() - (passedOn.get(text) ?? 0) < OWN_MS) return;
      passedOn.clear();
      clearTimeout(timer);
      timer = undefined;
      latest = text;
      const before = view.state;
      opened = parseDocument(text);
      view.updateState(stateOf(opened.doc, samePlace(before, opened.doc)));
      show();
      showCount();
    },
    blockAt(line) {
      const index = blockOfLine(view.state.doc, opened, line);
      if (index === undefined) return undefined;
      const words = [...view.state.doc.child(index).textContent].slice(0, 12).join('');
      return { number: index + 1, words };
    },
    jumpTo(line) {
      const index = blockOfLine(view.state.doc, opened, line);
      if (index === undefined) return;
      let at = 0;
      for (let one = 0; one < index; one++) at += view.state.doc.child(one).nodeSize;
      goTo(view, at + 1);
      const dom = view.nodeDOM(at);
      if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'center' });
    },
    destroy() {
      // The form may have been cleared already: what is passed on now would be a change of nothing.
      clearTimeout(timer);
      for (const type of LEAVING) window.removeEventListener(type, flushNow, { capture: true });
      view.destroy();
    },
  };
}

/** Events after which the form may be saved or left. */
const LEAVING = ['pointerdown', 'popstate', 'hashchange', 'pagehide'] as const;

/** `keyCode` of keys that an input method takes: https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode */
const COMPOSING = 229;

/** The browser tells a changed selection a moment later, and the key may come first. */
const readSelection = (view: EditorView) =>
  (view as unknown as { domObserver: { flush: () => void } }).domObserver.flush();

/** Characters that are read, without spaces. */
const wordsOf = (doc: Node): number => [...doc.textContent.replace(/\s/g, '')].length;

/** The selection at the same place of the same block in another document, as far as it is there. */
function samePlace({ doc, selection }: EditorState, next: Node): Selection {
  const index = selection.$from.index(0);
  const block = doc.maybeChild(index);
  const offset = selection.$from.depth > 0 ? selection.from - selection.$from.before(1) : 0;
  let place = -1;
  let reached = 0;
  next.forEach((child, _, at) => {
    if (block && child.textContent === block.textContent && (place < 0 || at === index)) place = reached;
    reached += child.nodeSize;
  });
  if (place < 0) place = Math.min(selection.from - offset, next.content.size);
  return Selection.near(next.resolve(Math.min(place + offset, next.content.size)));
}

/** What an empty body says. */
const placeholder = new Plugin({
  props: {
    attributes: ({ doc }): Record<string, string> =>
      doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0
        ? { 'data-placeholder': '从这里写起。输入 / 或 、插入表格、图片和内容块' }
        : {},
  },
});
