import type { EditorView } from 'prosemirror-view';
import { figure } from '../../../../src/blocks/figure/index.ts';
import { metaOf, shapeOf } from '../../../../src/model/schema.ts';
import { element } from '../../dialogs/dialog.ts';

/** What a picture needs besides the picture, asked in place below it: what it shows, a caption, its licence. */

const ASKED = ['alt', 'caption', 'license'] as const;

export interface PictureFields {
  dom: HTMLElement;
  show: (attributes: Readonly<Record<string, string>>) => void;
}

export function pictureFields(view: EditorView, getPos: () => number | undefined): PictureFields {
  const dom = element('div', '', 'portal-doc-fields');
  dom.contentEditable = 'false';
  const boxes = new Map<string, HTMLInputElement>();
  const write = (name: string, value: string) => {
    const at = getPos();
    const node = at === undefined ? null : view.state.doc.nodeAt(at);
    if (at === undefined || !node) return;
    const { [name]: _, ...rest } = node.attrs.attributes as Record<string, string>;
    const attributes = value === '' ? rest : { ...rest, [name]: value };
    view.dispatch(view.state.tr.setNodeMarkup(at, undefined, { ...node.attrs, attributes }));
  };
  for (const name of ASKED) {
    const schema = shapeOf(figure.schema)[name];
    const meta = schema && metaOf(schema);
    if (!meta) continue;
    const label = element('label', meta.label);
    const box = element('input');
    box.placeholder = meta.hint ?? '';
    box.addEventListener('input', () => write(name, box.value));
    // Enter goes on with the text below.
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      const next = [...boxes.values()][[...boxes.keys()].indexOf(name) + 1];
      if (next) next.focus();
      else view.focus();
    });
    label.append(box);
    boxes.set(name, box);
    dom.append(label);
  }
  return {
    dom,
    show(attributes) {
      for (const [name, box] of boxes) {
        const value = attributes[name] ?? '';
        if (box.value !== value && document.activeElement !== box) box.value = value;
        box.toggleAttribute('aria-invalid', name !== 'caption' && value === '');
      }
      dom.classList.toggle('missing', !attributes.alt || !attributes.license);
    },
  };
}
