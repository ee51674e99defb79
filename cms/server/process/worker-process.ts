import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createMutex } from './queue.ts';

/**
 * A process that does one task after another for the server and is killed when one takes too long: a parser that hangs in
 * native code can be stopped in no other way. It is started at the first task and ends when none came for a while.
 */

export interface WorkerProcessOptions {
  /** The module that runs in it; it answers each message `{ id, … }` with one of the same `id`. */
  module: URL;
  /** What one task may take. */
  timeoutMs: number;
  /** It ends when nothing came for this long. */
  idleMs: number;
  memoryMb: number;
}

/** What came of a task: its answer, or why there is none. */
export type WorkerOutcome<Answer> = { answer: Answer } | { failure: 'timeout' | 'crash' };

export interface WorkerProcess<Task, Answer> {
  /** Does a task when those before it are done. */
  run: (task: Task) => Promise<WorkerOutcome<Answer>>;
}

/** None of the server's environment, which may hold secrets, but what a process needs to start. */
const ENVIRONMENT = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot'];

/**
 * A worker process, not started yet.
 *
 * @example const worker = createWorkerProcess<Task, Answer>({ module: new URL('./worker.ts', import.meta.url), … });
 */
export function createWorkerProcess<Task extends object, Answer extends object>({
  module,
  timeoutMs,
  idleMs,
  memoryMb,
}: WorkerProcessOptions): WorkerProcess<Task, Answer> {
  const mutex = createMutex();
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const end = (worker: ChildProcess) => {
    if (child === worker) child = undefined;
    worker.kill('SIGKILL');
  };

  function startChild(): ChildProcess {
    const worker = fork(fileURLToPath(module), {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memoryMb}`],
      env: Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]])),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    worker.once('exit', () => {
      if (child === worker) child = undefined;
    });
    worker.on('error', (error) => console.error(error));
    return worker;
  }

  function runNow(task: Task): Promise<WorkerOutcome<Answer>> {
    clearTimeout(idle);
    child ??= startChild();
    const worker = child;
    const id = ++lastId;
    return new Promise((resolve) => {
      const finish = (outcome: WorkerOutcome<Answer>) => {
        clearTimeout(deadline);
        worker.off('message', onMessage).off('exit', onExit);
        idle = setTimeout(() => end(worker), idleMs).unref();
        // Neither the process nor its channel keeps a server alive that has nothing else to do.
        worker.unref();
        worker.channel?.unref();
        resolve(outcome);
      };
      const onMessage = (message: unknown) => {
        const { id: answered, ...answer } = message as Answer & { id: number };
        if (answered === id) finish({ answer: answer as unknown as Answer });
      };
      const onExit = () => finish({ failure: 'crash' });
      const deadline = setTimeout(() => {
        end(worker);
        finish({ failure: 'timeout' });
      }, timeoutMs);
      worker.ref();
      worker.channel?.ref();
      worker.on('message', onMessage).once('exit', onExit);
      worker.send({ ...task, id }, (error) => {
        if (error) onExit();
      });
    });
  }

  return { run: (task) => mutex.run(() => runNow(task)) };
}
