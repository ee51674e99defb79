/**
 * The steps of each script of package.json. A step is a Node program with arguments; steps in a nested list run in parallel.
 * The first failing step ends the task.
 *
 * `needsTestTools`: the development dependencies too. `needsBrowser`: Chromium, a Chinese font and Git. `wantsWebServers`:
 * nginx and Caddy, where they can be installed.
 */

const astro = (...args) => ({
  program: 'node_modules/astro/bin/astro.mjs',
  args,
  env: { ASTRO_TELEMETRY_DISABLED: '1' },
});
const vitest = (kind, ...args) => ({
  program: 'node_modules/vitest/vitest.mjs',
  args: ['run', ...args],
  env: { TESTS: kind },
});
const tool = (program, ...args) => ({ program: `node_modules/${program}`, args, isQuiet: true });
const own = (program) => ({ steps: (args) => [{ program, args }] });

/** Output is shown only on failure. The type checker needs the types that `astro sync` generates. */
const LINT = [
  tool('astro/bin/astro.mjs', 'sync'),
  [
    tool('@biomejs/biome/bin/biome', 'lint', '.'),
    tool('prettier/bin/prettier.cjs', '--check', '.'),
    tool('knip/bin/knip.js'),
    { program: '.ci/imports.mjs', args: [], isQuiet: true },
    // Not `astro check`: if the checker cannot be loaded it offers to install it and exits with 0.
    tool('@astrojs/check/bin/astro-check.js'),
  ],
];

/** With arguments only the tests that they name, without lint. */
const tests = (kind, whole) => ({
  needsTestTools: true,
  needsBrowser: true,
  wantsWebServers: kind === 'all',
  steps: (args) => (args.length > 0 ? [vitest(kind, ...args)] : [...LINT, ...whole]),
});

export const TASKS = {
  start: { needsGit: true, ...own('cms/server/main.ts') },
  dev: { steps: (args) => [astro('dev', ...args)] },
  build: { steps: (args) => [{ program: 'cms/build.ts', args }] },
  check: own('src/checks/cli.ts'),
  report: own('cms/report.ts'),
  deploy: own('cms/deploy.ts'),
  backup: { needsGit: true, ...own('cms/backup.ts') },
  lint: { needsTestTools: true, steps: () => LINT },
  format: {
    needsTestTools: true,
    steps: () => [
      tool('prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.'),
      tool('@biomejs/biome/bin/biome', 'lint', '--write', '.'),
    ],
  },
  test: tests('quick', [vitest('quick')]),
  'test:all': tests('all', [
    vitest('all', '--coverage'),
    { program: 'tests/support/coverage-table.ts', args: [] },
  ]),
  bench: { needsTestTools: true, needsBrowser: true, wantsWebServers: true, ...own('tests/bench/run.ts') },
};
