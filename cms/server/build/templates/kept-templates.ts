import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { digestOf, readKept, writeKept } from '../../../../src/runtime/kept-file.ts';
import { filesBelow } from '../files/linking.ts';

/** The files of the compiled templates, in the root of a build; see `templates.ts`. */

/** What Astro's renderer needs of a build besides the code. */
export interface Kept {
  id: string;
  /** Address of the site when it was built; it is part of the code. */
  site: string | undefined;
  base: string;
  /** File of the code to begin with. */
  entry: string;
  /** Styles by page. */
  styles: [string, unknown][];
  scripts: unknown[];
  /** Digests of the files, those for browsers too. */
  files: Record<string, string>;
}

/** Kept in the root of the build, where the packages that the code imports are found. */
const FOLDER = 'templates';

const folderIn = (root: string) => join(root, FOLDER);
const stateFile = (root: string) => join(folderIn(root), 'templates.json');
const codeFolder = (root: string) => join(folderIn(root), 'code');

/** The folder of what browsers load besides pages, `_astro` on the site. */
export const assetsFolder = (root: string): string => join(folderIn(root), 'assets');

/** Forgets the templates of an earlier build. */
export const forgetTemplates = (root: string): void =>
  rmSync(folderIn(root), { recursive: true, force: true });

/** The id of the templates kept in a root, if there are. */
export const keptTemplates = (root: string): string | undefined => readState(root)?.id;

function readState(root: string): Kept | undefined {
  const kept = readKept(stateFile(root));
  return kept && (JSON.parse(kept.toString()) as Kept);
}

/** Keeps the folder in which Astro has written the code, before it removes it. */
export function keepCode(root: string, code: string): void {
  forgetTemplates(root);
  cpSync(code, codeFolder(root), { recursive: true });
}

/** Keeps the rest; from now on there are templates. `assets` is the folder in which Astro has written what browsers load. */
export function keepState(root: string, assets: string, state: Omit<Kept, 'files'>): void {
  if (existsSync(assets)) cpSync(assets, assetsFolder(root), { recursive: true });
  writeKept(stateFile(root), JSON.stringify({ ...state, files: digestsIn(root) } satisfies Kept));
}

/**
 * The templates kept in a root, with the path of their code's entry.
 *
 * @throws when there are none or any file is damaged
 */
export function readTemplates(root: string): Kept {
  const state = readState(root);
  if (!state) throw new Error('没有留下编译好的模板');
  if (!isDeepStrictEqual(state.files, digestsIn(root))) throw new Error('编译好的模板坏了');
  return { ...state, entry: join(codeFolder(root), state.entry) };
}

function digestsIn(root: string): Kept['files'] {
  const folder = folderIn(root);
  const names = filesBelow(folder).filter((name) => join(folder, name) !== stateFile(root));
  return Object.fromEntries(names.sort().map((name) => [name, digestOf(readFileSync(join(folder, name)))]));
}
