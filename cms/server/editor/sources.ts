import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readKept, writeKept } from '../../../src/runtime/kept-file.ts';

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

/** What is kept with a bundle. */
interface Kept {
  sources: Sources;
  /** Digests of the bundle's own files, by their paths in its folder. */
  files: Record<string, string>;
}

const filesOf = (folder: string): Kept['files'] =>
  Object.fromEntries(
    globSync('**/*', { cwd: folder })
      .filter((name) => name !== FILE && statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, digest(join(folder, name))]),
  );

/** Keeps what the bundle in a folder was made of, and how its files are. */
export const keepSources = (folder: string, sources: Sources): void =>
  writeKept(join(folder, FILE), JSON.stringify({ sources, files: filesOf(folder) } satisfies Kept));

/** Whether the bundle in a folder is up to date, and none of its files damaged. */
export function isBundleOf(folder: string, root: string): boolean {
  const bytes = readKept(join(folder, FILE));
  if (!bytes) return false;
  const { sources, files } = JSON.parse(bytes.toString()) as Kept;
  return (
    Object.entries(sources).every(
      ([name, before]) => existsSync(join(root, name)) && digest(join(root, name)) === before,
    ) && isDeepStrictEqual(files, filesOf(folder))
  );
}
