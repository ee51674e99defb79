import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from './packages.ts';

export interface Corpus {
  content: string;
  /** Addresses (slugs) of the articles. */
  slugs: string[];
}

const written = new Map<number, Corpus>();

/** The content of so many articles, written once for all benchmarks of a run. */
export function corpusOf(size: number): Corpus {
  const content = join(WORK, `corpus-${size}`);
  const corpus = written.get(size) ?? { content, slugs: writeCorpus(content, size) };
  written.set(size, corpus);
  return corpus;
}

/**
 * A content folder of `count` articles for measuring: the demo county's lists and settings, and its own articles over
 * and over, each with its own address, title, day and order of paragraphs, so that nothing compresses or caches as one.
 *
 * @returns the addresses (slugs) written
 */
export function writeCorpus(folder: string, count: number): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'articles'), { recursive: true });
  cpSync('content/data', join(folder, 'data'), { recursive: true });
  for (const type of ['experts', 'bases'])
    cpSync(join('content', type), join(folder, type), { recursive: true });
  const models = readdirSync('content/articles').map((name) =>
    readFileSync(join('content/articles', name), 'utf8'),
  );
  const slugs: string[] = [];
  for (let number = 0; number < count; number++) {
    const model = models[number % models.length] as string;
    const round = Math.floor(number / models.length);
    const slug = `a${number}`;
    const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(model) ?? [];
    const day = new Date(Date.UTC(2016, 0, 1) + (number % 3900) * 86_400_000).toISOString().slice(0, 10);
    const own = front
      .replace(/^title: ["']?(.*?)["']?$/m, (_, title) => `title: "${`第${number}号 ${title}`.slice(0, 58)}"`)
      .replace(/^published: .*$/m, `published: ${day}`)
      .replace(/^(updated|reviewed|nextReview): .*\n/gm, '')
      .replace(/^(related|bases|corrections):.*(\n[ -].*)*\n?/gm, '');
    writeFileSync(
      join(folder, 'articles', `${slug}.mdx`),
      `---\n${own.trimEnd()}\n---\n${rotate(body, round)}`,
    );
    slugs.push(slug);
  }
  return slugs;
}

/** The body's sections in another order. */
function rotate(body: string, by: number): string {
  const sections = body.split(/^(?=## )/m);
  const turn = by % sections.length;
  return `${sections.slice(turn).join('')}\n\n${sections.slice(0, turn).join('')}`;
}
