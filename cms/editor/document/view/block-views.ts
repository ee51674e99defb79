import type { Node } from 'prosemirror-model';
import { NodeSelection } from 'prosemirror-state';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import { blockNamed } from '../../../../src/blocks/index.ts';
import { button, element } from '../../dialogs/dialog.ts';
import { escapeHtml } from '../../../../src/model/block.ts';
import { renderBody } from '../../../../src/body/index.ts';
import { editBlock } from '../panels/blocks.ts';
import { tag } from '../source/inline.ts';
import { drawBlock, faultsOf, type PictureUrl } from './draw.ts';
import { pictureFields } from './picture-fields.ts';

/** Blocks of the site in the text: drawn as on the page, with their name and 「修改」 above. */

type Attributes = Readonly<Record<string, string>>;

/** The frame of a block: its name, buttons, and a place for what it looks like. */
function frame(label: string, edit: () => void, remove: () => void) {
  const dom = element('div', '', 'portal-doc-block');
  dom.setAttribute('role', 'group');
  dom.setAttribute('aria-label', label);
  const bar = element('div', '', 'portal-doc-bar');
  bar.contentEditable = 'false';
  const change = button('修改', edit);
  change.setAttribute('aria-label', `修改这个${label}`);
  const away = button('删除', remove);
  away.setAttribute('aria-label', `删除这个${label}`);
  bar.append(element('span', label), change, away);
  dom.append(bar);
  return { dom, bar };
}

const removeNode = (view: EditorView, getPos: () => number | undefined) => () => {
  const at = getPos();
  const node = at === undefined ? null : view.state.doc.nodeAt(at);
  if (at === undefined || !node) return;
  view.dispatch(view.state.tr.delete(at, at + node.nodeSize).scrollIntoView());
  view.focus();
};

/** What is shown of a block that is not complete. */
const incomplete = (name: string, attributes: Attributes, inner = '') => {
  const block = blockNamed(name);
  const faults = block ? faultsOf(block, attributes) : [];
  return `<div class="block-broken" role="note"><p>「${escapeHtml(block?.label ?? name)}」没有写完整：${escapeHtml(faults.join('；'))}。请按「修改」。</p>${inner}</div>`;
};

/** Nothing in a drawn block is followed, played or focused while it is edited. */
function drawInto(place: HTMLElement, html: string): void {
  place.innerHTML = html;
  for (const link of place.querySelectorAll('a')) link.removeAttribute('href');
  for (const one of place.querySelectorAll<HTMLElement>('[tabindex],summary,video')) one.tabIndex = -1;
  for (const details of place.querySelectorAll('details')) details.open = true;
}

/** A block without text inside, and a question. */
export const atomView =
  (pictureUrl: PictureUrl): NodeViewConstructor =>
  (first, view, getPos): NodeView => {
    let node = first;
    const name = node.type.name === 'quiz' ? 'Quiz' : String(node.attrs.name);
    const label = blockNamed(name)?.label ?? name;
    const { dom } = frame(label, () => edit(), removeNode(view, getPos));
    const edit = () => {
      const at = getPos();
      if (at !== undefined) editBlock(view, at);
    };
    const drawn = element('div', '', 'portal-doc-drawn');
    drawn.contentEditable = 'false';
    dom.append(drawn);
    const fields = name === 'Figure' ? pictureFields(view, getPos) : undefined;
    if (fields) dom.append(fields.dom);
    const draw = () => {
      const attributes = node.attrs.attributes as Attributes;
      const inner = node.type.name === 'quiz' ? innerHtml(String(node.attrs.inner)) : '';
      drawInto(
        drawn,
        drawBlock(name, attributes, inner, pictureUrl) ??
          brokenOrPicture(name, attributes, inner, pictureUrl),
      );
      fields?.show(attributes);
    };
    draw();
    drawn.addEventListener('dblclick', edit);
    return {
      dom,
      update(next: Node) {
        if (next.type !== node.type || next.attrs.name !== node.attrs.name) return false;
        const same = next.eq(node);
        node = next;
        if (!same) draw();
        return true;
      },
      stopEvent: (event) =>
        event.target instanceof HTMLElement &&
        event.target.closest('.portal-doc-bar button, .portal-doc-fields') !== null,
      ignoreMutation: () => true,
    };
  };

const innerHtml = (markdown: string) => renderBody(markdown).html;

/** A picture that lacks its words is shown all the same, with fields for the words below. */
const brokenOrPicture = (name: string, attributes: Attributes, inner: string, pictureUrl: PictureUrl) =>
  (name === 'Figure' && attributes.src
    ? drawBlock(name, { ...attributes, alt: attributes.alt || '（还没有写图里画了什么）' }, '', pictureUrl)
    : undefined) ?? incomplete(name, attributes, inner);

/** A block around other blocks; these are edited in place, inside the block's own looks. */
export const containerView =
  (pictureUrl: PictureUrl): NodeViewConstructor =>
  (node, view, getPos): NodeView => {
    const name = String(node.attrs.name);
    const label = blockNamed(name)?.label ?? name;
    const { dom } = frame(
      label,
      () => {
        const at = getPos();
        if (at !== undefined) editBlock(view, at);
      },
      removeNode(view, getPos),
    );
    const attributes = node.attrs.attributes as Attributes;
    const hole = '<div data-hole></div>';
    const looks = element('div', '', 'portal-doc-drawn');
    drawInto(looks, drawBlock(name, attributes, hole, pictureUrl) ?? incomplete(name, attributes, hole));
    const contentDOM = looks.querySelector<HTMLElement>('[data-hole]') ?? looks;
    for (const one of looks.querySelectorAll<HTMLElement>('*'))
      if (one !== contentDOM && !one.contains(contentDOM)) one.contentEditable = 'false';
    dom.append(looks);
    return {
      dom,
      contentDOM,
      update: (next: Node) =>
        next.type === node.type &&
        JSON.stringify(next.attrs.attributes) === JSON.stringify(attributes) &&
        next.attrs.name === name,
      stopEvent: (event) =>
        event.target instanceof HTMLElement && event.target.closest('.portal-doc-bar') !== null,
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
    };
  };

/** A block inside a line, e.g. a term. */
export const inlineView =
  (pictureUrl: PictureUrl): NodeViewConstructor =>
  (node, view, getPos): NodeView => {
    const dom = element('span', '', 'portal-doc-inline');
    const name = String(node.attrs.name);
    const attributes = node.attrs.attributes as Attributes;
    drawInto(dom, drawBlock(name, attributes, '', pictureUrl) ?? '');
    if (dom.textContent === '') dom.textContent = tag(name, attributes, 'void');
    makeButton(dom, `修改这个${blockNamed(name)?.label ?? name}：${dom.textContent ?? ''}`, () => {
      const at = getPos();
      if (at !== undefined) editBlock(view, at);
    });
    return { dom, ignoreMutation: () => true };
  };

/**
 * Something in the text that is changed in a pop-up. The first click selects it, so that the cursor can be put beside it;
 * a click on what is selected, and Enter, open the pop-up.
 */
export function makeButton(dom: HTMLElement, label: string, press: () => void): void {
  let wasSelected = false;
  dom.contentEditable = 'false';
  dom.setAttribute('role', 'button');
  dom.setAttribute('aria-label', label);
  dom.title = '再按一下修改';
  dom.addEventListener('mousedown', () => {
    wasSelected = dom.classList.contains('ProseMirror-selectednode');
  });
  dom.addEventListener('click', (event) => {
    event.preventDefault();
    if (wasSelected) press();
  });
}

/** Enter opens the form of the block that is selected as a whole. */
export function openSelected(view: EditorView): boolean {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection)) return false;
  if (!/^(site_|quiz|math_|footnote_ref|image|raw_inline)/.test(selection.node.type.name)) return false;
  return editBlock(view, selection.from);
}
