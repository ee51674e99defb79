import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BuildStep } from './contract.ts';
import type { BuildMessage, BuildOrder, PrebuildOrder } from './rendering/process.ts';

/** So much of the output of a process is looked through for the reason when it fails. */
const OUTPUT_KEPT = 16_000;

/** A process that has the templates and waits for one order. */
export interface Renderer {
  child: ChildProcess;
  prebuild: (live: string) => void;
  render: (order: BuildOrder, tell: (step: BuildStep) => void) => Promise<Done>;
  close: () => void;
}

type Done = Extract<BuildMessage, { done: true }>;

/** Starts one; its root is the workspace. */
export function startRenderer(workspace: string, env: NodeJS.ProcessEnv): Renderer {
  const child = fork(fileURLToPath(new URL('rendering/process.ts', import.meta.url)), {
    cwd: workspace,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const output = keptOutput(child);
  let onStep: (step: BuildStep) => void = () => {};
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const ended = new Promise<Done>((done, fail) => {
    child.on('message', (message: BuildMessage) => {
      if ('ready' in message) isReady();
      if ('step' in message) onStep(message.step);
      if ('done' in message) done(message);
      if ('failed' in message) fail(new Error(message.failed));
    });
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`进程结束了（${code}）：${output()}`)));
  });
  // `render` awaits it again; a process that ends without an order is no crash.
  ended.catch(() => {});
  return {
    child,
    prebuild: (live) =>
      void ready.then(() => child.connected && child.send({ prebuildFrom: live } satisfies PrebuildOrder)),
    async render(order, tell) {
      onStep = tell;
      await Promise.race([ready, ended]);
      child.send(order);
      return ended;
    },
    close: () => child.kill(),
  };
}

/** The end of what a process prints, which is passed on as well. */
export function keptOutput(child: ChildProcess, onOutput?: (text: string) => void): () => string {
  let output = '';
  const keep = (chunk: Buffer) => {
    onOutput?.(chunk.toString());
    output = (output + chunk.toString()).slice(-OUTPUT_KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => output;
}
