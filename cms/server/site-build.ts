import { spawn } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build } from './releases.ts';
import type { Repository } from './store/repository.ts';
import { writeOut } from './store/written-out.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ASTRO = join(root, 'node_modules/astro/bin/astro.mjs');

/**
 * Builds of the site from one commit, whatever is published meanwhile.
 *
 * @param folder holds the content written out for builds, and their cache
 */
export function siteBuild({ repository, folder }: { repository: Repository; folder: string }): Build {
  return async (target, _previous, { commit, tell }) => {
    tell({ step: '正在取出内容' });
    const content = join(folder, 'content');
    await writeOut(repository, commit, content);
    tell({ step: '正在生成网页' });
    // Astro runs what it has bundled from the output folder: the packages must be found from there.
    const inside = join(root, '.tmp', `site-${process.pid}`);
    try {
      await run(['build'], { CONTENT_DIR: content, OUT_DIR: inside });
      await cp(inside, target, { recursive: true });
    } finally {
      await rm(inside, { recursive: true, force: true });
    }
  };
}

function run(args: string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [ASTRO, ...args], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(output))));
  });
}
