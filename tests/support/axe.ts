import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

/** Display mode of a page: default, elder mode or dark colour scheme. */
export type Mode = 'normal' | 'elder' | 'dark';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Switches the open page to a mode, as the reader's preference does (see `preferences.test.ts`). */
export async function show(tab: Page, mode: Mode): Promise<void> {
  await tab.evaluate((chosen) => {
    const { dataset } = document.documentElement;
    delete dataset.mode;
    delete dataset.scheme;
    if (chosen === 'elder') dataset.mode = 'elder';
    if (chosen === 'dark') dataset.scheme = 'dark';
  }, mode);
}

/** The small build: `axe.source` is twice as long, and every page has to read it. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Injects axe-core into every page of a context, which is much faster than sending it to each. */
export const injectAxe = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ content: SOURCE });

/**
 * Violations of axe-core's rules on the open page, as `rule: element`.
 *
 * Elder mode is held to the enhanced contrast of 7:1 as well (WCAG 2.2, 1.4.6), which is level AAA elsewhere.
 */
export async function axeViolations(tab: Page, mode: Mode): Promise<string[]> {
  // Through the debugger: the page's CSP blocks injected scripts.
  if (!(await tab.evaluate(() => 'axe' in window))) await tab.evaluate(SOURCE);
  return tab.evaluate(
    async ({ standards, enhanced }) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values: standards },
        rules: {
          // Off by default in axe; our buttons are far above its 24 px.
          'target-size': { enabled: true },
          'color-contrast-enhanced': { enabled: enhanced },
        },
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => {
          const why = failureSummary?.split('\n').slice(1, 2).join('').trim() ?? '';
          return `${id}: ${target.join(' ')} ${why.slice(0, 160)}`;
        }),
      );
    },
    { standards: STANDARDS, enhanced: mode === 'elder' },
  );
}
