import sharp from 'sharp';
import { inspectUpload } from './inspect.ts';
import { Refusal } from './refusal.ts';

/** The process in which uploads are looked into: a decoder that crashes or hangs here does not take the server along. */

export interface Task {
  id: number;
  extension: string;
  bytes: Uint8Array;
}

export type Answer = { id: number } & ({ extension: string; bytes: Uint8Array } | { refusal: string });

// Decoders of formats that are not accepted are an attack surface without use.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((decoder) => `VipsForeignLoad${decoder}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

async function answer({ id, extension, bytes }: Task): Promise<Answer> {
  try {
    return { id, ...(await inspectUpload(extension, bytes)) };
  } catch (error) {
    if (error instanceof Refusal) return { id, refusal: error.message };
    console.error(error);
    return { id, refusal: '文件读不出来；请用原来的程序重新保存再传' };
  }
}

process.on('message', async (task: Task) => {
  process.send?.(await answer(task));
});
