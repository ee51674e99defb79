import { PICTURE_EXTENSIONS } from '../../../src/model/uploads.ts';
import type { MediaPage, StoredMedia } from '../../protocol/media.ts';
import { slugify } from '../../documents/slug.ts';

/** Uploads per page: more than a screen of the media library shows. */
export const MEDIA_PAGE_SIZE = 60;

const IMAGE = new RegExp(String.raw`\.(?:${PICTURE_EXTENSIONS.join('|')})$`, 'i');

export interface MediaRequest {
  /** Words of names, in Chinese or as they are spelt; all of them must occur. Everything when blank. */
  query?: string | undefined;
  /** From 1. */
  page?: number | undefined;
  imagesOnly?: boolean | undefined;
}

/** One page of uploads, in the order in which they are given. */
export function pageOfMedia(
  uploads: readonly StoredMedia[],
  { query = '', page = 1, imagesOnly = false }: MediaRequest,
): MediaPage {
  const words = query.toLowerCase().split(/\s+/).map(spelling).filter(Boolean);
  const found = uploads.filter(
    ({ path }) =>
      (!imagesOnly || IMAGE.test(path)) && words.every((word) => letters(path.toLowerCase()).includes(word)),
  );
  const end = page * MEDIA_PAGE_SIZE;
  return { files: found.slice(end - MEDIA_PAGE_SIZE, end), hasMore: found.length > end };
}

const letters = (name: string) => name.replace(/^uploads\//, '').replace(/[^a-z0-9.]/g, '');

/** A word as names of uploads spell it: they are pinyin, so 「青贮」 finds `qing-zhu.jpg`. */
function spelling(word: string): string {
  const spelt = letters(/\p{Script=Han}/u.test(word) ? slugify(word) : word);
  return /[a-z0-9]/.test(spelt) ? spelt : word;
}
