import { getMediaProcessingConfig, shouldTransformImage, transformImage } from 'virtual:decap-pictures';
import { decapConfig } from '../../documents/config.ts';
import { uploadName } from '../../documents/slug.ts';
import { api } from '../client/api.ts';
import { pinyinReady } from '../client/pinyin.ts';
import type { StoredMedia } from '../../protocol/media.ts';

/**
 * Uploads a file under a safe name; photos are resized first, as in Decap's media library.
 *
 * @throws ApiError that says why the server refuses it
 */
export async function uploadFile(file: File): Promise<StoredMedia> {
  await pinyinReady();
  const processing = getMediaProcessingConfig(decapConfig());
  const name = uploadName(file.name);
  const original = { file, path: name };
  const [processed = original] = shouldTransformImage(file, processing)
    ? // A picture that the browser cannot decode is uploaded as it is: the server refuses it with a reason.
      await transformImage(file, name, processing).catch(() => [original])
    : [original];
  return api.upload(`uploads/${processed.path}`, processed.file);
}
