import { readFileParts, writeFile } from '../../documents/format.ts';
import type { Conflict } from '../../protocol/entries.ts';
import { button, buttons, download, element, momentText, openDialog } from '../dialogs/dialog.ts';
import { diffView, diffHunks, mergeHunks } from '../dialogs/diff-view.ts';
import { fileTypeOfPath } from './content-paths.ts';
import { fillForm } from './store.ts';
import { setAcknowledged, setVersion } from './versions.ts';

/** Two people changed the same entry: who, when, both texts, and what to do. Nothing is merged unasked. */

interface Clash {
  path: string;
  /** The server's sentence. */
  message: string;
  /** What the form holds, as a file. */
  mine: string;
  theirs: Conflict;
  /** Whether theirs is what is published, not another draft. */
  published?: boolean;
}

/** Asks what to do about a conflict. */
export function openConflictDialog({ path, message, mine: raw, theirs, published = false }: Clash): void {
  const mine = inTheirStyle(path, raw, theirs.text);
  const who = theirs.name ?? (published ? '已发布的内容' : '别人');
  const when = theirs.at ? `（${momentText(theirs.at)}）` : '';
  const hunks = diffHunks(theirs.text, mine);
  let taken: ReadonlySet<number> = new Set();

  const settle = (text: string, changed: boolean) => {
    if (published) setAcknowledged(path, theirs.version);
    else setVersion(path, theirs.version);
    fillForm(path, text, changed);
    dialog.close();
  };
  const merge = button('保留我的', () => settle(mergeHunks(hunks, taken), true));
  const view = diffView(
    { before: { label: who, text: theirs.text }, after: { label: '我', text: mine } },
    (chosen) => {
      taken = chosen;
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
      button('全用对方的', () => settle(theirs.text, published), 'plain'),
      merge,
    ),
  );
}

/** My text written as theirs is, so that quotes and comments do not look like differences. */
function inTheirStyle(path: string, mine: string, theirs: string): string {
  const { format, schema } = fileTypeOfPath(path);
  try {
    return writeFile(readFileParts(mine, format), format, schema, theirs);
  } catch {
    return mine;
  }
}
