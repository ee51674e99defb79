import { defineConfig } from 'vitest/config';

/** `unit` stands beside its source, with the publishing server's tests; `site` looks at the built demo site, in a browser where it must. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Decap's modules name their neighbours without extension.
          server: { deps: { inline: [/decap-cms-widget-richtext/] } },
          alias: { 'virtual:decap-richtext': 'decap-cms-widget-richtext/dist/esm/serializers/index.js' },
          include: ['src/**/*.test.ts', 'cms/**/*.test.ts', 'tests/publishing/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'site',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/publishing/**'],
          globalSetup: ['tests/support/setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // A browser on a machine with other work is not there within Vitest's second.
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
});
