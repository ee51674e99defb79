import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * What a bundle was made from, as the bundler tells it: a bundle is used again while every one of those files is what it
 * was. Packages count by the lock files.
 */

/** What the bundler reads without listing it among the modules. */
const TOOLS = [
  'cms/{vite.config,server/editor/*}.ts',
  'cms/*/patches.ts',
  'cms/*/patches/*.patch',
  '{.,cms/parser}/package-lock.json',
];

/** Paths from the root of the project, `/` separated, with digests of their content. */
export type Sources = Record<string, string>;

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('base64url');

/** The files of the project among a bundle's modules, and what the bundler itself is made of. */
export function sourcesOf(root: string, modules: Iterable<string>): Sources {
  const files = new Set(TOOLS.flatMap((pattern) => globSync(pattern, { cwd: root })));
  for (const module of modules) {
    const file = relative(root, module.replace(/^\0/, '').replace(/\?.*$/, '')).replaceAll('\\', '/');
    const isOwn = !file.startsWith('..') && !file.includes('node_modules/');
    if (isOwn && existsSync(join(root, file))) addWithImports(root, file, files);
  }
  return Object.fromEntries([...files].sort().map((file) => [file, digest(join(root, file))]));
}

/** Style sheets that others import are no modules to the bundler. */
function addWithImports(root: string, file: string, files: Set<string>): void {
  files.add(file);
  if (!file.endsWith('.css')) return;
  for (const [, imported = ''] of readFileSync(join(root, file), 'utf8').matchAll(/@import '(\.[^']+)'/g))
    addWithImports(root, posix.join(posix.dirname(file), imported), files);
}

const FILE = 'sources.json';

export const keepSources = (folder: string, sources: Sources): void =>
  writeFileAtomic(join(folder, FILE), JSON.stringify(sources, null, 1));

/** Whether a folder holds a bundle of the files as they are now. */
export function isBundleOf(folder: string, root: string): boolean {
  const file = join(folder, FILE);
  if (!existsSync(file)) return false;
  try {
    const sources = JSON.parse(readFileSync(file, 'utf8')) as Sources;
    return Object.entries(sources).every(
      ([name, before]) => existsSync(join(root, name)) && digest(join(root, name)) === before,
    );
  } catch {
    return false;
  }
}
