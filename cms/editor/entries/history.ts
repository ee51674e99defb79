import { api } from '../client/api.ts';
import type { HistoryItem } from '../../protocol/entries.ts';
import { button, buttons, element, momentText, openDialog } from '../dialogs/dialog.ts';
import { diffView } from '../dialogs/diff-view.ts';
import { fillForm } from './store.ts';

/** The history of an entry, commit by commit; an older text can be restored into the form. */

const EMPTY = { text: '' };

export async function openHistoryDialog(path: string): Promise<void> {
  const items = await api.history(path);
  const list = element('ol', '', 'portal-history');
  const detail = element('div');
  detail.setAttribute('aria-live', 'polite');
  const dialog = openDialog(
    '修改历史',
    'portal-versions',
    element('p', items.length > 0 ? '点一版，看它改了什么。' : '还没有保存过。'),
    list,
    detail,
    buttons(button('关闭')),
  );
  const open = async (item: HistoryItem, previous: HistoryItem | undefined, pressed: HTMLButtonElement) => {
    for (const other of list.querySelectorAll('button')) other.setAttribute('aria-pressed', 'false');
    pressed.setAttribute('aria-pressed', 'true');
    const [now, before] = await Promise.all([
      api.textAt(path, item.commit),
      previous ? api.textAt(path, previous.commit) : EMPTY,
    ]);
    const restore = button('把这一版填回表单', () => {
      if (now) fillForm(path, now.text);
      dialog.close();
    });
    detail.replaceChildren(
      diffView({
        before: { label: previous ? '改之前' : '新建', text: before?.text ?? '' },
        after: { label: `${item.name}改之后`, text: now?.text ?? '' },
      }),
      ...(now ? [buttons(restore)] : [element('p', '这一步之后，这一条就不在了。')]),
    );
  };
  items.forEach((item, index) => {
    const entry = element('li');
    const choose = button(`${momentText(item.at)}　${item.name}　${item.message}`, () =>
      open(item, items[index + 1], choose),
    );
    choose.setAttribute('aria-pressed', 'false');
    entry.append(choose);
    list.append(entry);
  });
  list.querySelector('button')?.click();
}
