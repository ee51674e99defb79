import { mimes } from 'mrmime';

const TYPES = new Map([
  ...Object.entries(mimes),
  // What mrmime lacks, and XML as feed readers and search engines expect it.
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['ico', 'image/x-icon'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['xml', 'application/xml'],
]);

const TEXT = /^text\/|[/+](?:json|xml)$/;

/**
 * Content-Type by the extension of a path, for text with its charset, since people open text files on their own; undefined
 * for an unknown extension.
 *
 * @example contentType('/caravan/calendar.ics') // 'text/calendar; charset=utf-8'
 */
export function contentType(path: string): string | undefined {
  const type = TYPES.get(/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  return type && TEXT.test(type) ? `${type}; charset=utf-8` : type;
}
