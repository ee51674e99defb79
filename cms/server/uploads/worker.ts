import sharp from 'sharp';
import { inspectUpload } from './inspect.ts';
import { Refusal } from './refusal.ts';
import type { ConvertedWord } from './word/index.ts';

/** The process in which uploads are looked into: a decoder that crashes or hangs here does not take the server along. */

export type Task =
  | {
      extension: string;
      /** Where the file is; it is changed there. */
      file: string;
    }
  /** A Word file that is to be converted, and the folder for its pictures. */
  | { file: string; picturesTo: string };

/** The extension that the file calls for or the converted text, or why it is not taken. */
export type Answer = { extension: string } | { word: ConvertedWord } | { refusal: string };

// Decoders of formats that are not accepted are an attack surface without use.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((decoder) => `VipsForeignLoad${decoder}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

async function answer(task: Task): Promise<Answer> {
  try {
    if ('picturesTo' in task) {
      // Loaded when it is wanted: most uploads are pictures.
      const { convertWord } = await import('./word/index.ts');
      return { word: await convertWord(task.file, task.picturesTo) };
    }
    return { extension: await inspectUpload(task.extension, task.file) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    console.error(error);
    return { refusal: '文件读不出来；请用原来的程序重新保存再传' };
  }
}

process.on('message', async ({ id, ...task }: Task & { id: number }) => {
  process.send?.({ id, ...(await answer(task)) });
});
