import type { z } from 'zod';

/** An uploaded picture as a page shows it; sizes in pixels. */
export interface Picture {
  src: string;
  width: number;
  height: number;
  /** Encoded variants for `<source>`, best first; empty for SVG. */
  sources: { type: string; srcset: string }[];
}

/** What the page gives a block that renders on it. */
export interface BlockContext {
  /** Size and variants of an uploaded picture; undefined when unknown. */
  picture: (src: string) => Picture | undefined;
  /** An internal address with the site's base path before it. */
  href: (address: string) => string;
}

/**
 * A known component of an MDX body. `render` is pure: literal attributes and the children's HTML in, HTML out, so
 * that site, preview and gate cannot differ.
 */
export interface Block<Schema extends z.ZodObject = z.ZodObject> {
  /** Component name in MDX, e.g. `Callout`. */
  readonly name: string;
  /** 编辑看到的名称。 */
  readonly label: string;
  readonly description: string;
  /** `block` stands alone between blank lines; `inline` stands in a sentence. */
  readonly placement: 'block' | 'inline';
  /** Whether it has Markdown inside. */
  readonly children: boolean;
  /** Attributes; every value is a string. */
  readonly schema: Schema;
  render(attributes: z.output<Schema>, children: string, context: BlockContext): string;
  /** What is wrong with attributes and children (as HTML) together: a Chinese sentence, when there is something. */
  check?(attributes: z.output<Schema>, children: string): string | undefined;
  /** A complete example in MDX; feeds the tests and the documentation. */
  readonly example: string;
}

/** Declares a block. See README「加一种内容块」. */
export const defineBlock = <S extends z.ZodObject>(block: Block<S>): Block<S> => block;

/** Escapes text for HTML content and double-quoted attributes. */
export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SAFE_SCHEMES = new Set(['http', 'https', 'mailto', 'tel']);

/** Whether an address may stand in a link: relative, or http, https, mailto, tel. Control characters count as nothing. */
export function isSafeAddress(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these before they read the scheme
  const seen = address.replace(/[\u0000-\u0020\u007f]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1];
  return scheme === undefined
    ? !seen.startsWith('//') && !seen.startsWith('\\')
    : SAFE_SCHEMES.has(scheme.toLowerCase());
}

/** HTML of a picture: `<picture>` with encoded variants where there are some, always width, height and alt. */
export function pictureHtml(
  src: string,
  alt: string,
  { picture, href }: BlockContext,
  attributes = '',
): string {
  const found = picture(src);
  const size = found ? ` width="${found.width}" height="${found.height}"` : '';
  const img = `<img src="${escapeHtml(href(src))}" alt="${escapeHtml(alt)}"${size}${attributes} loading="lazy" decoding="async">`;
  if (!found?.sources.length) return img;
  const sources = found.sources.map(
    ({ type, srcset }) =>
      `<source type="${type}" srcset="${escapeHtml(srcset)}" sizes="(min-width: 50rem) 44rem, 100vw">`,
  );
  return `<picture>${sources.join('')}${img}</picture>`;
}
