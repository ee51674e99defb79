import type { Node } from 'prosemirror-model';
import { Selection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { displayMaths, renderMaths } from '../../../../src/blocks/formula/maths.ts';
import { isSafeAddress } from '../../../../src/model/block.ts';
import { insertBlocks, insertInline } from '../commands/format.ts';
import { markType, nodeType, schema } from '../model/schema.ts';
import { ask } from './ask.ts';

/** Pop-ups for links, formulas and notes. */

/** Where the link around the cursor begins and ends, with its address. */
function linkAround({ state }: EditorView): { from: number; to: number; href: string } | undefined {
  const { $from, from, to } = state.selection;
  const type = markType('link');
  if (!$from.parent.inlineContent) return undefined;
  const start = $from.start();
  let found: { from: number; to: number; href: string } | undefined;
  let run: typeof found;
  $from.parent.forEach((child, offset) => {
    const mark = type.isInSet(child.marks);
    if (!mark) run = undefined;
    else if (run && run.href === mark.attrs.href) run.to = start + offset + child.nodeSize;
    else run = { from: start + offset, to: start + offset + child.nodeSize, href: String(mark.attrs.href) };
    if (run && run.from <= from && to <= run.to) found = run;
  });
  return found;
}

/** Ctrl+K: makes, changes or takes off a link. */
export function editLink(view: EditorView): boolean {
  const { state } = view;
  if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code)
    return false;
  const around = linkAround(view);
  const { from, to } = around ?? state.selection;
  const words = state.doc.textBetween(from, to, ' ');
  ask({
    title: around ? '修改链接' : '插入链接',
    questions: [
      {
        name: 'href',
        label: '网址',
        hint: '以 https:// 开头；本站的页面写 / 开头的地址。',
        value: around?.href ?? '',
      },
      { name: 'text', label: '显示的文字', value: words },
    ],
    done: around ? '改好了' : '插入',
    ...(around && {
      others: { 去掉链接: () => view.dispatch(view.state.tr.removeMark(from, to, markType('link'))) },
    }),
    check: ({ href = '' }): Record<string, string> => {
      if (href.trim() === '') return { href: '请填写网址' };
      return isSafeAddress(completed(href)) ? {} : { href: '这个网址不能用；请写 https:// 开头的网址' };
    },
    submit: ({ href = '', text = '' }) => {
      const link = markType('link').create({ href: completed(href) });
      const tr = view.state.tr;
      if (text === words && words !== '') tr.removeMark(from, to, markType('link')).addMark(from, to, link);
      else {
        const marks = link.addToSet(
          state.doc
            .resolve(from)
            .marks()
            .filter(({ type }) => type !== link.type),
        );
        tr.replaceWith(from, to, schema.text(text.trim() || completed(href), marks));
      }
      view.dispatch(tr.removeStoredMark(markType('link')).scrollIntoView());
    },
    closed: () => view.focus(),
  });
  return true;
}

/** `www.a.cn` → `https://www.a.cn`; what has a scheme or is a path stays. */
const completed = (address: string) => {
  const trimmed = address.trim();
  return /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(trimmed) ? `https://${trimmed}` : trimmed;
};

/** A formula in the line or on a line of its own; `at` is where one stands that is changed. */
export function editFormula(view: EditorView, display: boolean, at?: number): boolean {
  const node = at === undefined ? undefined : view.state.doc.nodeAt(at);
  ask({
    title: node ? '修改公式' : display ? '插入公式' : '插入行内公式',
    questions: [
      {
        name: 'tex',
        label: '公式（TeX）',
        hint: '如 E=mc^2、\\frac{a}{b}、\\sqrt{x}。',
        value: String(node?.attrs.tex ?? ''),
        isLong: true,
      },
    ],
    done: node ? '改好了' : '插入',
    draw: ({ tex = '' }, place) => {
      const { html, ok } = renderMaths(tex, display);
      place.classList.toggle('wrong', !ok);
      place.innerHTML =
        tex.trim() === '' ? '' : ok ? (display ? displayMaths(html) : html) : '这样写还画不出来';
    },
    check: ({ tex = '' }): Record<string, string> => {
      if (tex.trim() === '') return { tex: '请写公式' };
      if (/\$|\n\s*\n/.test(tex)) return { tex: '公式里不要写 $，也不要空行' };
      return renderMaths(tex, display).ok ? {} : { tex: '公式写法有误，请检查 TeX' };
    },
    submit: ({ tex = '' }) => {
      const value = display ? tex.trim() : tex.trim().replace(/\s*\n\s*/g, ' ');
      if (node && at !== undefined)
        view.dispatch(view.state.tr.setNodeMarkup(at, undefined, { ...node.attrs, tex: value }));
      else if (display)
        insertBlocks([nodeType('math_block').create({ tex: value })])(view.state, view.dispatch);
      else insertInline(nodeType('math_inline').create({ tex: value }))(view.state, view.dispatch);
    },
    closed: () => view.focus(),
  });
  return true;
}

/** Where the definition of a note stands. */
export function definitionOf(doc: Node, label: string): { node: Node; at: number } | undefined {
  let found: { node: Node; at: number } | undefined;
  doc.descendants((node, at) => {
    if (node.type.name === 'footnote_definition' && node.attrs.label === label) found ??= { node, at };
    return node.type.name !== 'paragraph';
  });
  return found;
}

/** The next number that no note has. */
function freeLabel(doc: Node): string {
  const used = new Set<string>();
  doc.descendants((node) => {
    if (/^footnote_/.test(node.type.name)) used.add(String(node.attrs.label));
  });
  let number = 1;
  while (used.has(String(number))) number++;
  return String(number);
}

/** A new note at the cursor, or the words of the one with a label. */
export function editNote(view: EditorView, label?: string): boolean {
  if (label === undefined && !view.state.selection.$from.parent.inlineContent) return false;
  const known = label === undefined ? undefined : definitionOf(view.state.doc, label);
  const only = known?.node.childCount === 1 ? known.node.firstChild : undefined;
  if (known && !isPlain(only)) {
    goTo(view, known.at + 2);
    return true;
  }
  ask({
    title: label === undefined ? '插入脚注' : `脚注 ${label}`,
    questions: [
      {
        name: 'text',
        label: '脚注的内容',
        hint: '显示在文章末尾；要加粗、链接，先插入，再到文末的脚注里改。',
        value: only?.textContent ?? '',
        isLong: true,
      },
    ],
    done: label === undefined ? '插入' : '改好了',
    check: ({ text = '' }): Record<string, string> => (text.trim() === '' ? { text: '请写脚注的内容' } : {}),
    submit: ({ text = '' }) => {
      const words = nodeType('paragraph').create(null, schema.text(text.trim().replace(/\s*\n\s*/g, ' ')));
      const tr = view.state.tr;
      const used = label ?? freeLabel(tr.doc);
      if (label === undefined)
        tr.replaceSelectionWith(nodeType('footnote_ref').create({ label: used }), false);
      if (known) tr.replaceWith(known.at + 1, known.at + known.node.nodeSize - 1, words);
      else tr.insert(tr.doc.content.size, nodeType('footnote_definition').create({ label: used }, words));
      view.dispatch(tr.scrollIntoView());
    },
    closed: () => view.focus(),
  });
  return true;
}

/** Whether a note is one paragraph of plain words, which a text field can hold. */
const isPlain = (node: Node | null | undefined): boolean => {
  if (node?.type.name !== 'paragraph') return false;
  let plain = true;
  node.forEach((child) => {
    if (!child.isText || child.marks.length > 0) plain = false;
  });
  return plain;
};

/** Puts the cursor at a position and shows it. */
export function goTo(view: EditorView, position: number): void {
  const { state } = view;
  const $at = state.doc.resolve(Math.min(position, state.doc.content.size));
  view.dispatch(state.tr.setSelection(Selection.near($at)).scrollIntoView());
  view.focus();
}
