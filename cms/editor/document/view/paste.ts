import { type Node, Slice } from 'prosemirror-model';
import { isInTable } from 'prosemirror-tables';
import { Plugin, Selection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { cleanCharacters } from '../../../../src/model/clean-characters.ts';
import { cleanPaste, isFormatted, tellPaste } from '../../body/paste/index.ts';
import { joinWrappedLines } from '../../body/paste/wrapped-lines.ts';
import { filesOf } from '../../media/dropped-files.ts';
import { uploadPictures } from '../panels/uploads.ts';
import { parseDocument } from '../source/parse.ts';
import { nodeType, schema } from '../model/schema.ts';

/** Pasting and dropping: formatted text goes through the same converter as in the source, files are uploaded. */

export const pastePlugin = (announce: (words: string) => void) =>
  new Plugin({
    props: {
      handleDOMEvents: {
        paste(view, event) {
          const files = filesOf(event.clipboardData);
          if (files.length > 0) {
            event.preventDefault();
            uploadPictures(view, files, announce);
            return true;
          }
          const html = event.clipboardData?.getData('text/html') ?? '';
          const plain = event.clipboardData?.getData('text/plain') ?? '';
          // Copied here: nothing has to be converted.
          if (html.includes('data-pm-slice')) return false;
          event.preventDefault();
          if (view.state.selection.$from.parent.type.spec.code)
            view.dispatch(view.state.tr.insertText(plain).scrollIntoView());
          else if (isFormatted(html)) pasteFormatted(view, html);
          else pastePlain(view, plain);
          return true;
        },
        drop(view, event) {
          const files = filesOf(event.dataTransfer);
          if (files.length === 0) return false;
          event.preventDefault();
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (place) view.dispatch(view.state.tr.setSelection(near(view, place.pos)));
          uploadPictures(view, files, announce);
          return true;
        },
      },
    },
  });

const near = (view: EditorView, position: number) => Selection.near(view.state.doc.resolve(position));

function pasteFormatted(view: EditorView, html: string): void {
  const pasted = cleanPaste(html);
  pasteMarkdown(view, pasted.markdown);
  tellPaste(pasted);
}

/** Puts Markdown at the selection as what it means. */
function pasteMarkdown(view: EditorView, markdown: string): void {
  const { doc } = parseDocument(markdown);
  const nodes: Node[] = [];
  doc.forEach((node) => {
    nodes.push(node.type.create({ ...node.attrs, origin: null }, node.content));
  });
  const [only] = nodes;
  const inline = nodes.length === 1 && only?.type.name === 'paragraph';
  const whole = schema.topNodeType.create(null, nodes);
  const slice = inline || isInTable(view.state) ? Slice.maxOpen(whole.content) : openAtParagraphs(whole);
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
}

/** The first and the last paragraph go on with the text around; tables, headings and lists stay what they are. */
function openAtParagraphs(whole: Node): Slice {
  const open = (node: Node | null) => (node?.type.name === 'paragraph' ? 1 : 0);
  return new Slice(whole.content, open(whole.firstChild), open(whole.lastChild));
}

/** Plain text: an empty line parts paragraphs, a new line is a new line, lines broken at a page's edge are joined. */
function pastePlain(view: EditorView, plain: string): void {
  const { text, joined } = joinWrappedLines(cleanCharacters(plain));
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n\s*/)
    .map((part) => {
      const lines = part.split('\n');
      return nodeType('paragraph').create(
        null,
        lines.flatMap((line, index) => [
          ...(index > 0 ? [nodeType('hard_break').create()] : []),
          ...(line
            ? [
                schema.text(
                  line,
                  index === 0 ? (view.state.storedMarks ?? view.state.selection.$from.marks()) : [],
                ),
              ]
            : []),
        ]),
      );
    });
  const whole = schema.topNodeType.create(null, paragraphs);
  view.dispatch(view.state.tr.replaceSelection(new Slice(whole.content, 1, 1)).scrollIntoView());
  if (joined > 0) tellPaste({ refused: [], notes: [`页边断开的 ${joined} 行接上了，请看看分段对不对`] });
}
