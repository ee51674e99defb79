import { statSync } from 'node:fs';
import { PICTURE_NAMES } from '../../../src/model/uploads.ts';
import { uploadStem } from '../../documents/slug.ts';
import { createWorkerProcess } from '../process/worker-process.ts';
import { MAX_UPLOAD_BYTES, MAX_WORD_BYTES, refuseAtSight } from './inspect.ts';
import type { ConvertedWord } from './word/index.ts';
import type { Answer, Task } from './worker.ts';

export { MAX_UPLOAD_BYTES, MAX_WORD_BYTES };

/**
 * Makes an uploaded file safe: pictures are re-encoded, drawings rebuilt, attachments inspected, names made safe. All of
 * it happens in a worker process, one file at a time, which is killed when it takes too long. Files are on the disk, so
 * that six films at once do not fill the memory.
 */

const TIMEOUT_MS = 60_000;
/** The worker ends when nothing came for this long; it holds a hundred megabytes. */
const IDLE_MS = 30_000;
const MEMORY_MB = 1024;
const MAX_WAITING = 60;

/** A file to be kept under `uploads/<stem>.<extension>`, or a Chinese sentence saying why not and what to do. */
export type UploadVerdict =
  { accepted: true; stem: string; extension: string } | { accepted: false; message: string };

/**
 * Inspects an upload and makes the file what may be kept of it.
 *
 * @param name as the browser says; folders in it are ignored
 * @param file where it is, to be changed there
 */
export async function acceptUpload(name: string, file: string): Promise<UploadVerdict> {
  // Windows drops dots and spaces at the end of a name.
  const base = (name.split(/[/\\]/).at(-1) ?? '').replace(/[.\s]+$/, '');
  const dot = base.lastIndexOf('.');
  const written = dot < 0 ? '' : base.slice(dot + 1).toLowerCase();
  const extension = (PICTURE_NAMES as readonly string[]).includes(written) ? 'jpg' : written;
  const reason = refuseAtSight(extension, statSync(file).size);
  if (reason !== undefined) return { accepted: false, message: reason };
  const answer = await runInTurn({ extension, file });
  if ('refusal' in answer) return { accepted: false, message: answer.refusal };
  if (!('extension' in answer)) throw new Error('The worker answered another task');
  return { accepted: true, stem: uploadStem(base.slice(0, dot)), extension: answer.extension };
}

/**
 * Converts a Word file that passes the same checks as an upload.
 *
 * @param folder where its pictures are written
 */
export async function convertWordFile(
  file: string,
  folder: string,
): Promise<ConvertedWord | { refusal: string }> {
  const answer = await runInTurn({ file, picturesTo: folder });
  if ('refusal' in answer) return answer;
  if (!('word' in answer)) throw new Error('The worker answered another task');
  return answer.word;
}

/** The first of `a.png`, `a-2.png`, `a-3.png` … under which there is nothing else. */
export async function freeName(
  stem: string,
  extension: string,
  isFree: (name: string) => boolean | Promise<boolean>,
): Promise<string> {
  for (let number = 1; ; number++) {
    const name = `${number === 1 ? stem : `${stem}-${number}`}.${extension}`;
    if (await isFree(name)) return name;
  }
}

const worker = createWorkerProcess<Task, Answer>({
  module: new URL('./worker.ts', import.meta.url),
  timeoutMs: TIMEOUT_MS,
  idleMs: IDLE_MS,
  memoryMb: MEMORY_MB,
});

const FAILURES = {
  crash: '文件读不出来；请用原来的程序重新保存再传',
  timeout: '这个文件太复杂，处理不完；请缩小或另存为常见格式再传',
};

let waiting = 0;

/** Looks into a file when those before it are done. */
async function runInTurn(task: Task): Promise<Answer> {
  if (waiting >= MAX_WAITING) return { refusal: '现在上传的文件太多，请过一两分钟再传' };
  waiting++;
  try {
    const outcome = await worker.run(task);
    return 'answer' in outcome ? outcome.answer : { refusal: FAILURES[outcome.failure] };
  } finally {
    waiting--;
  }
}
