import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** Photos of people need recorded consent before they are published. */
export function checkPhotoConsent({ files }: Corpus): Problem[] {
  return files
    .filter(({ data }) => Array.isArray(data.photos) && data.photos.length > 0)
    .filter(({ data }) => data.photoConsent !== 'none' && data.photoConsent !== 'recorded')
    .map(({ file, entry }) => ({
      severity: 'error',
      file,
      line: entry.lineOf(['photos']),
      field: '「照片」',
      message: '没有照片同意书的记录，不能公开；请在「照片同意书」里如实填写，或删去照片',
    }));
}
