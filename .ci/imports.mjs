import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import rules, { CMS_FLOORS, SITE_FLOORS } from '../.dependency-cruiser.mjs';

/**
 * Checks which folder imports from which by `.dependency-cruiser.mjs`, and that the diagrams in `docs/imports.md` show it
 * as it is; `--write` draws them. dependency-cruiser does not read Astro's components and MDX pages, so it is given a copy
 * of the code in which they are TypeScript: their front matter and their scripts.
 */

const SOURCES = /^(?:src|cms)\/.*\.(?:ts|astro|mdx|mjs)$/;

/** Tests may import whatever they test. */
const LEFT_OUT = /\.test\.ts$|^cms\/parser\//;

const DIAGRAMS = 'docs/imports.md';

/** The parts of a component that can import: `./Card.astro` is then found as `./Card.astro.ts`. */
function scriptOf(name, text) {
  if (name.endsWith('.mdx')) return (text.match(/^import .*$/gm) ?? []).join('\n');
  if (!name.endsWith('.astro')) return text;
  const [, frontMatter = ''] = /^---\n([\s\S]*?)\n---/.exec(text) ?? [];
  const scripts = [...text.matchAll(/<script(?![^>]*is:inline)[^>]*>([\s\S]*?)<\/script>/g)];
  return [frontMatter, ...scripts.map(([, script]) => script)].join('\n');
}

/** Writes every source that is in Git, or could be, into a folder, as TypeScript. */
function copySources(folder) {
  const listed = execFileSync('git', ['-c', 'core.quotepath=off', 'ls-files', '-co', '--exclude-standard']);
  for (const name of listed.toString().split('\n')) {
    if (!SOURCES.test(name) || LEFT_OUT.test(name)) continue;
    const text = readIfThere(name);
    // Deleted, and the deletion is not committed yet.
    if (text === undefined) continue;
    const target = join(folder, /\.(?:astro|mdx)$/.test(name) ? `${name}.ts` : name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, scriptOf(name, text));
  }
}

function readIfThere(name) {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
}

/** Mermaid diagram of the folders below a root by floors, without arrows that follow from others. */
function diagramOf(root, floors, modules) {
  const folders = floors.flat();
  const folderOf = (file) => folders.find((folder) => file.startsWith(`${root}/${folder}/`));
  const imported = new Map(folders.map((folder) => [folder, new Set()]));
  for (const { source, dependencies } of modules)
    for (const { resolved } of dependencies) {
      const [from, to] = [folderOf(source), folderOf(resolved)];
      if (from && to && from !== to) imported.get(from).add(to);
    }
  const reaches = (from, to, seen = new Set()) =>
    [...imported.get(from)].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  const isImplied = (from, to) => [...imported.get(from)].some((next) => next !== to && reaches(next, to));
  const id = (folder) => folder.replace(/\W/g, '_');
  return [
    '```mermaid',
    'flowchart TB',
    ...floors
      .toReversed()
      .flatMap((floor, index) => [
        `  subgraph f${floors.length - index}[" "]`,
        ...floor.map((folder) => `    ${id(folder)}["${folder}"]`),
        '  end',
      ]),
    ...folders.toReversed().flatMap((from) =>
      [...imported.get(from)]
        .filter((to) => !isImplied(from, to))
        .sort()
        .map((to) => `  ${id(from)} --> ${id(to)}`),
    ),
    '```',
  ].join('\n');
}

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'imports-')));
try {
  copySources(copy);
  const { output } = await cruise(['src', 'cms'], {
    baseDir: copy,
    ruleSet: rules,
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  const { violations, totalCruised } = output.summary;
  const shown = (name) => name.replace(/\.(astro|mdx)\.ts$/, '.$1');
  for (const { from, to, rule, cycle } of violations) {
    const path = cycle ? [from, ...cycle.map((step) => step.name ?? step)] : [from, to];
    console.error(`${rule.name}：${path.map(shown).join(' → ')}`);
  }
  if (violations.length > 0) {
    console.error(
      `\n${violations.length} 处引用不合分层（${totalCruised} 个文件），分层见 .dependency-cruiser.mjs`,
    );
    process.exitCode = 1;
  }

  const before = readIfThere(DIAGRAMS);
  if (before !== undefined && violations.length === 0) {
    const drawn = [
      diagramOf('src', SITE_FLOORS, output.modules),
      diagramOf('cms', CMS_FLOORS, output.modules),
    ];
    const after = before.replace(/```mermaid\n[\s\S]*?\n```/g, () => drawn.shift());
    if (process.argv.includes('--write')) writeFileSync(DIAGRAMS, after);
    else if (after !== before) {
      console.error(`${DIAGRAMS} 里的图旧了，请运行 node .ci/imports.mjs --write`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
