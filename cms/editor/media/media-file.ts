import { siteRoot } from '../client/address.ts';
import type { StoredMedia } from '../../protocol/media.ts';

/** An upload in the shape of Decap's `MediaFile`. */

export const toMediaFile = ({ path, size }: StoredMedia) => {
  const url = siteRoot + path.split('/').map(encodeURIComponent).join('/');
  return { id: path, path, name: path.replace(/^uploads\//, ''), size, url, displayURL: url };
};
