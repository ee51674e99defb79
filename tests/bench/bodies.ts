import { readdirSync, readFileSync } from 'node:fs';
import { markdownToHtml } from 'satteri';
import { renderBody } from '../../src/body/index.ts';
import { features } from '../../src/body/source/parser.ts';

/** Rendering bodies: the safe pipeline against the bare parser (which makes unsafe HTML) on the same texts. */
export function benchBodies(): void {
  const bodies = readdirSync('content/articles').map((name) =>
    readFileSync(`content/articles/${name}`, 'utf8').replace(/^---[\s\S]*?\n---\n/, ''),
  );
  const time = (work: (body: string) => unknown) => {
    const rounds = Array.from({ length: 7 }, () => {
      const start = performance.now();
      for (const body of bodies) work(body);
      return (performance.now() - start) / bodies.length;
    });
    return rounds.sort((a, b) => a - b)[3] as number;
  };
  const bare = time((body) => markdownToHtml(body, { features }));
  const safe = time((body) => renderBody(body));
  console.log(
    `正文：每篇 ${safe.toFixed(2)} 毫秒；解析器本身 ${bare.toFixed(2)} 毫秒；比 ${(safe / bare).toFixed(1)}`,
  );
}
