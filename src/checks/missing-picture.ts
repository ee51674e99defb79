import { MISSING_PICTURE } from '../model/missing-picture.ts';
import type { Problem } from '../model/problems.ts';
import { bodyLineOf, type Corpus } from './corpus.ts';

/** Pictures that were asked for when a text was pasted and have not been uploaded. */
export function checkMissingPictures({ files }: Corpus): Problem[] {
  return files.flatMap((checked): Problem[] => {
    const missing = checked.entry.body.match(MISSING_PICTURE) ?? [];
    const [first] = missing;
    if (first === undefined) return [];
    const message = `还有 ${missing.length} 张图片没有上传：把光标放到「${first}」，删掉这句话，用「图片」按钮上传`;
    return [{ severity: 'error', file: checked.file, line: bodyLineOf(checked, first), message }];
  });
}
