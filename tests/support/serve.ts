import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { contentType } from '../../cms/content-type.ts';

/** A plain static server, as any web host has one: folders serve their `index.html`, misses serve `404.html`. */

export interface ServeOptions {
  /** Path below which the site lives, e.g. `/kexie/`; everything else is not found. */
  base?: string;
  /** Headers of every response, e.g. a Content-Security-Policy. */
  headers?: Record<string, string>;
}

export interface Served {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves a built site on a free port of 127.0.0.1; text is sent with gzip where it is accepted. */
export async function serve(
  folder: string,
  { base = '/', headers = {} }: ServeOptions = {},
): Promise<Served> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decoded(pathname);
    const inside = path?.startsWith(base) ? path.slice(base.length) : undefined;
    const file = inside === undefined ? undefined : fileAt(folder, inside);
    if (file && statSync(file).isDirectory()) {
      response.writeHead(301, { location: `${pathname}/` }).end();
      return;
    }
    const missing = join(folder, '404.html');
    const shown = file ?? (existsSync(missing) ? missing : undefined);
    const status = file ? 200 : 404;
    if (!shown) {
      response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('404');
      return;
    }
    const type = contentType(shown) ?? 'application/octet-stream';
    const zipped =
      /^text\/|json|xml|javascript/.test(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(status, {
      ...headers,
      'content-type': type,
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    if (zipped) response.end(gzipSync(readFileSync(shown)));
    else createReadStream(shown).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

/** The file that a path names, or the folder when only the slash at its end is missing; undefined when there is none. */
function fileAt(folder: string, path: string): string | undefined {
  const file = normalize(join(folder, path));
  if (file !== normalize(folder) && !file.startsWith(normalize(folder + sep))) return undefined;
  if (path === '' || path.endsWith('/')) {
    const index = join(file, 'index.html');
    return existsSync(index) ? index : undefined;
  }
  if (!existsSync(file)) return existsSync(`${file}.html`) ? `${file}.html` : undefined;
  return file;
}
