import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** The clock of the tested site: autumn term of the demo year, with caravan stops behind and ahead. */
export const SITE_NOW = '2026-11-24T09:00';

/** Vitest puts what it offers as `import.meta.env` into the environment, and Astro would take it for the site's own. */
export function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = new Set(['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR', 'TEST']);
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !names.has(name) && !name.startsWith('VITEST')),
  );
}

/**
 * Runs a whole build.
 *
 * @param env further environment, e.g. `CONTENT_DIR` or `BASE_PATH`
 * @param root the project to build, see `copyOfProject`; by default this one
 * @returns what the build printed
 * @throws with the build's output when it fails
 */
export async function buildSite(
  outDir: string,
  env: Record<string, string> = {},
  root = resolve('.'),
): Promise<string> {
  const astro = resolve('node_modules/astro/bin/astro.mjs');
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [astro, 'build'], {
      cwd: root,
      env: {
        ...withoutVitest(process.env),
        NODE_ENV: 'production',
        ASTRO_TELEMETRY_DISABLED: '1',
        PORTAL_NOW: SITE_NOW,
        CACHE_DIR: process.env.CACHE_DIR ?? resolve('.tmp/cache'),
        OUT_DIR: outDir,
        ...env,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (!existsSync(resolve(outDir, 'index.html'))) throw new Error(`构建没有写出首页：\n${stdout}${stderr}`);
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`构建失败：\n${stdout}\n${stderr}`, { cause: error });
  }
}
