import { getMediaProcessingConfig, shouldTransformImage, transformImage } from 'virtual:decap-pictures';
import { decapConfig } from '../../documents/config.ts';
import { uploadName } from '../../documents/slug.ts';
import { api } from '../client/api.ts';
import type { StoredMedia } from '../../protocol/media.ts';

/**
 * Stores a file under a safe name; photos are made smaller first, as Decap's media library does.
 *
 * @throws ApiError that says why the server refuses it
 */
export async function uploadFile(file: File): Promise<StoredMedia> {
  const processing = getMediaProcessingConfig(decapConfig());
  const name = uploadName(file.name);
  const original = { file, path: name };
  const [made = original] = shouldTransformImage(file, processing)
    ? // A picture that the browser cannot read is the server's to refuse, with reasons.
      await transformImage(file, name, processing).catch(() => [original])
    : [original];
  return api.upload(`uploads/${made.path}`, made.file);
}
