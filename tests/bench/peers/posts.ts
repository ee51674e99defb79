import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Our articles as others can read them: plain Markdown, with what stands in blocks as text. */

/** Writes every article of a folder to another; the front matter is JSON, which is YAML too. */
export function writePosts(articles: string, target: string, { isMdx = false } = {}): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(articles)) {
    const [, front = '', body = ''] =
      /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(articles, name), 'utf8')) ?? [];
    const { title, summary, topic, published } = parse(front) as Record<string, string>;
    const plain = body.replace(/^<[/A-Z][^\n]*$/gm, '').replace(/<[A-Z][^>]*>/g, '');
    const own = { title, summary, topic, topics: [topic], date: published };
    const file = isMdx ? name : name.replace('.mdx', '.md');
    writeFileSync(join(target, file), `---\n${JSON.stringify(own)}\n---\n${isMdx ? escaped(plain) : plain}`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '{': '&#123;', '}': '&#125;', '<': '&lt;' };

/** In MDX braces hold JavaScript and angle brackets components: here they are letters. */
const escaped = (body: string) => body.replace(/[{}<]/g, (character) => ENTITIES[character] as string);
