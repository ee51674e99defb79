import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HtmlElement, HtmlValidate, Parser } from 'html-validate';

/** Built pages as files: their addresses, their templates, their elements. */

/** One HTML file of a built site. */
export interface BuiltPage {
  /** Address below the base path: `/articles/silage/`; `/404.html` for the one page that is not in a folder. */
  address: string;
  /** Path of the file from the site's folder. */
  file: string;
  /** The route that made it, from `src/pages`, e.g. `articles/[slug]/index.astro`. */
  template: string;
  html: string;
}

/** Whether a page only sends visitors on to where another page is now. */
const forwards = (html: string) => html.includes('<meta http-equiv="refresh"');

/**
 * Every public HTML page of a built site, by address. The editor's own page (`/admin/`) is not one of them, nor are
 * former addresses, which redirect and to which no link should lead (`tests/site/redirects.test.ts`).
 */
export function pagesOf(outDir: string): BuiltPage[] {
  const pages = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.html') && !file.startsWith('admin/'))
    .map((file) => {
      const address = `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
      return { address, file, template: templateOf(address), html: readFileSync(join(outDir, file), 'utf8') };
    })
    .filter(({ html }) => !forwards(html))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  // A test over no pages would pass.
  if (pages.length === 0) throw new Error(`${outDir} 里没有页面，请先构建`);
  return pages;
}

const routes = readdirSync('src/pages', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(astro|mdx)$/.test(path))
  .map((path) => {
    const segments = path.replace(/(\/?index)?\.(astro|mdx)$/, '').split('/');
    const pattern = segments.filter(Boolean).map((segment) => {
      if (segment.startsWith('[...')) return '(?:/.+)?';
      return segment.startsWith('[') ? '/[^/]+' : `/${segment}`;
    });
    // Astro prefers literal segments to parameters and parameters to rests.
    const rank = pattern.map((part) => (part.startsWith('(') ? 2 : part.includes('[') ? 1 : 0)).join('');
    return { path, rank, matches: new RegExp(`^${pattern.join('')}/?$`) };
  })
  .sort((a, b) => (a.rank < b.rank ? -1 : 1));

/** The route that answers an address: pages of one template differ in content only. */
const templateOf = (address: string): string =>
  routes.find(({ matches }) => matches.test(address.replace(/\.html$/, '')))?.path ?? address;

/**
 * Up to `size` pages of each template, spread evenly over its addresses, and always the longest: what overflows or
 * is missing shows there first. The same pages each time.
 */
export function sampleOf(pages: readonly BuiltPage[], size: number): BuiltPage[] {
  return Object.values(Object.groupBy(pages, ({ template }) => template)).flatMap((group = []) => {
    if (group.length <= size) return group;
    const longest = group.reduce((a, b) => (b.html.length > a.html.length ? b : a));
    const spread = Array.from(
      { length: size },
      (_, index) => group[Math.floor((index * group.length) / size)],
    );
    return [...new Set([longest, ...spread])].slice(0, size) as BuiltPage[];
  });
}

const config = await new HtmlValidate({ extends: [] }).getConfigFor('page.html');

/** The elements of a page. Attribute values and texts are as written: see `decoded`. */
export const parsed = (html: string): HtmlElement => new Parser(config).parseHtml(html);

const CHARACTERS: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
};

/** Text with its character references resolved, as far as the renderers here write them. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (all, decimal, hex, name: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return CHARACTERS[name] ?? all;
  });

/** Text that a reader sees: without scripts, styles and templates. */
export const visibleText = (html: string): string =>
  decoded(
    html
      .replace(/^[\s\S]*?<body[^>]*>/, '')
      .replace(/<(script|style|template)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, ' '),
  );
