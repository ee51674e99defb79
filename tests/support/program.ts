import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** `npm start` in a process of its own, for what cannot be tried in the process of the tests: killing it, its limits. */

export interface Program {
  child: ChildProcess;
  url: string;
  /** Everything that it has printed. */
  printed: () => string;
  /** Resolves when it has printed this. */
  says: (text: string) => Promise<void>;
  /** Ends it in order. */
  stop: () => Promise<void>;
}

export interface ProgramOptions {
  data: string;
  content?: string;
  env?: NodeJS.ProcessEnv;
  /** `ulimit -n` of the server; its child processes have it, too. */
  openFiles?: number;
}

export async function startProgram({ data, content, env, openFiles }: ProgramOptions): Promise<Program> {
  const port = await freePort();
  const limit = openFiles ? `ulimit -n ${openFiles}; ` : '';
  const child = spawn('sh', ['-c', `${limit}exec "$0" cms/server/main.ts`, process.execPath], {
    env: {
      ...process.env,
      DATA_DIR: data,
      CONTENT_DIR: content ?? 'tests/fixtures/county',
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const take = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (printed.includes(text)) resolve();
      };
      look();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', (code) => reject(new Error(`服务器停了（${code}）：${printed}`)));
    });
  await says('按 Ctrl+C 停止');
  return {
    child,
    url: `http://127.0.0.1:${port}/`,
    printed: () => printed,
    says,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const trial = createServer().listen(0, '127.0.0.1');
  await once(trial, 'listening');
  const { port } = trial.address() as AddressInfo;
  trial.close();
  await once(trial, 'close');
  return port;
}

/** Running processes below one, with their command lines; Linux only. */
export function descendantsOf(pid: number): Map<number, string> {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = /^PPid:\t(\d+)/m.exec(readProc(name, 'status'))?.[1];
        return parent ? [[Number(name), Number(parent)] as const] : [];
      }),
  );
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  return new Map(
    [...parents.keys()]
      .filter(isBelow)
      .map((one) => [one, readProc(String(one), 'cmdline').replaceAll('\0', ' ')]),
  );
}

/** Whether a process runs; one that has ended and waits to be noticed does not. */
export const isRunning = (pid: number): boolean => /^State:\t[^ZX]/m.test(readProc(String(pid), 'status'));

/** Empty for a process that has ended meanwhile. */
function readProc(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
