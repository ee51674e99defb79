import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { noteTooManyFiles } from '../../process/open-files.ts';

/** Running Git on one bare repository: nothing of the machine's own settings takes part. */

/** Git said no; `message` is what it printed. */
export class GitError extends Error {
  override name = 'GitError';
}

/** Environment in which Git sees this repository and no settings but the repository's own. */
export const gitEnvironment = (repository: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  SYSTEMROOT: process.env.SYSTEMROOT,
  HOME: process.env.HOME,
  LC_ALL: 'C',
  GIT_DIR: repository,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
});

/** How a command is run. */
interface RunOptions {
  /** Ends the command and the commands that it has started. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs one command to its end.
 *
 * @returns what it printed
 * @throws {GitError} when it exits with anything but 0
 */
export function git(
  repository: string,
  args: readonly string[],
  input?: string | Buffer,
  { signal }: RunOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // In a group of its own it can be ended with all its children; Windows has no such groups.
    const detached = signal !== undefined && process.platform !== 'win32';
    const child = spawn('git', args, { env: gitEnvironment(repository), windowsHide: true, detached });
    child.once('error', (error: NodeJS.ErrnoException) => reject(explainSpawn(error)));
    // A process that cannot start has no pipes, in spite of its type; the event above says why.
    if (!child.stdout) return;
    const end = () => {
      try {
        if (detached && child.pid) process.kill(-child.pid);
        else child.kill();
      } catch {
        // It has just ended by itself.
      }
    };
    signal?.addEventListener('abort', end, { once: true });
    child.once('exit', () => signal?.removeEventListener('abort', end));
    if (signal?.aborted) end();
    const output: Buffer[] = [];
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4000);
    });
    child.once('close', (code) =>
      code === 0
        ? resolve(Buffer.concat(output))
        : reject(new GitError(`git ${args[0]} 没有成功（${code}）：${complaint.trim()}`)),
    );
    // A command that ends early closes its input: its exit code says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function explainSpawn(error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new GitError('这台机器没有装 Git：请先安装 Git，再启动');
  noteTooManyFiles(error);
  return error;
}

/** The same, as text without the final line feed. */
export const gitText = async (repository: string, args: readonly string[], input?: string | Buffer) =>
  (await git(repository, args, input)).toString().replace(/\n$/, '');

/** Runs one command and has it print into a file, which is on the disk afterwards. */
export function gitToFile(repository: string, args: readonly string[], file: string): Promise<void> {
  const output = openSync(file, 'w');
  return new Promise<void>((resolve, reject) => {
    const child = spawn('git', args, {
      env: gitEnvironment(repository),
      windowsHide: true,
      stdio: ['ignore', output, 'ignore'],
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new GitError(`git ${args[0]} 没有成功（${code}）`));
      fsyncSync(output);
      resolve();
    });
  }).finally(() => closeSync(output));
}

interface Waiting {
  resolve: (content: Buffer | undefined) => void;
  reject: (error: Error) => void;
}

/** A running `git cat-file --batch`: reading an object costs no process of its own. */
export class ObjectReader {
  readonly #repository: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  /** What has come and is not answered yet. */
  #chunks: Buffer[] = [];
  #received = 0;
  /** Bytes up to the end of the answer that is coming; 0 while its first line is. */
  #announced = 0;
  #waiting: Waiting[] = [];

  constructor(repository: string) {
    this.#repository = repository;
  }

  /** Content of an object by its name, such as `main:content/articles/a.mdx`; undefined when there is none. */
  read(name: string): Promise<Buffer | undefined> {
    if (/[\n\r]/.test(name)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      // Undefined for a process that could not start; its `error` event rejects.
      this.#running().stdin?.write(`${name}\n`);
    });
  }

  close(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const child = spawn('git', ['cat-file', '--batch'], {
      env: gitEnvironment(this.#repository),
      windowsHide: true,
    });
    const fail = (error: Error) => {
      if (this.#child === child) this.#child = undefined;
      this.#keep(Buffer.alloc(0));
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    child.once('error', (error) => fail(explainSpawn(error)));
    child.once('close', () => fail(new GitError('读取内容的进程停了')));
    this.#child = child;
    if (!child.stdout) return child;
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stdin.on('error', () => {});
    return child;
  }

  /** Answers are `<id> <type> <size>\n<content>\n` or `<name> missing\n`, in the order of the questions. */
  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    // A large file comes in hundreds of chunks; joined at each, its beginning would be copied hundreds of times.
    if (this.#received < this.#announced) return;
    let rest = Buffer.concat(this.#chunks);
    let announced = 0;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      const head = rest.subarray(0, end).toString();
      const size = /^[0-9a-f]{40,64} \w+ (\d+)$/.exec(head)?.[1];
      if (size === undefined) {
        rest = rest.subarray(end + 1);
        this.#waiting.shift()?.resolve(undefined);
        continue;
      }
      const last = end + 1 + Number(size);
      if (rest.length <= last) {
        announced = last + 1;
        break;
      }
      const content = Buffer.from(rest.subarray(end + 1, last));
      rest = rest.subarray(last + 1);
      this.#waiting.shift()?.resolve(content);
    }
    this.#keep(rest, announced);
  }

  #keep(rest: Buffer, announced = 0): void {
    this.#chunks = [rest];
    this.#received = rest.length;
    this.#announced = announced;
  }
}
