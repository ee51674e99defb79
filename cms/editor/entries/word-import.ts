import { createElement as h, type ReactNode } from 'react';
import { typeNamed } from '../../../src/types/index.ts';
import { BODY_FIELD, titleFieldOf } from '../../documents/names.ts';
import type { WordImport } from '../../protocol/word-import.ts';
import { cleanPaste } from '../body/paste/index.ts';
import { api } from '../client/api.ts';
import { button, buttons, element, openDialog, showProblems } from '../dialogs/dialog.ts';
import { currentDraft, fillUnsaved, onDraftChange } from './store.ts';

/** 从 Word 导入: the server reads the file, the rules of a paste make Markdown of it, a new form opens with it. */

const LABEL = '从 Word 导入';

/** The button in the list of a type whose entries are often written in Word. */
export function WordImportButton({ folder }: { folder: string }): ReactNode {
  if (!typeNamed(folder)?.comesFromWord) return null;
  return h('button', { type: 'button', className: 'portal-word', onClick: () => choose(folder) }, LABEL);
}

/** The field stays: one that was taken out of the document when a choice was given up could be gone before the next. */
let field: HTMLInputElement | undefined;

function choose(folder: string): void {
  field ??= document.body.appendChild(element('input'));
  const input = field;
  // Others are taken as well, to say how to save them as .docx.
  Object.assign(input, { type: 'file', accept: '.docx,.doc,.wps', hidden: true });
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (!file) return;
    void read(folder, file);
    // So that the same file can be chosen again.
    input.value = '';
  };
  input.click();
}

async function read(folder: string, file: File): Promise<void> {
  const words = element('p', `正在读「${file.name}」，图片多的要等一会儿……`);
  words.setAttribute('role', 'status');
  const dialog = openDialog(LABEL, 'portal-import', words);
  let isWanted = true;
  dialog.append(buttons(button('不导入了', undefined, 'plain')));
  dialog.addEventListener('close', () => {
    isWanted = false;
  });
  try {
    const found = await api.importWord(file.name, file);
    if (!isWanted) return;
    dialog.close();
    openForm(folder, found);
  } catch (error) {
    if (!isWanted) return;
    const problem = element('p', `「${file.name}」没有导入。${(error as Error).message}`, 'portal-problem');
    problem.setAttribute('role', 'alert');
    dialog.replaceChildren(
      ...dialog.querySelectorAll('h2'),
      problem,
      buttons(
        button('知道了', undefined, 'plain'),
        button('换一个文件', () => chooseAgain()),
      ),
    );
  }
  function chooseAgain() {
    dialog.close();
    choose(folder);
  }
}

/** Opens the form of a new entry, filled and not saved. */
function openForm(folder: string, found: WordImport): void {
  const type = typeNamed(folder);
  if (!type) return;
  const { markdown, refused, notes } = cleanPaste(found.html);
  const isReady = () => {
    const { entry } = currentDraft();
    return entry.get('collection') === folder && entry.get('newRecord') === true && entry.has('data');
  };
  const fill = () => {
    const data = (currentDraft().entry.get('data') as { toJS: () => object }).toJS();
    fillUnsaved(
      { ...data, [titleFieldOf(type.schema)]: found.title, [BODY_FIELD]: `${markdown}\n` },
      null,
      undefined,
    );
    tell([...found.notes, ...notes, ...missing(refused)]);
  };
  const stop = onDraftChange(() => {
    if (!isReady()) return;
    stop();
    // After the store has told its other listeners of the empty form.
    queueMicrotask(fill);
  });
  location.hash = `#/collections/${folder}/new`;
}

const missing = (refused: readonly string[]): string[] =>
  refused.length > 0
    ? [`正文里有 ${refused.length} 处写着「这里原有一张图片」：请用「图片」按钮上传，再删去那句话`]
    : [];

function tell(notes: readonly string[]): void {
  if (notes.length > 0)
    showProblems(
      '导入好了，还没有保存。下面几处和 Word 里不一样，请看一看',
      notes.map((message) => ({ severity: 'warning', file: '', message })),
    );
}
