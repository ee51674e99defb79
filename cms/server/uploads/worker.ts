import sharp from 'sharp';
import { inspectUpload } from './inspect.ts';
import { Refusal } from './refusal.ts';

/** The process in which uploads are looked into: a decoder that crashes or hangs here does not take the server along. */

export interface Task {
  extension: string;
  /** Where the file is; it is changed there. */
  file: string;
}

/** The extension that the file calls for, or why it is not taken. */
export type Answer = { extension: string } | { refusal: string };

// Decoders of formats that are not accepted are an attack surface without use.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((decoder) => `VipsForeignLoad${decoder}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

async function answer({ extension, file }: Task): Promise<Answer> {
  try {
    return { extension: await inspectUpload(extension, file) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    console.error(error);
    return { refusal: '文件读不出来；请用原来的程序重新保存再传' };
  }
}

process.on('message', async ({ id, ...task }: Task & { id: number }) => {
  process.send?.({ id, ...(await answer(task)) });
});
