import { siteRoot } from '../client/address.ts';
import type { StoredMedia } from '../../protocol/media.ts';

/** Uploads as Decap's media library shows them. */

export const toMediaFile = ({ path, size }: StoredMedia) => {
  const url = siteRoot + path.split('/').map(encodeURIComponent).join('/');
  return { id: path, path, name: path.replace(/^uploads\//, ''), size, url, displayURL: url };
};
