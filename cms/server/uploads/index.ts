import { uploadStem } from '../../documents/slug.ts';
import { createWorkerProcess } from '../process/worker-process.ts';
import { MAX_UPLOAD_BYTES, refuseAtSight } from './inspect.ts';
import type { Answer, Task } from './worker.ts';

export { MAX_UPLOAD_BYTES };

/**
 * Makes an uploaded file safe: pictures are re-encoded, drawings rebuilt, attachments inspected, names made safe. All of
 * it happens in a worker process, one file at a time, which is killed when it takes too long.
 */

const TIMEOUT_MS = 60_000;
/** The worker ends when nothing came for this long; it holds a hundred megabytes. */
const IDLE_MS = 30_000;
const MAX_WAITING_BYTES = 400 * 1024 * 1024;
const MAX_WAITING = 60;

/** A file to be kept under `uploads/<name>`, or a Chinese sentence saying why not and what to do. */
export type UploadVerdict =
  { accepted: true; name: string; bytes: Uint8Array } | { accepted: false; message: string };

/**
 * Inspects an upload and gives it a name.
 *
 * @param name as the browser says; folders in it are ignored
 * @param kept bytes of an upload of that name, if there is one: another file gets a numbered name, the same one its own
 */
export async function acceptUpload(
  name: string,
  bytes: Uint8Array,
  kept: (name: string) => Uint8Array | undefined | Promise<Uint8Array | undefined> = () => undefined,
): Promise<UploadVerdict> {
  const file = name.split(/[/\\]/).at(-1) ?? '';
  const dot = file.lastIndexOf('.');
  const extension = dot < 0 ? '' : file.slice(dot + 1).toLowerCase();
  const reason = refuseAtSight(extension, bytes.length);
  if (reason !== undefined) return { accepted: false, message: reason };
  const inspected = await inspectInTurn(extension, bytes);
  if ('refusal' in inspected) return { accepted: false, message: inspected.refusal };
  const stem = uploadStem(file.slice(0, dot));
  return {
    accepted: true,
    bytes: inspected.bytes,
    name: await freeName(stem, inspected.extension, inspected.bytes, kept),
  };
}

async function freeName(
  stem: string,
  extension: string,
  bytes: Uint8Array,
  kept: (name: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>,
): Promise<string> {
  for (let number = 1; ; number++) {
    const name = `${number === 1 ? stem : `${stem}-${number}`}.${extension}`;
    const other = await kept(name);
    if (!other || Buffer.compare(other, bytes) === 0) return name;
  }
}

let waiting = 0;
let waitingBytes = 0;

/** Inspects a file when those before it are done. */
async function inspectInTurn(extension: string, bytes: Uint8Array): Promise<Answer> {
  if (waiting >= MAX_WAITING || waitingBytes + bytes.length > MAX_WAITING_BYTES)
    return { refusal: '现在上传的文件太多，请过一两分钟再传' };
  waiting++;
  waitingBytes += bytes.length;
  try {
    return await inspectInWorker(extension, bytes);
  } finally {
    waiting--;
    waitingBytes -= bytes.length;
  }
}

const worker = createWorkerProcess<Task, Answer>({
  module: new URL('./worker.ts', import.meta.url),
  timeoutMs: TIMEOUT_MS,
  idleMs: IDLE_MS,
  memoryMb: 1024,
});

const FAILURES = {
  crash: '文件读不出来；请用原来的程序重新保存再传',
  timeout: '这个文件太复杂，处理不完；请缩小或另存为常见格式再传',
};

async function inspectInWorker(extension: string, bytes: Uint8Array): Promise<Answer> {
  const outcome = await worker.run({ extension, bytes });
  return 'answer' in outcome ? outcome.answer : { refusal: FAILURES[outcome.failure] };
}
