import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { COMPRESSED_AS, type Encoding, isCompressible } from '../../../content-type.ts';
import { acceptedEncodings, ENCODINGS } from './files.ts';
import { siteHeaders, STRICT_TRANSPORT_SECURITY } from './headers.ts';
import { openRecent, type Recent } from './recent.ts';

/**
 * Answers from memory. A release never changes, so a file that was sent once is kept with its headers, and the next plain
 * `GET` or `HEAD` of it touches no disk and no stream. Everything else – ranges, lists of ETags, addresses with `%`,
 * files that are not there – is left to `files.ts`, whose answers these equal (`quick-files.test.ts`).
 */

export interface QuickAnswer {
  status: 200 | 304;
  /** Names and values in turn, as `writeHead` takes them. */
  headers: string[];
  /** Undefined for `HEAD` and 304. */
  body: Buffer | undefined;
  /** `Content-Length`; undefined for 304. */
  bytes: number | undefined;
}

export interface QuickFiles {
  /** The answer to a request, whose address is as the browser sent it; undefined when it has to be found on the disk. */
  answer: (request: IncomingMessage, protocol: 'http' | 'https') => QuickAnswer | undefined;
  /**
   * Is told of a file that is about to be sent from the disk, and reads it afterwards for the next request.
   *
   * @param address of the file below the base path, beginning with `/`, without its query
   */
  noteSent: (folder: string, address: string, request: IncomingMessage, response: ServerResponse) => void;
}

/** A file as one browser gets it: itself, or one of its compressed forms. */
interface Form {
  body: Buffer;
  etag: string;
  /** `Last-Modified`, ms since 1970. */
  modifiedAt: number;
  headers: Record<'http' | 'https', { ok: string[]; notModified: string[] }>;
}
type FormName = Encoding | 'identity';

interface KeptFile {
  /** The compressed forms that are there. */
  encodings: readonly Encoding[];
  /** The forms that were asked for. */
  forms: Partial<Record<FormName, Form>>;
}

interface Sent {
  request: IncomingMessage;
  /** What `send` found for an extension that `contentType` does not know. */
  type: string | undefined;
}

const MB = 1024 * 1024;
const LIMIT_BYTES = 64 * MB;
/** Larger files are streamed. */
const MAX_FILE_BYTES = MB;
/** What the headers of a form take. */
const FORM_BYTES = 4096;
/** Files that are read at the same time; the others are read when they are asked for again. */
const MAX_READING = 8;

/** Addresses that mean the same to every program: no escapes, no hidden files, no way up. */
const PLAIN_ADDRESS = /^\/(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*\.\w+)?$/;

const sizeOf = ({ forms }: KeptFile): number =>
  Object.values(forms).reduce((sum, { body }) => sum + body.length + FORM_BYTES, FORM_BYTES);

/**
 * @param options.folder the live release, asked at each request
 * @param options.base base path, `/` or `/base/`
 */
export function openQuickFiles({
  folder: currentFolder,
  base,
  limitBytes = LIMIT_BYTES,
}: {
  folder: () => string | undefined;
  base: string;
  limitBytes?: number;
}): QuickFiles {
  const emptyFor = (folder: string | undefined) => ({ folder, files: openRecent(limitBytes, sizeOf) });
  let kept = emptyFor(undefined);
  const reading = new Set<string>();
  /** The files of a release; those of another are dropped. */
  const filesOf = (folder: string | undefined): Recent<KeptFile> => {
    if (kept.folder !== folder) kept = emptyFor(folder);
    return kept.files;
  };

  async function read(folder: string, address: string, { request, type }: Sent, key: string) {
    const files = filesOf(folder);
    const file = join(folder, address.endsWith('/') ? `${address}index.html` : address);
    const known = files.get(key) ?? { encodings: await formsOf(file), forms: {} };
    const encoding = chosenEncoding(request, known.encodings);
    const form = await readForm(file, { ...(type && { 'Content-Type': type }), ...siteHeaders(address) }, encoding);
    if (!form) return;
    // Another form may have been read meanwhile.
    const { encodings, forms } = files.get(key) ?? known;
    files.set(key, { encodings, forms: { ...forms, [encoding ?? 'identity']: form } });
  }

  return {
    answer(request, protocol) {
      const { method, headers, url = '/' } = request;
      if (method !== 'GET' && method !== 'HEAD') return undefined;
      if (headers.range ?? headers['if-match'] ?? headers['if-unmodified-since']) return undefined;
      const question = url.indexOf('?');
      const found = filesOf(currentFolder()).get(question < 0 ? url : url.slice(0, question));
      const form = found?.forms[chosenEncoding(request, found.encodings) ?? 'identity'];
      const fresh = form && isFresh(form, headers);
      if (!form || fresh === undefined) return undefined;
      const { ok, notModified } = form.headers[protocol];
      if (fresh) return { status: 304, headers: notModified, body: undefined, bytes: undefined };
      return {
        status: 200,
        headers: ok,
        body: method === 'GET' ? form.body : undefined,
        bytes: form.body.length,
      };
    },
    noteSent(folder, address, request, response) {
      if (request.headers.range || !PLAIN_ADDRESS.test(address)) return;
      response.once('finish', () => {
        const key = `${base}${address.slice(1)}`;
        if (folder !== currentFolder() || (response.statusCode !== 200 && response.statusCode !== 304)) return;
        if (reading.size >= MAX_READING || reading.has(key)) return;
        reading.add(key);
        const type = response.getHeader('content-type')?.toString();
        // What cannot be read now is told by the next answer from the disk.
        void read(folder, address, { request, type }, key)
          .catch(() => {})
          .finally(() => reading.delete(key));
      });
    },
  };
}

/** Compressed forms that are there. */
async function formsOf(file: string): Promise<Encoding[]> {
  if (!isCompressible(file)) return [];
  const found = await Promise.all(
    ENCODINGS.map((encoding) =>
      stat(`${file}${COMPRESSED_AS[encoding]}`).then(
        (form) => form.isFile(),
        () => false,
      ),
    ),
  );
  return ENCODINGS.filter((_, index) => found[index]);
}

/** @returns undefined for what is not a file, is too large or has no type */
async function readForm(
  file: string,
  own: Record<string, string>,
  encoding: Encoding | undefined,
): Promise<Form | undefined> {
  const path = encoding ? `${file}${COMPRESSED_AS[encoding]}` : file;
  const found = await stat(path);
  if (!found.isFile() || found.size > MAX_FILE_BYTES || !own['Content-Type']) return undefined;
  const body = await readFile(path);
  if (body.length !== found.size) return undefined;
  const modified = found.mtime.toUTCString();
  const etag = `W/"${found.size.toString(16)}-${found.mtime.getTime().toString(16)}"`;
  const lasting: Record<string, string> = { ...own, 'Accept-Ranges': 'bytes', 'Last-Modified': modified, ETag: etag };
  const secure = { 'Strict-Transport-Security': STRICT_TRANSPORT_SECURITY };
  const headersFor = (more: Record<string, string>) => {
    const { 'Content-Type': _type, ...notModified } = { ...lasting, ...more };
    const length = { 'Content-Length': String(body.length) };
    const ok = { ...lasting, ...more, ...(encoding && { 'Content-Encoding': encoding }), ...length };
    return { ok: Object.entries(ok).flat(), notModified: Object.entries(notModified).flat() };
  };
  return {
    body,
    etag,
    modifiedAt: Date.parse(modified),
    headers: { http: headersFor({}), https: headersFor(secure) },
  };
}

const MAX_KNOWN_HEADERS = 200;
const acceptedBy = new Map<string, Encoding[]>();

/** What a browser wants of the forms that are there; undefined for the file itself. Browsers send few different headers. */
function chosenEncoding(
  { headers }: IncomingMessage,
  encodings: readonly Encoding[],
): Encoding | undefined {
  if (encodings.length === 0) return undefined;
  const header = String(headers['accept-encoding'] ?? '');
  let accepted = acceptedBy.get(header);
  if (!accepted) {
    accepted = acceptedEncodings(header);
    if (acceptedBy.size >= MAX_KNOWN_HEADERS) acceptedBy.clear();
    acceptedBy.set(header, accepted);
  }
  return accepted.find((encoding) => encodings.includes(encoding));
}

const ONE_ETAG = /^(?:W\/)?"[^",]*"$/;

/** Whether a browser has the form already (RFC 9110, section 13.2.2); undefined for a list of ETags, which `send` reads. */
function isFresh({ etag, modifiedAt }: Form, headers: IncomingMessage['headers']): boolean | undefined {
  const none = headers['if-none-match'];
  if (none) return ONE_ETAG.test(none) ? etag === none || etag === `W/${none}` : undefined;
  const since = headers['if-modified-since'];
  return since ? modifiedAt <= Date.parse(since) : false;
}
