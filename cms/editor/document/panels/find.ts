import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { button, element } from '../../dialogs/dialog.ts';

/** Finding and replacing in the text: Ctrl+F and Ctrl+H. */

interface Match {
  from: number;
  to: number;
}

const key = new PluginKey<{ query: string; matches: Match[] }>('find');

/** Where words stand in the text, in any case; what stands across two paragraphs is not found. */
export function findMatches(doc: Node, query: string): Match[] {
  const wanted = query.toLowerCase();
  const found: Match[] = [];
  if (wanted === '') return found;
  doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    const text = node.textBetween(0, node.content.size, '￼', '￼').toLowerCase();
    for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + wanted.length))
      found.push({ from: at + 1 + place, to: at + 1 + place + wanted.length });
  });
  return found;
}

/** Marks what is found. */
export const findPlugin = () =>
  new Plugin<{ query: string; matches: Match[] }>({
    key,
    state: {
      init: () => ({ query: '', matches: [] }),
      apply(tr, found) {
        const query = (tr.getMeta(key) as string | undefined) ?? found.query;
        return query === found.query && !tr.docChanged
          ? found
          : { query, matches: findMatches(tr.doc, query) };
      },
    },
    props: {
      decorations(state) {
        const { matches = [] } = key.getState(state) ?? {};
        if (matches.length === 0) return null;
        const { from, to } = state.selection;
        return DecorationSet.create(
          state.doc,
          matches.map((match) =>
            Decoration.inline(match.from, match.to, {
              class: match.from === from && match.to === to ? 'portal-doc-found now' : 'portal-doc-found',
            }),
          ),
        );
      },
    },
  });

export interface FindPanel {
  dom: HTMLElement;
  open: (withReplacing: boolean) => true;
}

export function findPanel(getView: () => EditorView): FindPanel {
  const dom = element('div', '', 'portal-doc-find');
  dom.setAttribute('role', 'search');
  dom.setAttribute('aria-label', '查找和替换');
  dom.hidden = true;
  const query = box('查找');
  const replacement = box('换成');
  const said = element('output');
  const matches = () => key.getState(getView().state)?.matches ?? [];

  const tell = () => {
    const found = matches();
    const { from, to } = getView().state.selection;
    const now = found.findIndex((match) => match.from === from && match.to === to) + 1;
    said.textContent =
      query.value === '' ? '' : found.length === 0 ? '没有找到' : `${now || '共'} / ${found.length} 处`;
  };
  const search = () => {
    const view = getView();
    view.dispatch(view.state.tr.setMeta(key, query.value));
    tell();
  };
  const select = (match: Match | undefined) => {
    if (!match) return;
    const view = getView();
    view.dispatch(
      view.state.tr.setSelection(TextSelection.create(view.state.doc, match.from, match.to)).scrollIntoView(),
    );
    tell();
  };
  const go = (by: 1 | -1) => {
    const found = matches();
    const { from } = getView().state.selection;
    select(
      by > 0
        ? (found.find((match) => match.from > from) ?? found[0])
        : (found.findLast((match) => match.from < from) ?? found.at(-1)),
    );
  };
  const replace = () => {
    const view = getView();
    const { from, to } = view.state.selection;
    if (!matches().some((match) => match.from === from && match.to === to)) return go(1);
    view.dispatch(view.state.tr.insertText(replacement.value, from, to));
    select(matches().find((match) => match.from >= from + replacement.value.length) ?? matches()[0]);
    tell();
  };
  const replaceAll = () => {
    const view = getView();
    const found = matches();
    const tr = view.state.tr;
    for (const { from, to } of [...found].reverse()) tr.insertText(replacement.value, from, to);
    view.dispatch(tr);
    said.textContent = `换了 ${found.length} 处，按 Ctrl+Z 可以撤销`;
  };
  const close = () => {
    dom.hidden = true;
    const view = getView();
    view.dispatch(view.state.tr.setMeta(key, ''));
    view.focus();
  };
  const replacing = element('span', '', 'portal-doc-replacing');
  replacing.append(replacement, button('换这一处', replace), button('全部换', replaceAll));
  const previous = button('上一处', () => go(-1));
  const next = button('下一处', () => go(1));
  said.setAttribute('aria-live', 'polite');
  dom.append(query, previous, next, said, replacing, button('关闭', close));
  query.addEventListener('input', search);
  dom.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && !event.isComposing && event.target === query)
      go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && !event.isComposing && event.target === replacement) replace();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    dom,
    open(withReplacing) {
      const { state } = getView();
      const selected = state.doc.textBetween(state.selection.from, state.selection.to, '\n');
      if (selected && !selected.includes('\n')) query.value = selected;
      dom.hidden = false;
      replacing.hidden = !withReplacing;
      search();
      query.focus();
      query.select();
      return true;
    },
  };
}

function box(label: string): HTMLInputElement {
  const made = element('input');
  made.type = 'text';
  made.placeholder = label;
  made.setAttribute('aria-label', label);
  return made;
}
