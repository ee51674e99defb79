import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** A process that takes half a second to stop. */
const SOURCE = `
  import { stopOnSignal } from './cms/server/process/signals.ts';
  stopOnSignal(() => new Promise((done) => setTimeout(() => { console.log('停好了'); done(); }, 500)));
  setInterval(() => {}, 1000);
  console.log('在运行');`;

test.skipIf(process.platform === 'win32')('同一次停止由几个程序各传来一遍信号，照样好好停完', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', SOURCE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const closed = once(child, 'close');
  await expect.poll(() => said).toContain('在运行');
  child.kill('SIGTERM');
  // Apart, so that they do not become one on the way.
  const again = setInterval(() => child.kill('SIGTERM'), 50);
  const [code] = await closed;
  clearInterval(again);
  expect([code, said]).toEqual([0, expect.stringContaining('停好了')]);
});
