import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { decapConfig } from '../../cms/documents/config.ts';
import { blocks } from '../../src/blocks/index.ts';

/** Finds English that the editor shows of its own accord: words that stand neither in a label nor in the content. */

/** Words that Chinese readers know as they are. */
const KNOWN = new Set([
  ...['TEX', 'TeX', 'http', 'https', 'www', 'Markdown', 'Word'],
  ...['Ctrl', 'Alt', 'Shift', 'Enter', 'Esc'],
]);

function* labelsOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* labelsOf(item);
  else if (value && typeof value === 'object')
    for (const [key, item] of Object.entries(value))
      if (typeof item === 'string' && /^(label|label_singular|hint|description|address)$/.test(key))
        yield item;
      else yield* labelsOf(item);
}

const words = (text: string) => text.match(/[A-Za-z]{3,}/g) ?? [];

/** Words that the form's labels and the content folder hold. */
export function ownWords(content: string): Set<string> {
  const examples = blocks.map(({ example }) => example);
  const texts = [...labelsOf([decapConfig(), blocks]), ...examples];
  for (const name of readdirSync(content, { recursive: true, encoding: 'utf8' })) {
    texts.push(name);
    if (/\.(?:mdx|yaml)$/.test(name)) texts.push(readFileSync(`${content}/${name}`, 'utf8'));
  }
  return new Set([...KNOWN, ...texts.flatMap(words)]);
}

/** What a person sees, hovers over or hears on the page. */
const shownText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap(
      (element) =>
        ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    );
    return [document.title, document.body.innerText, ...said].join('\n');
  });

/** English words on the page that are not `own`, in the lines that hold them. */
export async function englishOn(page: Page, own: ReadonlySet<string>): Promise<string[]> {
  const lines = (await shownText(page)).split('\n');
  return [
    ...new Set(lines.filter((line) => words(line).some((word) => !own.has(word))).map((line) => line.trim())),
  ];
}
