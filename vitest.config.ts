import { defineConfig } from 'vitest/config';

/**
 * Five kinds of test, each a project that can be run alone (`npm run test:all -- --project editor`), see CONTRIBUTING.
 *
 * `npm test` runs what to run before each commit, in minutes; `TESTS=all` (`npm run test:all`) runs everything.
 */
const isAll = process.env.TESTS === 'all';

/** Random tests try few cases in `npm test` and many in `npm run test:all`, see `tests/support/random.ts`. */
const setupFiles = ['tests/support/random.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './tests/support/summary-reporter.ts'],
    // A browser or a server on a machine with other work takes its time; what does not come at all still fails.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'cms/**/*.ts'],
      exclude: ['**/*.test.ts', 'cms/editor/**'],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'cms/**/*.test.ts', 'tests/{bench,support}/**/*.test.ts'],
          exclude: ['cms/server/**'],
          // Pure functions: nothing that one file does shows in the next.
          isolate: false,
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['cms/server/**/*.test.ts', 'tests/server/**/*.test.ts'],
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: isAll ? ['tests/site/**/*.test.ts'] : ['tests/site/smoke.test.ts'],
          globalSetup: ['tests/support/setup.ts'],
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'editor',
          include: isAll ? ['tests/editor/**/*.test.ts'] : ['tests/editor/journey.test.ts'],
          // The server's modules and Chromium are loaded once for all files of a worker; see `openNewsroom`.
          isolate: false,
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: isAll ? ['tests/faults/**/*.test.ts'] : [],
          setupFiles,
        },
      },
    ],
  },
});
