import type { Map as ImmutableMap } from 'immutable';
import { api } from '../client/api.ts';

/** Pictures that were chosen in a form and are only in this browser until it is saved. */

export interface Picture {
  path: string;
  url?: string;
  draft?: boolean;
  /** In a backup of this browser. */
  file?: Blob;
}

/** Those of a draft's `entry`. */
export const picturesOf = (entry: ImmutableMap<string, unknown>): Picture[] =>
  (entry.get('mediaFiles') as { toJS?: () => Picture[] } | undefined)?.toJS?.() ?? [];

/** Where each has been uploaded to; uploading it again with the form gives the same. */
const uploaded = new Map<string, string>();

/**
 * Uploads them, so that a working copy has its pictures on another machine too.
 *
 * @returns the text with the addresses that the server gave them
 */
export async function uploadPictures(pictures: readonly Picture[], text: string): Promise<string> {
  let whole = text;
  for (const { path, url, draft } of pictures) {
    if (!draft || !url?.startsWith('blob:') || !text.includes(`/${path}`)) continue;
    if (!uploaded.has(url)) {
      const blob = await (await fetch(url)).blob();
      uploaded.set(url, (await api.upload(path, blob)).path);
    }
    whole = whole.replaceAll(`/${path}`, `/${uploaded.get(url)}`);
  }
  return whole;
}
