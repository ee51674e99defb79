import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { descendantsOf, isRunning, startProgram } from '../support/program.ts';

/** The server is killed: none of its processes goes on without it. */

const data = mkdtempSync(join(tmpdir(), 'portal-orphans-'));
afterAll(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));

const WAIT = { timeout: 60_000, interval: 100 };

async function expectNobodyLeft(children: Map<number, string>) {
  await expect
    .poll(() => [...children].filter(([pid]) => isRunning(pid)).map(([, command]) => command), WAIT)
    .toEqual([]);
}

test.skipIf(!existsSync('/proc/self/status'))(
  '服务器被强行结束，正在生成网站、打包后台、等着的进程都跟着结束',
  async () => {
    const first = await startProgram({ data });
    const pid = first.child.pid as number;
    let children = new Map<number, string>();
    const running = () => {
      children = descendantsOf(pid);
      return [...children.values()].join('\n');
    };
    // Grandchildren, too, where there are cores for them.
    await expect.poll(running, WAIT).toMatch(availableParallelism() > 1 ? /worker\.ts/ : /compile\.ts/);
    process.kill(pid, 'SIGKILL');
    await expectNobodyLeft(children);

    const second = await startProgram({ data });
    await second.says('都准备好了');
    const again = second.child.pid as number;
    await expect
      .poll(() => [...descendantsOf(again).values()].join('\n'), WAIT)
      .toMatch(/rendering\/process\.ts/);
    children = descendantsOf(again);
    process.kill(again, 'SIGKILL');
    await expectNobodyLeft(children);
  },
);
