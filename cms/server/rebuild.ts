import { existsSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { BuildStatus } from '../admin/api.ts';

/**
 * Rebuilds the site after saves: in a folder beside, put in place at once when it is complete. Saves during a build are
 * covered by one more build after it. A failed build leaves the site as it was.
 */
export interface Rebuilder {
  /** Asks for a build; returns at once. */
  request: () => void;
  status: () => BuildStatus;
  /** Resolves when nothing is waiting or running. */
  settled: () => Promise<void>;
}

/**
 * @param outDir folder that is being served
 * @param build builds the whole site into a folder; rejects when it fails
 */
export function createRebuilder(outDir: string, build: (folder: string) => Promise<void>): Rebuilder {
  let status: BuildStatus = { state: 'idle' };
  let running: Promise<void> | undefined;
  let again = false;

  const run = async () => {
    do {
      again = false;
      status = { ...status, state: 'building' };
      const beside = `${outDir}.next`;
      rmSync(beside, { recursive: true, force: true });
      try {
        await build(beside);
        swap(beside, outDir);
        status = { state: again ? 'building' : 'idle', builtAt: new Date().toISOString() };
      } catch (error) {
        const { message } = error as Error;
        console.error(`网站没有更新成功，访客看到的还是原来的样子。\n${message}`);
        status = { ...status, state: 'failed', message };
      }
    } while (again);
    running = undefined;
  };

  return {
    request() {
      again = true;
      running ??= run();
    },
    status: () => status,
    settled: async () => {
      while (running) await running;
    },
  };
}

/** Puts `beside` where `outDir` is. Both renames happen in one turn of the event loop: no request comes between them. */
function swap(beside: string, outDir: string): void {
  const former = `${outDir}.former`;
  rmSync(former, { recursive: true, force: true });
  if (existsSync(outDir)) renameSync(outDir, former);
  try {
    renameSync(beside, outDir);
  } catch (error) {
    if (existsSync(former)) renameSync(former, outDir);
    throw error;
  }
  void rm(former, { recursive: true, force: true });
}
