import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * The source files of a bundle, as reported by the bundler: a bundle is reused until one of them changes. Packages are
 * represented by the lock files.
 */

/** Files that the bundler reads but does not report as modules. */
const TOOLS = [
  'cms/{vite.config,server/editor/*}.ts',
  'cms/*/patches.ts',
  // The names of pages, which no entry may take.
  'src/pages',
  'cms/*/patches/*.patch',
  '{.,cms/parser}/package-lock.json',
];

/** Paths from the root of the project, `/` separated, with digests of their content. */
export type Sources = Record<string, string>;

/** Of a folder, the digest of the names in it. */
const digest = (file: string) =>
  createHash('sha256')
    .update(
      statSync(file).isDirectory()
        ? readdirSync(file, { recursive: true, encoding: 'utf8' }).sort().join('\n')
        : readFileSync(file),
    )
    .digest('base64url');

/** Digests of the project's files among a bundle's modules, and of the bundler's own files. */
export function sourcesOf(root: string, modules: Iterable<string>): Sources {
  const files = new Set(TOOLS.flatMap((pattern) => globSync(pattern, { cwd: root })));
  for (const module of modules) {
    const file = relative(root, module.replace(/^\0/, '').replace(/\?.*$/, '')).replaceAll('\\', '/');
    const isOwn = !file.startsWith('..') && !file.includes('node_modules/');
    if (isOwn && existsSync(join(root, file))) addWithImports(root, file, files);
  }
  return Object.fromEntries([...files].sort().map((file) => [file, digest(join(root, file))]));
}

/** The bundler does not report imported style sheets as modules. */
function addWithImports(root: string, file: string, files: Set<string>): void {
  files.add(file);
  if (!file.endsWith('.css')) return;
  for (const [, imported = ''] of readFileSync(join(root, file), 'utf8').matchAll(/@import '(\.[^']+)'/g))
    addWithImports(root, posix.join(posix.dirname(file), imported), files);
}

const FILE = 'sources.json';

export const keepSources = (folder: string, sources: Sources): void =>
  writeFileAtomic(join(folder, FILE), JSON.stringify(sources, null, 1));

/** Whether the bundle in a folder is up to date. */
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
