import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import type { Plugin } from 'vite';

/**
 * Changes to the code of Decap and its packages, made while the editor is bundled: `node_modules` stays as installed.
 * How to make, change and renew a patch is described in `README.md`.
 */

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'cms/editor/patches';

export interface Patch {
  /** Name of the patch file. */
  name: string;
  /** The text above the first diff: the reason, and an `Upstream:` line. */
  header: string;
  changes: Change[];
}

interface Change {
  /** Name of the patch file. */
  patch: string;
  /** The patched file, from the project's folder: `node_modules/decap-cms-core/…` */
  path: string;
  diff: StructuredPatch;
}

/** The patch files of the folder, in the order of their names. */
export function readPatches(folder = join(PROJECT, FOLDER)): Patch[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.patch'))
    .sort()
    .map((name) => parse(name, readFileSync(join(folder, name), 'utf8')));
}

/** @throws when a diff is not complete, as after changing it by hand */
export function parse(name: string, text: string): Patch {
  const [header = ''] = text.split(/^(?:diff --git|---) /m);
  try {
    const changes = parsePatch(text).map((diff) => {
      if (!diff.oldFileName || diff.oldFileName === '/dev/null' || diff.hunks.length === 0)
        throw new Error('没有写要改哪个文件、改成什么');
      return { patch: name, path: diff.oldFileName.replace(/^a\//, ''), diff };
    });
    return { name, header, changes };
  } catch (error) {
    throw new Error(`${FOLDER}/${name} 不是完整的补丁：${(error as Error).message}`, { cause: error });
  }
}

/**
 * Applies patches to the modules of a bundle, in the order of their names. A patch that does not fit exactly, or whose
 * file is not in the bundle, fails the bundle: an update of Decap cannot bring back unnoticed what a patch prevents.
 */
export function applyPatches(patches = readPatches()) {
  const changes = patches.flatMap((patch) => patch.changes);
  const loaded = new Set<Change>();
  const problems: string[] = [];
  return {
    name: 'apply-patches',
    enforce: 'pre',
    buildStart() {
      loaded.clear();
      problems.length = 0;
    },
    transform(code: string, id: string) {
      let patched = code;
      for (const change of changes) {
        if (!id.endsWith(`/${change.path}`)) continue;
        loaded.add(change);
        const result = applyPatch(patched, change.diff, { fuzzFactor: 0 });
        if (result === false) problems.push(describe(change, '和补丁对不上'));
        else patched = result;
      }
      return patched === code ? null : { code: patched, map: null };
    },
    buildEnd(error?: Error) {
      if (error) return;
      const missing = changes.filter((change) => !loaded.has(change));
      const found = [...problems, ...missing.map((change) => describe(change, '没有用到'))];
      if (found.length > 0)
        throw new Error(
          `对 Decap 的修补用不上了，请照 cms/editor/README.md 的「改 Decap 的代码」重做：\n${found.join('\n')}`,
        );
    },
  } satisfies Plugin;
}

/** `cms/editor/patches/a.patch：decap-cms-core 3.19.1 的 dist/esm/backend.js 和补丁对不上` */
function describe({ patch, path }: Change, problem: string): string {
  const [folder = '', name = ''] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return `${FOLDER}/${patch}：${name}${versionIn(folder)}的 ${path.slice(folder.length + 1)} ${problem}`;
}

function versionIn(folder: string): string {
  try {
    return ` ${JSON.parse(readFileSync(join(PROJECT, folder, 'package.json'), 'utf8')).version} `;
  } catch {
    return '（没有装）';
  }
}
