import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { parseAccept } from 'hono/utils/accept';
import send from 'send';
import { COMPRESSED_AS, type Encoding, isCompressible } from '../../../content-type.ts';
import { noteTooManyFiles } from '../../process/open-files.ts';

/**
 * Files of a folder over HTTP: conditional requests and ranges by `send` (RFC 9110), text in the compressed form that the
 * build wrote next to it (`build/compression.ts`).
 */

export type RequestHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface FileServerOptions {
  /** Headers of a file, by its address below the folder. */
  headersOf: (pathname: string) => Record<string, string>;
  /** Whether `/about` may be the file `about.html`. */
  hasPages?: boolean;
}

/** Serves the files of a folder; what is not there is handed on. */
export function fileServer(
  folder: string,
  { headersOf, hasPages = true }: FileServerOptions,
): RequestHandler {
  return async (request, response, next) => {
    const [address = '/'] = (request.url ?? '/').split('?');
    const pathname = address.endsWith('/') ? `${address}index.html` : address;
    const encoding = await chooseEncoding(folder, pathname, request);
    if (response.destroyed) return;
    sendFile(request, response, {
      folder,
      pathname,
      encoding,
      headers: headersOf(address),
      extensions: hasPages ? ['html'] : [],
      next,
    });
  };
}

/** Serves one file with the status 404, or hands on when there is no such file. */
export function sendMissingPage(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, headers, next }: { folder: string; headers: Record<string, string>; next: () => void },
): void {
  response.statusCode = 404;
  sendFile(request, response, { folder, pathname: '/404.html', headers, acceptRanges: false, next });
}

interface File {
  folder: string;
  /** Address of the file below the folder, percent-encoded. */
  pathname: string;
  encoding?: Encoding | undefined;
  headers: Record<string, string>;
  extensions?: string[];
  acceptRanges?: boolean;
  next: () => void;
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, pathname, encoding, headers, extensions = [], acceptRanges = true, next }: File,
): void {
  // `send` sends everything again for `no-cache`, which speaks to caches on the way (RFC 9111), not to this server.
  delete request.headers['cache-control'];
  const suffix = encoding ? COMPRESSED_AS[encoding] : '';
  send(request, `${pathname}${suffix}`, {
    root: folder,
    acceptRanges,
    // The site sets its own; see `headers.ts`.
    cacheControl: false,
    dotfiles: pathname.startsWith('/.well-known/') ? 'allow' : 'ignore',
    extensions,
    index: false,
  })
    .on('headers', () => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (encoding) response.setHeader('Content-Encoding', encoding);
    })
    // `send` destroys the stream when the response ends; one whose reader has gone before does not end any more.
    .on('stream', (stream) => {
      if (response.destroyed) stream.destroy();
      else response.once('close', () => stream.destroy());
    })
    .on('directory', next)
    .on('error', (error: SendError) => answerError(error, response, next))
    .pipe(response);
}

/** As `http-errors` makes them. */
type SendError = NodeJS.ErrnoException & { status: number; headers?: Record<string, string> };

function answerError(error: SendError, response: ServerResponse, next: () => void): void {
  const { status, headers = {} } = error;
  const isTooMany = noteTooManyFiles(error);
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of CONTENT_HEADERS) response.removeHeader(name);
  if (status === 412 || status === 416) {
    response.writeHead(status, headers).end();
    return;
  }
  if (status < 500) {
    next();
    return;
  }
  if (!isTooMany) console.error(error);
  answerBusy(response);
}

/** Headers that describe a file which is then not sent. */
const CONTENT_HEADERS = [
  'Accept-Ranges',
  'Cache-Control',
  'Content-Encoding',
  'Content-Length',
  'Content-Type',
  'ETag',
  'Last-Modified',
  'Vary',
];

const RETRY_SECONDS = 5;

/** Answers 503 in place of a file that cannot be opened or read now. */
function answerBusy(response: ServerResponse): void {
  response.statusCode = 503;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Retry-After', String(RETRY_SECONDS));
  response.end('服务器正忙，请过一会儿再试');
}

/** The smallest form of a file that is there and that the browser takes; undefined for the file itself. */
async function chooseEncoding(
  folder: string,
  pathname: string,
  { headers }: IncomingMessage,
): Promise<Encoding | undefined> {
  // A part of a file is a part of the file itself.
  if (headers.range || !isCompressible(pathname)) return undefined;
  const path = pathWithin(folder, pathname);
  if (!path) return undefined;
  for (const encoding of acceptedEncodings(headers['accept-encoding']))
    if (await isFile(`${path}${COMPRESSED_AS[encoding]}`)) return encoding;
  return undefined;
}

/** Compressed forms, the smaller first. */
export const ENCODINGS = Object.keys(COMPRESSED_AS) as Encoding[];

/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding; of what a browser likes as much, the smaller first. */
export function acceptedEncodings(header: string | string[] | undefined): Encoding[] {
  const wanted = new Map(parseAccept(String(header ?? '')).map(({ type, q }) => [type.toLowerCase(), q]));
  const weight = (encoding: string) => wanted.get(encoding) ?? wanted.get('*') ?? 0;
  return ENCODINGS.filter((encoding) => weight(encoding) > 0).sort((a, b) => weight(b) - weight(a));
}

/** The path of a file in the folder; undefined for an address that leads out of it or cannot be decoded. */
export function pathWithin(folder: string, pathname: string): string | undefined {
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
