import { readdirSync, readFileSync } from 'node:fs';
import { markdownToHtml } from 'satteri';
import { renderBody } from '../../../src/body/index.ts';
import { features } from '../../../src/body/source/parser.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

const ROUNDS = 7;

/** Rendering bodies: the safe pipeline against the bare parser (which makes unsafe HTML) on the same texts. */
export function benchBodies({ sheet }: Context): void {
  const bodies = readdirSync('content/articles').map((name) =>
    readFileSync(`content/articles/${name}`, 'utf8').replace(/^---[\s\S]*?\n---\n/, ''),
  );
  const time = (work: (body: string) => unknown) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      for (const body of bodies) work(body);
      return (performance.now() - start) / bodies.length;
    });
    return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
  };
  const bare = time((body) => markdownToHtml(body, { features }));
  const safe = time((body) => renderBody(body));
  sheet.compare(
    sheet.row(OWN, '一篇正文，安全的', { median: safe }),
    sheet.row('satteri 解析器', '一篇正文，不查安全', { median: bare }),
  );
}
