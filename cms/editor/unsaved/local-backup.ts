import { localForage } from 'decap-cms-lib-util';
import type { Picture } from './draft-pictures.ts';

/** Decap's backup of an unsaved form in this browser, see `patches/keep-slug-and-version-in-backup.patch`. */

export interface LocalBackup {
  raw: string;
  path: string;
  version?: string | undefined;
  slugField?: string | undefined;
  /** Milliseconds; absent in those that an earlier version of the editor has made. */
  at?: number | undefined;
  /** Id of the working copy of the same form. */
  copy?: string | undefined;
  /** Pictures that were chosen and not uploaded yet. */
  mediaFiles?: Picture[] | undefined;
}

/** As Decap names it; a type has one for its new entries. */
const keyOf = (folder: string, slug: string | undefined) => `backup.${folder}${slug ? `.${slug}` : ''}`;

export async function readLocalBackup(
  folder: string,
  slug: string | undefined,
): Promise<LocalBackup | undefined> {
  const backup = await localForage.getItem<LocalBackup>(keyOf(folder, slug)).catch(() => undefined);
  if (!backup?.raw?.trim()) return undefined;
  const mediaFiles = backup.mediaFiles?.map((picture) =>
    picture.file ? { ...picture, url: URL.createObjectURL(picture.file) } : picture,
  );
  return { ...backup, mediaFiles };
}

export async function removeLocalBackup(folder: string, slug: string | undefined): Promise<void> {
  await localForage.removeItem(keyOf(folder, slug)).catch(() => {});
}
