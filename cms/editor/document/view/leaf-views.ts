import type { Node } from 'prosemirror-model';
import type { NodeView, NodeViewConstructor } from 'prosemirror-view';
import { displayMaths, renderMaths } from '../../../../src/blocks/formula/maths.ts';
import { renderBody } from '../../../../src/body/index.ts';
import { button, element } from '../../dialogs/dialog.ts';
import { editBlock } from '../panels/blocks.ts';
import { definitionOf, editFormula, editNote, goTo } from '../panels/popups.ts';
import { makeButton } from './block-views.ts';
import type { PictureUrl } from './draw.ts';

/** Formulas, notes, pictures in a line, tasks, and source. */

const at = (getPos: () => number | undefined, run: (position: number) => void) => () => {
  const position = getPos();
  if (position !== undefined) run(position);
};

const formula =
  (display: boolean): NodeViewConstructor =>
  (node, view, getPos) => {
    const dom = element(display ? 'div' : 'span', '', 'portal-doc-formula');
    const { html, ok } = renderMaths(String(node.attrs.tex), display);
    dom.innerHTML = display ? displayMaths(html) : html;
    dom.classList.toggle('wrong', !ok);
    makeButton(
      dom,
      `修改公式 ${String(node.attrs.tex)}`,
      at(getPos, (position) => editFormula(view, display, position)),
    );
    return { dom, ignoreMutation: () => true };
  };

const noteRef: NodeViewConstructor = (node, view) => {
  const label = String(node.attrs.label);
  const dom = element('sup', label, 'portal-doc-note');
  makeButton(dom, `脚注 ${label}`, () => editNote(view, label));
  dom.title = definitionOf(view.state.doc, label)?.node.textContent ?? '还没有写这个脚注';
  return { dom, ignoreMutation: () => true };
};

const noteDefinition: NodeViewConstructor = (node, view): NodeView => {
  const dom = element('section', '', 'portal-doc-definition');
  const label = String(node.attrs.label);
  dom.setAttribute('aria-label', `脚注 ${label} 的内容`);
  const back = button(label, () => {
    let place = -1;
    view.state.doc.descendants((one, position) => {
      if (place < 0 && one.type.name === 'footnote_ref' && one.attrs.label === label) place = position;
    });
    if (place >= 0) goTo(view, place + 1);
  });
  back.contentEditable = 'false';
  back.setAttribute('aria-label', `回到正文里的脚注 ${label}`);
  const contentDOM = element('div');
  dom.append(back, contentDOM);
  return {
    dom,
    contentDOM,
    ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
  };
};

const picture =
  (pictureUrl: PictureUrl): NodeViewConstructor =>
  (node, view, getPos) => {
    const dom = element('span', '', 'portal-doc-picture');
    const image = element('img');
    image.src = pictureUrl(String(node.attrs.src));
    image.alt = String(node.attrs.alt);
    dom.append(image);
    dom.classList.toggle('missing', !node.attrs.alt);
    makeButton(
      dom,
      `修改图片：${node.attrs.alt || '还没有写图里画了什么'}`,
      at(getPos, (position) => editBlock(view, position)),
    );
    return { dom, ignoreMutation: () => true };
  };

const rawInline: NodeViewConstructor = (node, view, getPos) => {
  const dom = element('span', '', 'portal-doc-raw');
  const source = String(node.attrs.source);
  dom.innerHTML = renderBody(source).html.replace(/^<p>|<\/p>$/g, '');
  if (dom.textContent?.trim() === '') dom.textContent = source;
  makeButton(
    dom,
    `修改这一处的原文：${source}`,
    at(getPos, (position) => editBlock(view, position)),
  );
  return { dom, ignoreMutation: () => true };
};

/** A list item; a task has a box to tick. */
const listItem: NodeViewConstructor = (first, view, getPos): NodeView => {
  const isTask = first.attrs.checked !== null;
  const dom = element('li');
  if (!isTask)
    return {
      dom,
      contentDOM: dom,
      update: (next) => next.type === first.type && next.attrs.checked === null,
    };
  dom.className = 'portal-doc-task';
  const box = element('input');
  box.type = 'checkbox';
  box.contentEditable = 'false';
  box.setAttribute('aria-label', '完成');
  box.checked = first.attrs.checked === true;
  box.addEventListener(
    'change',
    at(getPos, (position) => {
      const node = view.state.doc.nodeAt(position);
      view.dispatch(
        view.state.tr.setNodeMarkup(position, undefined, { ...node?.attrs, checked: box.checked }),
      );
    }),
  );
  const contentDOM = element('div');
  dom.append(box, contentDOM);
  return {
    dom,
    contentDOM,
    update(next: Node) {
      if (next.type !== first.type || next.attrs.checked === null) return false;
      box.checked = next.attrs.checked === true;
      return true;
    },
    stopEvent: (event) => event.target === box,
    ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
  };
};

/** What the editor has no form for: its text, with a word why. */
const source: NodeViewConstructor = (node): NodeView => {
  const dom = element('div', '', 'portal-doc-source');
  const said = element('p', `原文：${String(node.attrs.why) || '照这里写的存'}`);
  said.contentEditable = 'false';
  const pre = element('pre');
  const contentDOM = element('code');
  contentDOM.setAttribute('aria-label', '原文');
  pre.append(contentDOM);
  dom.append(said, pre);
  return { dom, contentDOM, update: (next) => next.type === node.type && next.attrs.why === node.attrs.why };
};

export const leafViews = (pictureUrl: PictureUrl): Record<string, NodeViewConstructor> => ({
  math_block: formula(true),
  math_inline: formula(false),
  footnote_ref: noteRef,
  footnote_definition: noteDefinition,
  image: picture(pictureUrl),
  raw_inline: rawInline,
  list_item: listItem,
  source,
});
