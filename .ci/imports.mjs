import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.mjs';

/**
 * Checks which folder imports from which by `.dependency-cruiser.mjs`. dependency-cruiser does not read Astro's components
 * and MDX pages, so it is given a copy of the code in which they are TypeScript: their front matter and their scripts.
 *
 * With `--picture` it prints the folders and their imports as a Mermaid diagram.
 */

const SOURCES = /^(?:src|cms)\/.*\.(?:ts|astro|mdx|mjs)$/;

/** Test tools may import whatever they test. */
const LEFT_OUT = /\.test\.ts$|^cms\/parser\//;

/** The parts of a component that can import: `./Card.astro` is then found as `./Card.astro.ts`. */
function scriptOf(name, text) {
  if (name.endsWith('.mdx')) return (text.match(/^import .*$/gm) ?? []).join('\n');
  if (!name.endsWith('.astro')) return text;
  const [, frontMatter = ''] = /^---\n([\s\S]*?)\n---/.exec(text) ?? [];
  const scripts = [...text.matchAll(/<script(?![^>]*is:inline)[^>]*>([\s\S]*?)<\/script>/g)];
  return [frontMatter, ...scripts.map(([, script]) => script)].join('\n');
}

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'imports-')));
try {
  const tracked = execFileSync('git', ['-c', 'core.quotepath=off', 'ls-files', '-co', '--exclude-standard']);
  const names = tracked
    .toString()
    .split('\n')
    .filter((name) => SOURCES.test(name) && !LEFT_OUT.test(name));
  for (const name of names) {
    let text;
    try {
      text = readFileSync(name, 'utf8');
    } catch {
      // Deleted, and the deletion is not committed yet.
      continue;
    }
    const target = join(copy, /\.(?:astro|mdx)$/.test(name) ? `${name}.ts` : name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, scriptOf(name, text));
  }
  const isPicture = process.argv.includes('--picture');
  const { output } = await cruise(['src', 'cms'], {
    baseDir: copy,
    ruleSet: rules,
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    ...(isPicture && {
      outputType: 'mermaid',
      includeOnly: '^(src|cms)/',
      collapse: '^(src/[^/]+|cms/server/[^/]+|cms/[^/]+)',
    }),
  });
  if (isPicture) console.log(output);
  else {
    const { violations, totalCruised } = output.summary;
    const displayName = (name) => name.replace(/\.(astro|mdx)\.ts$/, '.$1');
    for (const { from, to, rule, cycle } of violations) {
      const path = cycle ? [from, ...cycle.map((step) => step.name ?? step)] : [from, to];
      console.error(`${rule.name}：${path.map(displayName).join(' → ')}`);
    }
    if (violations.length > 0) {
      console.error(
        `\n${violations.length} 处引用不合分层（${totalCruised} 个文件），分层见 .dependency-cruiser.mjs`,
      );
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
