import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The root in which the server builds, `DATA_DIR/workspace`: a copy of the code. Astro keeps a build's state in the root
 * (`.astro/`), where two builds at once spoil each other's; with a root of its own the server never meets a developer's.
 */

/** What a build reads of the project, besides `public` and `node_modules`, which are linked. */
const COPIED = ['src', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Everything that a page is made from, besides content. */
const CODE = ['src/**/*', 'public/*', 'cms/server/build/**/*', 'astro.config.mjs', 'package-lock.json'];

/** Digest of the code of a project and of the settings that builds take from the environment. */
export function codeId(project: string, env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256').update(
    JSON.stringify([process.version, env.SITE_URL ?? '', env.BASE_PATH ?? '', env.CONTENT_DIR ?? '']),
  );
  const files = CODE.flatMap((pattern) => globSync(pattern, { cwd: project, withFileTypes: true }))
    .filter((item) => item.isFile() && !/\.test\.ts$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .sort();
  for (const file of files) hash.update(file.slice(project.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Copies the project's code, as it is now, into the workspace. */
export function copyCode(workspace: string, project: string): void {
  mkdirSync(workspace, { recursive: true });
  for (const name of COPIED) {
    rmSync(join(workspace, name), { recursive: true, force: true });
    if (existsSync(join(project, name)))
      cpSync(join(project, name), join(workspace, name), { recursive: true });
  }
  // Content is read when pages are rendered; in templates Astro would read all of it for its own store, which no page uses.
  rmSync(join(workspace, 'src/content.config.ts'), { force: true });
  for (const name of ['public', 'node_modules']) {
    rmSync(join(workspace, name), { recursive: true, force: true });
    // A junction: Windows makes it without being administrator.
    symlinkSync(join(project, name), join(workspace, name), 'junction');
  }
}
