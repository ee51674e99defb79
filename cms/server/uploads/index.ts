import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { uploadStem } from '../../documents/slug.ts';
import { createMutex } from '../process/queue.ts';
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

type Outcome = Omit<Answer, 'id'> & ({ extension: string; bytes: Uint8Array } | { refusal: string });

/** One file after another: two large pictures at once would need twice the memory. */
const mutex = createMutex();
let waiting = 0;
let waitingBytes = 0;

/** Inspects a file when those before it are done. */
async function inspectInTurn(extension: string, bytes: Uint8Array): Promise<Outcome> {
  if (waiting >= MAX_WAITING || waitingBytes + bytes.length > MAX_WAITING_BYTES)
    return { refusal: '现在上传的文件太多，请过一两分钟再传' };
  waiting++;
  waitingBytes += bytes.length;
  try {
    return await mutex.run(() => inspectInWorker(extension, bytes));
  } finally {
    waiting--;
    waitingBytes -= bytes.length;
  }
}

let child: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let lastId = 0;

function inspectInWorker(extension: string, bytes: Uint8Array): Promise<Outcome> {
  clearTimeout(idle);
  child ??= startWorker();
  const worker = child;
  const id = ++lastId;
  return new Promise((resolve) => {
    const finish = (outcome: Outcome) => {
      clearTimeout(deadline);
      worker.off('message', onMessage).off('exit', onExit);
      idle = setTimeout(() => end(worker), IDLE_MS).unref();
      worker.unref();
      worker.channel?.unref();
      resolve(outcome);
    };
    const onMessage = (message: unknown) => {
      const { id: answered, ...outcome } = message as Answer;
      if (answered === id) finish(outcome as Outcome);
    };
    const onExit = () => finish({ refusal: '文件读不出来；请用原来的程序重新保存再传' });
    const deadline = setTimeout(() => {
      end(worker);
      finish({ refusal: '这个文件太复杂，处理不完；请缩小或另存为常见格式再传' });
    }, TIMEOUT_MS);
    worker.ref();
    worker.channel?.ref();
    worker.on('message', onMessage).once('exit', onExit);
    worker.send({ id, extension, bytes } satisfies Task, (error) => {
      if (error) onExit();
    });
  });
}

function startWorker(): ChildProcess {
  const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=1024'],
    // None of the server's environment, which may hold secrets.
    env: Object.fromEntries(
      ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot'].map((name) => [name, process.env[name]]),
    ),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  worker.once('exit', () => {
    if (child === worker) child = undefined;
  });
  worker.on('error', (error) => console.error(error));
  return worker;
}

function end(worker: ChildProcess): void {
  if (child === worker) child = undefined;
  worker.kill('SIGKILL');
}
