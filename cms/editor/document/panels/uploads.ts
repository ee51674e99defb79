import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { missingPicture } from '../../../../src/model/missing-picture.ts';
import { button, element } from '../../dialogs/dialog.ts';
import { isPicture } from '../../media/dropped-files.ts';
import { uploadFile } from '../../media/upload.ts';
import { insertBlocks } from '../commands/format.ts';
import { nodeType, schema } from '../model/schema.ts';

/**
 * Pictures that are pasted, dropped or chosen. Until one is there its place is kept by the sentence for a missing picture,
 * which publishing finds; below it stands how far it is, and 「重试」 when the server did not take it.
 */

interface Upload {
  file: File;
  sentence: string;
  state: 'waiting' | 'uploading' | 'failed';
  message: string;
}

const key = new PluginKey<readonly Upload[]>('uploads');

/** Shows each upload at its place. */
export const uploadPlugin = (announce: (words: string) => void) =>
  new Plugin<readonly Upload[]>({
    key,
    state: { init: () => [], apply: (tr, uploads) => (tr.getMeta(key) as Upload[] | undefined) ?? uploads },
    props: {
      decorations(state) {
        const uploads = key.getState(state) ?? [];
        if (uploads.length === 0) return null;
        const shown = uploads.flatMap((upload) => {
          const place = findSentence(state.doc, upload.sentence);
          if (!place) return [];
          return [
            Decoration.node(place.at, place.at + place.node.nodeSize, { class: 'portal-doc-uploading' }),
            Decoration.widget(place.at + place.node.nodeSize - 1, (view) => status(view, upload, announce), {
              key: `${upload.sentence}${upload.state}`,
              side: 1,
            }),
          ];
        });
        return DecorationSet.create(state.doc, shown);
      },
    },
  });

/** The paragraph that keeps the place of a picture. */
function findSentence(doc: Node, sentence: string): { node: Node; at: number } | undefined {
  let found: { node: Node; at: number } | undefined;
  doc.descendants((node, at) => {
    if (node.type.name === 'paragraph' && node.textContent === sentence) found ??= { node, at };
    return found === undefined;
  });
  return found;
}

function status(view: EditorView, upload: Upload, announce: (words: string) => void): HTMLElement {
  const dom = element('span', '', 'portal-doc-status');
  dom.contentEditable = 'false';
  if (upload.state === 'failed') {
    dom.append(
      `没有上传：${upload.message}`,
      button('重试', () => void send(view, [upload], announce)),
      button('不要了', () => forget(view, upload, [])),
    );
  } else {
    const bar = element('progress');
    bar.setAttribute('aria-label', `正在上传「${upload.file.name}」`);
    dom.append(bar, upload.state === 'waiting' ? '排队上传' : '正在上传');
  }
  return dom;
}

const change = (view: EditorView, upload: Upload, next: Partial<Upload>) => {
  const uploads = (key.getState(view.state) ?? []).map((one) =>
    one.sentence === upload.sentence ? { ...one, ...next } : one,
  );
  view.dispatch(view.state.tr.setMeta(key, uploads));
};

/** Puts something in the place of an upload that is over. */
function forget(view: EditorView, upload: Upload, nodes: readonly Node[]): void {
  const place = findSentence(view.state.doc, upload.sentence);
  const tr = view.state.tr;
  if (place)
    tr.replaceWith(
      place.at,
      place.at + place.node.nodeSize,
      nodes.length > 0 ? [...nodes] : [nodeType('paragraph').create()],
    );
  tr.setMeta(
    key,
    (key.getState(view.state) ?? []).filter(({ sentence }) => sentence !== upload.sentence),
  );
  view.dispatch(tr);
}

/** Uploads pictures one after another; files of another kind are told. */
export function uploadPictures(
  view: EditorView,
  files: readonly File[],
  announce: (words: string) => void,
): void {
  const others = files.filter((file) => !isPicture(file));
  if (others.length > 0)
    announce(
      `「${others.map(({ name }) => name).join('」「')}」不是图片：附件请用「＋」里的「附件」，视频用「视频」`,
    );
  const taken = new Set((key.getState(view.state) ?? []).map(({ sentence }) => sentence));
  const uploads = files.filter(isPicture).map((file): Upload => {
    let sentence = missingPicture(file.name || '图片');
    for (let number = 2; taken.has(sentence) || findSentence(view.state.doc, sentence); number++)
      sentence = missingPicture(`${file.name || '图片'} ${number}`);
    taken.add(sentence);
    return { file, sentence, state: 'waiting', message: '' };
  });
  if (uploads.length === 0) return;
  const places = uploads.map(({ sentence }) => nodeType('paragraph').create(null, schema.text(sentence)));
  insertBlocks(places)(view.state, (tr) =>
    view.dispatch(tr.setMeta(key, [...(key.getState(view.state) ?? []), ...uploads])),
  );
  void send(view, uploads, announce);
}

async function send(
  view: EditorView,
  uploads: readonly Upload[],
  announce: (words: string) => void,
): Promise<void> {
  for (const upload of uploads) {
    const now = () =>
      (key.getState(view.state) ?? []).find(({ sentence }) => sentence === upload.sentence) ?? upload;
    change(view, now(), { state: 'uploading', message: '' });
    announce(`正在上传「${upload.file.name}」`);
    try {
      const { path } = await uploadFile(upload.file);
      if (view.isDestroyed) return;
      forget(view, now(), [
        nodeType('site_block').create({ name: 'Figure', attributes: { src: `/${path}`, alt: '' } }),
      ]);
      announce(`「${upload.file.name}」放进来了：请在图下面写一句图里画了什么，和它的授权`);
    } catch (error) {
      if (view.isDestroyed) return;
      change(view, now(), { state: 'failed', message: (error as Error).message });
      announce(`「${upload.file.name}」没有上传：${(error as Error).message}`);
    }
  }
}

/** Chooses pictures on the computer. */
export function choosePictures(view: EditorView, announce: (words: string) => void): boolean {
  const input = element('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.multiple = true;
  input.addEventListener('change', () => uploadPictures(view, [...(input.files ?? [])], announce));
  input.click();
  return true;
}
