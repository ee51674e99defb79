import { typeNamed } from '../../../src/types/index.ts';
import { compareEntries } from '../../documents/compare/index.ts';
import type { HistoryItem } from '../../protocol/entries.ts';
import { api } from '../client/api.ts';
import { comparisonView } from './comparison-view.ts';
import { button, buttons, element, momentText, openDialog } from '../dialogs/dialog.ts';
import { fillForm } from './store.ts';

/** The history of an entry, commit by commit; an older text can be restored into the form. */

const textOf = async (path: string, item: HistoryItem): Promise<string | undefined> =>
  (await api.textAt(path, item.commit))?.text;

/** What a version is compared with: what the site had before, of what went to the site; else the text before it. */
async function versionBefore(
  path: string,
  items: readonly HistoryItem[],
  index: number,
): Promise<{ item: HistoryItem; text: string } | undefined> {
  const isPublished = items[index]?.isPublished === true;
  const item = items.slice(index + 1).find((one) => !isPublished || one.isPublished);
  const text = item && (await textOf(path, item));
  return text === undefined || !item ? undefined : { item, text };
}

export async function openHistoryDialog(path: string): Promise<void> {
  const [items, names] = await Promise.all([api.history(path), api.names()]);
  const type = typeNamed(path.split('/')[1] ?? '');
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
  const open = async (index: number, pressed: HTMLButtonElement) => {
    for (const other of list.querySelectorAll('button')) other.setAttribute('aria-pressed', 'false');
    pressed.setAttribute('aria-pressed', 'true');
    const item = items[index] as HistoryItem;
    const [now, before] = await Promise.all([textOf(path, item), versionBefore(path, items, index)]);
    if (pressed.getAttribute('aria-pressed') !== 'true') return;
    if (now === undefined || !type) {
      detail.replaceChildren(element('p', '这一步之后，这一条就不在了。'));
      return;
    }
    const against = before
      ? `和${item.isPublished ? '网站上的前一版' : '改之前'}（${momentText(before.item.at)}　${before.item.name}）比：`
      : '新建的，全文都是新的：';
    const { format, schema } = type;
    const nameOf = (to: string, slug: string) => names[to]?.[slug];
    const restore = button('把这一版填回表单', () => {
      fillForm(path, now);
      dialog.close();
    });
    detail.replaceChildren(
      element('p', against),
      comparisonView(compareEntries({ format, schema, before: before?.text, after: now, nameOf })),
      buttons(restore),
    );
  };
  items.forEach((item, index) => {
    const entry = element('li');
    const choose = button(`${momentText(item.at)}　${item.name}　${item.message}`, () => open(index, choose));
    choose.setAttribute('aria-pressed', 'false');
    entry.append(choose);
    list.append(entry);
  });
  list.querySelector('button')?.click();
}
