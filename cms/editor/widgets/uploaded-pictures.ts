import { missingPicture } from '../../../src/model/missing-picture.ts';
import { showProblems } from '../dialogs/dialog.ts';
import { isPicture } from '../media/dropped-files.ts';
import { uploadFile } from '../media/upload.ts';

/** Pictures that are pasted or dropped into the body. */

interface Body {
  insert: (text: string) => void;
  replace: (passage: string, text: string) => void;
}

/**
 * Uploads pictures one after another. Until one is there, and when the server refuses it, its place in the body is kept by
 * the sentence for a missing picture, which publishing finds.
 */
export async function uploadedPictures(files: readonly File[], body: Body): Promise<void> {
  const others = files.filter((file) => !isPicture(file));
  const pictures = files
    .filter(isPicture)
    .map((file, index) => ({ file, sentence: missingPicture(nameOf(file, index)) }));
  if (pictures.length > 0) body.insert(pictures.map(({ sentence }) => sentence).join('\n\n'));
  const failures = others.map(
    (file) => `「${file.name}」不是图片：附件请用「内容块」里的「附件」，视频用「视频」`,
  );
  for (const { file, sentence } of pictures)
    try {
      const { path } = await uploadFile(file);
      body.replace(sentence, `![](/${path})`);
    } catch (error) {
      body.replace(sentence, missingPicture(file.name));
      failures.push(`「${file.name}」没有上传：${(error as Error).message}`);
    }
  const added = pictures.length + others.length - failures.length;
  const needsText =
    added > 0 ? ['图片放进来了：请在 ![ ] 的方括号里写一句图里画了什么，给看不见图的人听'] : [];
  if (failures.length + needsText.length > 0)
    showProblems(
      failures.length > 0 ? `有 ${failures.length} 个文件没有放进来` : '图片放进来了',
      [...failures, ...needsText].map((message) => ({ severity: 'warning' as const, file: '', message })),
    );
}

/** Browsers call every pasted picture `image.png`. */
const nameOf = (file: File, index: number) =>
  `${file.name || '图片'}${index > 0 ? ` ${index + 1}` : ''}，正在上传`;
