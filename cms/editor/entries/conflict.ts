import { readFileParts, writeFile } from '../../documents/format.ts';
import type { Conflict } from '../../protocol/entries.ts';
import { button, buttons, download, element, momentText, openDialog } from '../dialogs/dialog.ts';
import { diffView, diffHunks, mergeHunks } from '../dialogs/diff-view.ts';
import { fileTypeOfPath } from './content-paths.ts';
import { fillForm } from './store.ts';
import { setAcknowledged, setVersion } from './versions.ts';

/** The dialog for an edit conflict: two users changed the same entry. The editor decides about each difference. */

interface ConflictDialog {
  path: string;
  /** The server's Chinese message. */
  message: string;
  /** Text of the file as the form would save it. */
  mine: string;
  theirs: Conflict;
  /** Whether `theirs` is the published text, not another draft. */
  published?: boolean;
  /** Called when the form has been filled. */
  onResolved?: () => void;
}

/** Shows both texts; what the editor chooses is filled into the form. */
export function openConflictDialog({
  path,
  message,
  mine: raw,
  theirs,
  published = false,
  onResolved,
}: ConflictDialog): void {
  const mine = withStyleOf(path, raw, theirs.text);
  const who = theirs.name ?? (published ? '已发布的内容' : '别人');
  const when = theirs.at ? `（${momentText(theirs.at)}）` : '';
  const hunks = diffHunks(theirs.text, mine);
  let chosenBefore: ReadonlySet<number> = new Set();

  const resolve = (text: string, changed: boolean) => {
    if (published) setAcknowledged(path, theirs.version);
    else setVersion(path, theirs.version);
    fillForm(path, text, changed);
    onResolved?.();
    dialog.close();
  };
  const merge = button('保留我的', () => resolve(mergeHunks(hunks, chosenBefore), true));
  const view = diffView(
    { before: { label: who, text: theirs.text }, after: { label: '我', text: mine } },
    (chosen) => {
      chosenBefore = chosen;
      merge.textContent = chosen.size > 0 ? `保留我的，${chosen.size} 处用对方的` : '保留我的';
    },
  );
  const dialog = openDialog(
    '别人也改了这一条',
    'portal-conflict',
    element(
      'p',
      `${message}${when}。下面是两边不一样的地方，左边是对方的，右边是你的。选好以后内容会填进表单，检查过再保存。`,
    ),
    view,
    buttons(
      download('把我写的存成文件', path.split('/').at(-1) ?? path, raw),
      button('全用对方的', () => resolve(theirs.text, published), 'plain'),
      merge,
    ),
  );
}

/** My data written in the style of their file, so that quotes and comments do not show up as differences. */
function withStyleOf(path: string, mine: string, theirs: string): string {
  const { format, schema } = fileTypeOfPath(path);
  try {
    return writeFile(readFileParts(mine, format), format, schema, theirs);
  } catch {
    return mine;
  }
}
