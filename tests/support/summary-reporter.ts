import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** After a run: the ten slowest files, and one closing line with the counts, `N passed, N failed, N skipped`. */

const SHOWN = 10;

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const slowest = modules
      .map((module) => ({ module, milliseconds: module.diagnostic().duration }))
      .sort((a, b) => b.milliseconds - a.milliseconds)
      .slice(0, SHOWN);
    console.log('\n最慢的十个文件（秒）：');
    for (const { module, milliseconds } of slowest)
      console.log(
        `${(milliseconds / 1000).toFixed(1).padStart(7)}  ${relative(process.cwd(), module.moduleId).replaceAll('\\', '/')}`,
      );
    const count = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to fail.
      if (module.errors().length > 0) count.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state]++;
      }
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
    console.log(`\n${line}`);
    if (process.env.TEST_COUNTS) appendFileSync(process.env.TEST_COUNTS, `${line}\n`);
  }
}
