import { mimes } from 'mrmime';

const TYPES = new Map([
  ...Object.entries(mimes),
  // What mrmime lacks, and XML as search engines expect it.
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['ico', 'image/x-icon'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['xml', 'application/xml'],
]);

/** Files whose name says more than their extension does. */
const FEEDS = new Map([
  ['feed.xml', 'application/atom+xml'],
  ['feed.json', 'application/feed+json'],
]);

const TEXT = /^text\/|[/+](?:json|xml)$/;

/**
 * Content-Type by the extension of a path, of feeds by their name; for text with its charset, since people open text files on
 * their own. Undefined for an unknown extension.
 *
 * @example contentType('/caravan/calendar.ics') // 'text/calendar; charset=utf-8'
 */
export function contentType(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const type = FEEDS.get(name) ?? TYPES.get(/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '');
  return type && TEXT.test(type) ? `${type}; charset=utf-8` : type;
}

/** What `npm run build` and each publish compress: text, and WebAssembly. */
const COMPRESSIBLE =
  /^(?:text\/|application\/(?:javascript|json|wasm|xml)|image\/(?:svg\+xml|x-icon))|\+(?:json|xml)\b/;

/** Whether a file gets smaller by compression, by its extension: pictures, fonts and archives are compressed already. */
export const isCompressible = (path: string): boolean => COMPRESSIBLE.test(contentType(path) ?? '');

/** Extensions of the compressed forms of a file, the smaller first: `index.html.br`. */
export const COMPRESSED_AS = { br: '.br', gzip: '.gz' } as const;
export type Encoding = keyof typeof COMPRESSED_AS;
