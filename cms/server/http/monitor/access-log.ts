import type { IncomingMessage } from 'node:http';

/**
 * Lines of the access log in the Combined Log Format (https://httpd.apache.org/docs/2.4/logs.html#combined), which the
 * usual programs read. What follows a question mark is left out: it may hold the token of a one-time link; so is the
 * secret of a link for looking.
 */

const MAX_FIELD = 500;

/** Where nginx writes 499, too: the browser went away before it had the whole answer. */
export const CLIENT_CLOSED_REQUEST = 499;

export interface Answered {
  request: Pick<IncomingMessage, 'method' | 'httpVersion' | 'headers'>;
  /** The address as it was asked for. */
  url: string;
  /** `Content-Length` of the answer, where it has one. */
  bytes: number | string | undefined;
  /** Status of the answer, or 499. */
  status: number;
  /** Network address of the browser. */
  address: string;
  at: Date;
}

/** A line without its line feed. */
export function accessLine({ request, url, bytes, status, address, at }: Answered): string {
  const { method = '-', httpVersion, headers } = request;
  const line = `${method} ${withoutQuery(url)} HTTP/${httpVersion}`;
  const from = headers.referer === undefined ? '-' : withoutQuery(headers.referer);
  const agent = headers['user-agent'] ?? '-';
  return `${plain(address || '-')} - - [${timeOf(at)}] "${plain(line)}" ${status} ${bytes ?? '-'} "${plain(from)}" "${plain(agent)}"`;
}

const withoutQuery = (url: string) => url.replace(/[?#].*$/s, '?').replace(/(\/api\/look\/)[^/?#]+/, '$1-');

/** As Apache escapes them: a line stays a line, a field stays a field. */
const plain = (text: string) =>
  text
    .slice(0, MAX_FIELD)
    .replace(/[^ !#-[\]-~]/g, (character) =>
      [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `28/Nov/2026:13:45:12 +0800` */
const timeOf = eachSecond((at) => {
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const { day, month = '', year, hour, minute, second } = found;
  return `${day}/${month.slice(0, 3)}/${year}:${hour}:${minute}:${second} +0800`;
});

/** Formats the moments of one second once: it takes longer than answering a request from memory. */
export function eachSecond(format: (at: Date) => string): (at: Date) => string {
  let second = Number.NaN;
  let text = '';
  return (at) => {
    const asked = Math.floor(at.getTime() / 1000);
    if (asked !== second) text = format(at);
    second = asked;
    return text;
  };
}
