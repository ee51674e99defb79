import type { StoredFile } from '../../protocol/entries.ts';
import type { WorkingCopy } from '../../protocol/working-copies.ts';
import { api } from '../client/api.ts';
import { button, buttons, element, momentText, openDialog } from '../dialogs/dialog.ts';
import { diffView } from '../dialogs/diff-view.ts';
import { adoptWorkingCopy } from './autosave.ts';
import { openConflictDialog } from '../entries/conflict.ts';
import { type Picture, uploadPictures } from './draft-pictures.ts';
import { dataOf, fileOf } from '../entries/form-file.ts';
import { type LocalBackup, readLocalBackup, removeLocalBackup } from './local-backup.ts';
import { currentDraft, fillUnsaved } from '../entries/store.ts';

/**
 * Offers what was typed in an entry and not saved, wherever it was typed: the working copies on the server and, without a
 * connection, the backup in this browser. Nothing is lost by closing the dialog.
 */

/** A form that was just opened; a new entry has no `slug`. */
interface Opened {
  folder: string;
  slug: string | undefined;
}

/** Something that can be gone on with. */
type Unsaved = Pick<WorkingCopy, 'text' | 'slug' | 'version' | 'title' | 'newer' | 'isGone'> & {
  /** Absent for the backup in this browser. */
  id?: string;
  at?: string;
  /** Where it was typed, Chinese. */
  machine: string;
  pictures?: readonly Picture[] | undefined;
};

/** Called when a form has been filled from what is saved. */
export async function offerUnsaved(folder: string, slug: string | undefined): Promise<void> {
  const opened = { folder, slug };
  const path = String(currentDraft().entry.get('path') || '') || undefined;
  const backup = await readLocalBackup(folder, slug);
  const found = await copiesWith(opened, path, backup).catch(() => backup && [fromBackup(opened, backup)]);
  // The form may have been left meanwhile, or written in.
  const { entry, hasChanged } = currentDraft();
  const isStillOpen = entry.get('collection') === folder && (entry.get('slug') || undefined) === slug;
  if (!found || found.length === 0 || !isStillOpen || hasChanged) return;
  showOffer(opened, path, found);
}

/** The copies on the server, after the backup in this browser has been added to them where it has other words. */
async function copiesWith(
  opened: Opened,
  path: string | undefined,
  backup: LocalBackup | undefined,
): Promise<Unsaved[]> {
  const saved = fileOf(currentDraft().entry).text;
  const list = async () => {
    const listed = await api.workingCopies(opened.folder, path);
    const all = await Promise.all(listed.map(({ id }) => api.workingCopy(id)));
    const copies = all.filter((copy) => copy !== null);
    // Saved by a page that was closed before it could say so.
    for (const { id, text } of copies) if (text === saved) void api.removeWorkingCopy(id).catch(() => {});
    return copies.filter(({ text }) => text !== saved);
  };
  const copies = await list();
  if (!backup) return copies;
  const same = copies.find(({ id }) => id === backup.copy);
  const isOlder = same && backup.at !== undefined && backup.at <= Date.parse(same.at);
  const isKnown = isOlder || backup.raw === saved || copies.some(({ text }) => text === backup.raw);
  if (!isKnown) {
    const { folder, title, slug, version, pictures = [] } = fromBackup(opened, backup);
    const text = await uploadPictures(pictures, backup.raw);
    const id = backup.copy ?? crypto.randomUUID();
    await api.keepWorkingCopy({ id, folder, title, text, slug, version, ...(path ? { path } : {}) });
  }
  await removeLocalBackup(opened.folder, opened.slug);
  return isKnown ? copies : list();
}

function fromBackup({ folder }: Opened, backup: LocalBackup): Unsaved & { folder: string } {
  return {
    folder,
    text: backup.raw,
    slug: backup.slugField ?? '',
    version: backup.version ?? null,
    title: '',
    machine: '这台电脑',
    pictures: backup.mediaFiles,
    isGone: false,
    ...(backup.at ? { at: new Date(backup.at).toISOString() } : {}),
  };
}

function showOffer(opened: Opened, path: string | undefined, found: readonly Unsaved[]): void {
  const saved = fileOf(currentDraft().entry).text;
  const list = element('ul', '', 'portal-unsaved');
  const detail = element('div');
  detail.setAttribute('aria-live', 'polite');
  const close = () => dialog.close();
  for (const one of found) {
    const item = element('li');
    const remove = async () => {
      await discard(opened, one);
      item.remove();
      detail.replaceChildren();
      if (list.childElementCount === 0) close();
    };
    const compare = () =>
      detail.replaceChildren(
        diffView({
          before: { label: '存过的', text: saved },
          after: { label: '没有保存的', text: one.text },
        }),
      );
    const row = element('div', '', 'portal-actions');
    row.append(
      button('接着写', () => void goOn(opened, path, one).then(close), 'main'),
      button('比较', compare),
      button('丢弃', () => confirm('丢弃以后找不回来，确定吗？') && void remove()),
    );
    item.append(element('p', describe(one)), row);
    list.append(item);
  }
  const dialog = openDialog(
    '有没保存完的内容',
    'portal-offer',
    element('p', path ? '你上次改了这一条，没有保存：' : '你写过新的一篇，没有保存：'),
    list,
    detail,
    buttons(button(path ? '以后再说' : '先不管它，写新的一篇', undefined, 'plain')),
  );
}

function describe({ at, machine, title, newer, isGone }: Unsaved): string {
  const when = at ? `${momentText(at)}，` : '';
  const who = newer?.name ?? '有人';
  const since = newer ? `。这以后${who}又保存过${newer.at ? `（${momentText(newer.at)}）` : ''}` : '';
  return `${title ? `「${title}」，` : ''}${when}${machine}${since}${isGone ? '。原来那一条已经删除，可以作为新的一篇' : ''}`;
}

async function discard({ folder, slug }: Opened, { id }: Unsaved): Promise<void> {
  if (id) await api.removeWorkingCopy(id);
  else await removeLocalBackup(folder, slug);
}

/** Fills the form; where the entry was saved since, both texts are compared first. */
async function goOn({ folder }: Opened, path: string | undefined, unsaved: Unsaved): Promise<void> {
  const { id, at, text, slug, version, pictures } = unsaved;
  const adopt = () => {
    if (id && at) adoptWorkingCopy({ id, at });
  };
  const current = path ? await api.file(path).catch(() => undefined) : undefined;
  if (path && current && current.version !== version) return compareWith(path, text, current, adopt);
  fillUnsaved(dataOf(folder, path, text, slug), version, pictures);
  adopt();
}

function compareWith(path: string, mine: string, theirs: StoredFile, onResolved: () => void): void {
  const { text, version, name, at } = theirs;
  openConflictDialog({
    path,
    message: `${name ? `「${name}」` : '别人'}改过这一条，你写的这些还没有保存`,
    mine,
    theirs: { text, version, ...(name ? { name } : {}), ...(at ? { at } : {}) },
    onResolved,
  });
}
