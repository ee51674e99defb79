import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { CHROMIUM } from '../../../.ci/launcher/system.mjs';
import { NGINX } from '../../support/web-servers.ts';
import type { Machine } from '../report/result.ts';

/** What the figures were measured on and with. */
export function thisMachine(): Machine {
  const versions = {
    Node: process.version.slice(1),
    本站: commit(),
    Astro: packageVersion('node_modules/astro'),
    Eleventy: packageVersion('.tmp/bench/eleventy/node_modules/@11ty/eleventy'),
    Hugo: printed('hugo', ['version'], /v([\d.]+)/),
    Pagefind: packageVersion('.tmp/bench/pagefind/node_modules/pagefind'),
    nginx: NGINX && printed(NGINX, ['-v'], /nginx\/([\d.]+)/),
    Chromium: printed(
      process.env.CHROMIUM_PATH || CHROMIUM.find((path) => existsSync(path)) || 'chromium',
      ['--version'],
      /([\d.]+)/,
    ),
  };
  return {
    cpu: cpus()[0]?.model.trim() || '不明',
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    versions: Object.fromEntries(
      Object.entries(versions).filter((entry): entry is [string, string] => !!entry[1]),
    ),
  };
}

/** Figures of the report do not make the code another one. */
const NOT_REPORT = [
  '--',
  '.',
  ':!tests/bench/RESULTS.md',
  ':!tests/bench/results.json',
  ':!tests/bench/plots',
];

function commit(): string | undefined {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const changed = git('status', '--porcelain', ...NOT_REPORT);
    return git('rev-parse', '--short', 'HEAD') + (changed ? '（有没提交的改动）' : '');
  } catch {
    return undefined;
  }
}

function packageVersion(folder: string): string | undefined {
  const file = `${folder}/package.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** nginx writes its version to stderr, so both are read. */
function printed(program: string, args: readonly string[], version: RegExp): string | undefined {
  try {
    const text = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', program, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return version.exec(text.replace(/^.*unexpected operator.*$/gm, ''))?.[1];
  } catch {
    return undefined;
  }
}
