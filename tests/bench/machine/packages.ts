import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of what is only used for measuring. */
export const WORK = resolve('.tmp/bench');

/**
 * Installs a package for measuring, once, outside the project's own packages.
 *
 * @returns its folder, or undefined when it cannot be had
 */
export function installed(name: string, version: string, folder: string): string | undefined {
  const root = join(WORK, folder);
  const found = join(root, 'node_modules', name);
  if (existsSync(found)) return found;
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "private": true, "type": "commonjs" }');
  try {
    const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`];
    execFileSync('npm', args, { cwd: root, stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return existsSync(found) ? found : undefined;
}
